import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { command } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';

interface HospitalForm {
  hospitalName: string;
  hospitalNameEn?: string;
  departmentName: string;
  timeZone: string;
}

export function SetUpHospital({ onDone, onSkip }: { onDone: () => void; onSkip: () => void }) {
  const { t } = useTranslation('organization');
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: (form: HospitalForm) =>
      command('POST', '/organization/set-up', {
        body: { ...form, hospitalNameEn: form.hospitalNameEn ?? '', device: null },
      }),
    onSuccess: async () => {
      await client.refetchQueries({ queryKey: sessionQuery.queryKey });
      onDone();
    },
  });
  const needed = [{ required: true, whitespace: true, message: t('shell:fieldNeeded') }];
  return (
    <Form<HospitalForm>
      layout="vertical"
      initialValues={{ departmentName: t('setUp.hospital.department'), timeZone: 'Asia/Shanghai' }}
      onFinish={(form) => saving.mutate(form)}
    >
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <div className="form-row">
        <Form.Item name="hospitalName" label={t('hospital.name')} rules={needed}>
          <Input autoFocus maxLength={100} />
        </Form.Item>
        <Form.Item name="hospitalNameEn" label={t('hospital.nameEn')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="departmentName" label={t('hospital.department')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="timeZone" label={t('hospital.timeZone')} rules={needed}>
          <Select showSearch options={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <div className="set-up-foot">
        <Button onClick={onSkip}>{t('setUp.skip')}</Button>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('setUp.saveAndNext')}
        </Button>
      </div>
    </Form>
  );
}

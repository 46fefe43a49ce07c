import type { Session } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { command } from '../api/client.ts';
import { sessionQuery, useMay } from '../api/session.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';

type HospitalNames = Pick<Session['hospital'], 'name' | 'nameEn' | 'timeZone'>;

/** What the hospital is called, and the zone of its clock. */
export function HospitalForm({ hospital }: { hospital: HospitalNames }) {
  const { t } = useTranslation('organization');
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const saving = useMutation({
    mutationFn: (body: HospitalNames) =>
      command('PUT', '/organization/hospital', { body: { ...body, nameEn: body.nameEn ?? '' } }),
    onSuccess: async () => {
      await client.refetchQueries({ queryKey: sessionQuery.queryKey });
      void message.success(t('hospital.renamed'));
    },
  });
  const rules = [{ required: true, whitespace: true, message: t('shell:fieldNeeded') }];
  return (
    <Form<HospitalNames>
      className="settings-form"
      layout="vertical"
      initialValues={hospital}
      disabled={!may('organization.manage')}
      onFinish={(values) => saving.mutate(values)}
    >
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <div className="form-row">
        <Form.Item name="name" label={t('hospital.name')} rules={rules}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('hospital.nameEn')}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <Form.Item name="timeZone" label={t('hospital.timeZone')} rules={rules}>
        <Select showSearch options={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))} />
      </Form.Item>
      {may('organization.manage') ? (
        <Button htmlType="submit" loading={saving.isPending}>
          {t('shell:save')}
        </Button>
      ) : null}
    </Form>
  );
}

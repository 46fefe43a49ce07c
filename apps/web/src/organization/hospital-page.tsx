import { hospitalSettingsSchema, type HospitalSettings } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Radio, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { useMay, useSession } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { HospitalForm } from './hospital-form.tsx';
import { hospitalSettingsQuery } from './organization-queries.ts';

/** What the hospital is called and how it receives and holds. */
export function HospitalPage() {
  const { t } = useTranslation('organization');
  const session = useSession();
  const settings = useQuery(hospitalSettingsQuery);
  return (
    <div style={{ display: 'grid', gap: 12, maxWidth: 760 }}>
      <Card title={t('hospital.title')}>
        {session ? <HospitalForm hospital={session.hospital} /> : <Skeleton active />}
      </Card>
      <Card title={t('hospital.rules')}>
        {settings.isError ? (
          <ProblemNotice problem={asProblem(settings.error)} onRetry={() => void settings.refetch()} />
        ) : settings.data ? (
          <RulesForm settings={settings.data} />
        ) : (
          <Skeleton active />
        )}
      </Card>
    </div>
  );
}

function RulesForm({ settings }: { settings: HospitalSettings }) {
  const { t } = useTranslation('organization');
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const saving = useMutation({
    mutationFn: (body: HospitalSettings) =>
      request(hospitalSettingsSchema, 'PUT', '/organization/settings', {
        body: { ...body, watchedFolder: body.watchedFolder ?? '' },
      }),
    onSuccess: (saved) => {
      client.setQueryData(hospitalSettingsQuery.queryKey, saved);
      void message.success(t('hospital.saved'));
    },
  });
  const needed = { required: true, message: t('shell:fieldNeeded') };
  return (
    <Form<HospitalSettings>
      className="settings-form"
      layout="vertical"
      initialValues={settings}
      disabled={!may('organization.manage')}
      onFinish={(values) => saving.mutate(values)}
    >
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <Form.Item name="callerPolicy" label={t('hospital.callerPolicy')}>
        <Radio.Group
          vertical
          options={(['accept-and-list', 'refuse-unknown'] as const).map((value) => ({
            value,
            label: t(`hospital.${value}`),
          }))}
        />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="holdMinutes" label={t('hospital.hold')} extra={t('hospital.holdHint')} rules={[needed]}>
          <InputNumber min={1} max={1440} suffix={t('minutes')} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="quietSeconds" label={t('hospital.quiet')} extra={t('hospital.quietHint')} rules={[needed]}>
          <InputNumber min={5} max={3600} suffix={t('seconds')} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item
        name="commitmentPolicy"
        label={t('hospital.commitment')}
        extra={t('hospital.commitmentHint')}
        initialValue="durable-here"
      >
        <Radio.Group
          vertical
          options={(['durable-here', 'confirmed-by-pacs'] as const).map((value) => ({
            value,
            label: t(`hospital.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="watchedFolder" label={t('hospital.folder')} extra={t('hospital.folderHint')}>
        <Input className="mono" maxLength={500} />
      </Form.Item>
      {may('organization.manage') ? (
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('shell:save')}
        </Button>
      ) : null}
    </Form>
  );
}

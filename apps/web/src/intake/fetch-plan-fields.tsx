import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Segmented, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { devicesQuery } from '../organization/organization-queries.ts';
import { applicationsQuery } from './fetch-queries.ts';

/** Fields of one plan; what is asked about the archive follows from how it is reached. */
export function FetchPlanFields({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation('fetch');
  const devices = useQuery(devicesQuery);
  const applications = useQuery(applicationsQuery);
  const kind = Form.useWatch<'dimse' | 'web' | undefined>('kind');
  const needed = [{ required: true, message: t('shell:fieldNeeded') }];
  const named = (devices.data ?? []).filter((device) => device.isNamed);
  return (
    <>
      <Form.Item name="deviceId" label={t('plan.device')} rules={needed} extra={t('plan.deviceText')}>
        <Select disabled={!isNew} options={named.map(({ deviceId, name }) => ({ value: deviceId, label: name }))} />
      </Form.Item>
      <Form.Item name="kind" label={t('plan.kind')}>
        <Segmented
          options={[
            { value: 'dimse', label: t('plan.dimse') },
            { value: 'web', label: t('plan.web') },
          ]}
        />
      </Form.Item>
      {kind === 'web' ? (
        <>
          <Form.Item name="url" label={t('plan.url')} rules={needed}>
            <Input maxLength={500} placeholder="https://pacs/dicom-web" />
          </Form.Item>
          <Form.Item name="secret" label={t('plan.secret')} extra={t('plan.secretText')}>
            <Input.Password maxLength={500} autoComplete="off" />
          </Form.Item>
        </>
      ) : (
        <Form.Item name="aeTitle" label={t('plan.source')} rules={needed} extra={t('plan.sourceText')}>
          <Select
            options={(applications.data ?? []).map(({ aeTitle, name }) => ({
              value: aeTitle,
              label: name === '' ? aeTitle : `${aeTitle} · ${name}`,
            }))}
          />
        </Form.Item>
      )}
      <Form.Item name="fromHour" label={t('plan.fromHour')}>
        <InputNumber min={0} max={23} precision={0} />
      </Form.Item>
      <Form.Item name="toHour" label={t('plan.toHour')} extra={t('plan.hoursText')}>
        <InputNumber min={1} max={24} precision={0} />
      </Form.Item>
      <Form.Item name="examsPerHour" label={t('plan.examsPerHour')}>
        <InputNumber min={1} max={1000} precision={0} />
      </Form.Item>
      <Form.Item name="samplePercent" label={t('plan.samplePercent')} extra={t('plan.sampleText')}>
        <InputNumber min={1} max={100} precision={0} />
      </Form.Item>
      <Form.Item name="lookBackHours" label={t('plan.lookBackHours')}>
        <InputNumber min={1} max={720} precision={0} />
      </Form.Item>
      <Form.Item name="isEnabled" label={t('plan.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}

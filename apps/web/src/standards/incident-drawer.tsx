import { incidentKinds, type Incident, type IncidentKind } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { followIncident, incidentsQuery, openIncident } from './position-queries.ts';

interface IncidentForm {
  kind: IncidentKind;
  severity: number;
  description: string;
  followUp?: string;
  isClosed?: boolean;
}
const severities = [1, 2, 3, 4] as const;

/** One entry of the register: a new one, or what is done about an old one. */
export function IncidentDrawer(props: { readonly incident: Incident | null; readonly onClose: () => void }) {
  const { t } = useTranslation('standards');
  const { incident, onClose } = props;
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<IncidentForm>();
  const saving = useMutation({
    mutationFn: ({ kind, severity, description, followUp = '', isClosed = false }: IncidentForm) =>
      incident === null
        ? openIncident({ kind, severity, description, happenedAt: new Date().toISOString() })
        : followIncident(incident.incidentId, { version: incident.version, severity, description, followUp, isClosed }),
    onSuccess: () => {
      void message.success(t('incidents.saved'));
      void client.invalidateQueries({ queryKey: incidentsQuery.queryKey });
      onClose();
    },
  });
  return (
    <Drawer
      open
      title={incident === null ? t('incidents.new') : t(`incidents.kinds.${incident.kind}`)}
      onClose={onClose}
      extra={
        <Button type="primary" loading={saving.isPending} onClick={() => form.submit()}>
          {t('incidents.save')}
        </Button>
      }
    >
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <Form<IncidentForm>
        form={form}
        layout="vertical"
        initialValues={
          incident === null
            ? { kind: 'other' }
            : { ...incident, severity: incident.severity ?? undefined, isClosed: incident.closedAt !== null }
        }
        onFinish={(values) => saving.mutate({ ...values, kind: incident?.kind ?? values.kind })}
      >
        {incident === null ? (
          <Form.Item name="kind" label={t('incidents.kind')}>
            <Select options={incidentKinds.map((value) => ({ value, label: t(`incidents.kinds.${value}`) }))} />
          </Form.Item>
        ) : null}
        <Form.Item
          name="severity"
          label={t('incidents.severity')}
          rules={[{ required: true, message: t('incidents.severityNeeded') }]}
        >
          <Select options={severities.map((value) => ({ value, label: t(`incidents.severities.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="description"
          label={t('incidents.description')}
          rules={[{ required: true, message: t('incidents.descriptionNeeded') }]}
        >
          <Input.TextArea rows={4} maxLength={2000} />
        </Form.Item>
        {incident === null ? null : (
          <>
            <Form.Item name="followUp" label={t('incidents.followUp')}>
              <Input.TextArea rows={4} maxLength={2000} />
            </Form.Item>
            <Form.Item name="isClosed" valuePropName="checked">
              <Checkbox>{t('incidents.close')}</Checkbox>
            </Form.Item>
          </>
        )}
      </Form>
    </Drawer>
  );
}

import type { StandardDraft } from '@jiapian/contract';
import { useMutation } from '@tanstack/react-query';
import { App, DatePicker, Form, Input, Modal, Radio } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { publishDraft } from './standards-queries.ts';

interface PublishForm {
  when: 'now' | 'later';
  effectiveFrom?: Dayjs;
  note: string;
}

/** From when the draft is the standard; readings made before keep the version they were made by. */
export function PublishDialog(props: {
  readonly draft: StandardDraft;
  readonly onClose: () => void;
  readonly onPublished: () => void;
}) {
  const { t } = useTranslation('standards');
  const { message } = App.useApp();
  const [form] = Form.useForm<PublishForm>();
  const when = Form.useWatch('when', form);
  const publishing = useMutation({
    mutationFn: ({ when: choice, effectiveFrom, note }: PublishForm) =>
      publishDraft(props.draft, {
        note: note ?? '',
        ...(choice === 'later' && effectiveFrom ? { effectiveFrom: effectiveFrom.toISOString() } : {}),
      }),
    onSuccess: ({ version }) => {
      void message.success(t('publish.done', { version }));
      props.onPublished();
    },
  });
  return (
    <Modal
      open
      title={t('publish.title')}
      okText={t('draft.publish')}
      cancelText={t('shell:cancel')}
      confirmLoading={publishing.isPending}
      onCancel={props.onClose}
      onOk={() => form.submit()}
    >
      {publishing.isError ? <ProblemNotice problem={asProblem(publishing.error)} /> : null}
      <p className="secondary">{t('publish.text', { count: props.draft.changes.length })}</p>
      <Form<PublishForm>
        form={form}
        layout="vertical"
        initialValues={{ when: 'now', note: '' }}
        onFinish={(values) => publishing.mutate(values)}
      >
        <Form.Item name="when" label={t('publish.when')}>
          <Radio.Group
            options={(['now', 'later'] as const).map((value) => ({ value, label: t(`publish.${value}`) }))}
          />
        </Form.Item>
        {when === 'later' ? (
          <Form.Item name="effectiveFrom" label={t('version.effectiveFrom')} rules={[{ required: true }]}>
            <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
          </Form.Item>
        ) : null}
        <Form.Item name="note" label={t('version.note')} extra={t('publish.noteHint')}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

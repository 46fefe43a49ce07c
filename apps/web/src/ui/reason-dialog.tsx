import { useMutation } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from './problem-notice.tsx';

/** An act that wants a written reason; the button names the effect. */
export function ReasonDialog(props: {
  readonly title: string;
  readonly text: ReactNode;
  readonly label: string;
  readonly submitText: string;
  readonly act: (reason: string) => Promise<unknown>;
  readonly onDone: () => void;
  readonly onClose: () => void;
  readonly isDanger?: boolean;
}) {
  const { t } = useTranslation('shell');
  const [form] = Form.useForm<{ reason: string }>();
  const acting = useMutation({ mutationFn: props.act, onSuccess: props.onDone });
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      onOk={() => form.submit()}
      okText={props.submitText}
      cancelText={t('cancel')}
      okButtonProps={{ loading: acting.isPending, danger: props.isDanger ?? false }}
    >
      {acting.isError ? <ProblemNotice problem={asProblem(acting.error)} /> : null}
      <p className="secondary">{props.text}</p>
      <Form form={form} layout="vertical" onFinish={({ reason }) => acting.mutate(reason.trim())}>
        <Form.Item
          name="reason"
          label={props.label}
          rules={[{ required: true, whitespace: true, message: t('fieldNeeded') }]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

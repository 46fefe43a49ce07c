import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Where a row of the standard comes from, and whether somebody has looked it up there. */
export function SourcedFields() {
  const { t } = useTranslation('standards');
  return (
    <div className="form-row">
      <Form.Item
        name="source"
        label={t('deductions.source')}
        rules={[{ required: true, whitespace: true, message: t('shell:fieldNeeded') }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="isVerified" label={t('draft.verified')} valuePropName="checked">
        <Checkbox>{t('verified')}</Checkbox>
      </Form.Item>
    </div>
  );
}

/** Takes the row out of the draft; a refusal stays beside the button. */
export function RemoveRow(props: {
  readonly words: string;
  readonly remove: () => Promise<void>;
  readonly onRemoved: () => void;
}) {
  const removing = useMutation({ mutationFn: props.remove, onSuccess: props.onRemoved });
  return (
    <>
      {removing.isError ? <ProblemNotice problem={asProblem(removing.error)} /> : null}
      <Button danger loading={removing.isPending} onClick={() => removing.mutate()}>
        {props.words}
      </Button>
    </>
  );
}

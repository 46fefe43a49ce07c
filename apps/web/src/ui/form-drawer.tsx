import { useMutation } from '@tanstack/react-query';
import { Button, Drawer, Form, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type ApiProblem } from '../api/api-problem.ts';
import { ProblemNotice } from './problem-notice.tsx';

/** A form at the right edge; what the server refuses is shown at its field, the rest above. */
export function FormDrawer<Values extends object>(props: {
  readonly title: string;
  readonly initial: Partial<Values>;
  readonly save: (values: Values) => Promise<unknown>;
  readonly onSaved: () => void;
  readonly onClose: () => void;
  readonly submitText?: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('shell');
  const [form] = Form.useForm<Values>();
  const saving = useMutation({
    mutationFn: props.save,
    onSuccess: props.onSaved,
    onError: (error) => markFields(form, asProblem(error), t('fieldInvalid')),
  });
  return (
    <Drawer
      open
      title={props.title}
      onClose={props.onClose}
      size={480}
      footer={
        <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
          <Button onClick={props.onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={saving.isPending} onClick={() => form.submit()}>
            {props.submitText ?? t('save')}
          </Button>
        </div>
      }
    >
      {saving.isError ? <ProblemNotice problem={asProblem(saving.error)} /> : null}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={props.initial}
        onFinish={(values) => saving.mutate(values)}
      >
        {props.children}
      </Form>
    </Drawer>
  );
}

/** Issues name their field as `body/holdMinutes`. */
const markFields = (form: FormInstance, problem: ApiProblem, words: string): void => {
  form.setFields(
    problem.issues.map((issue) => ({
      name: issue.path
        .split('/')
        .slice(1)
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      errors: [words],
    })),
  );
};

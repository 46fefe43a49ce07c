import { useMutation } from '@tanstack/react-query';
import { Button, Drawer, Form, type FormInstance } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type ApiProblem } from '../api/api-problem.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** A form at the right edge; what the server refuses is shown at its field, the rest above. */
export function FormDrawer<Values extends object>(props: {
  readonly title: string;
  readonly initial: Partial<Values>;
  /** `version` is given once the form was compared with what somebody else had saved. */
  readonly save: (values: Values, version?: number) => Promise<unknown>;
  /** What is saved now; asked for when a save is refused because it is not what the form began with. */
  readonly latest?: () => Promise<Saved<Values> | null>;
  /** A value of a field as the form shows it, for the comparison. */
  readonly inWords?: (name: string, value: unknown) => string;
  readonly onSaved: () => void;
  readonly onClose: () => void;
  readonly submitText?: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('shell');
  const [form] = Form.useForm<Values>();
  // Names of fields as they come from the server; the form's own type knows those of `Values` only.
  const fields = form as unknown as FormInstance;
  const [theirs, setTheirs] = useState<Saved<Values> | null>(null);
  const compare = async (): Promise<void> => {
    const saved = await props.latest?.();
    if (!saved) return;
    setTheirs(saved);
    fields.setFields(
      differences(fields, saved.values).map(([name, value]) => {
        const words = props.inWords?.(name, value) ?? plainWords(value);
        return { name, warnings: [t('changed.theirs', { value: words === '' ? t('changed.empty') : words })] };
      }),
    );
  };
  const saving = useMutation({
    mutationFn: (values: Values) => props.save(values, theirs?.version),
    onSuccess: props.onSaved,
    onError: async (error) => {
      const problem = asProblem(error);
      markFields(fields, problem, t('fieldInvalid'));
      // When it can't be read either, the refusal itself says what to do.
      if (problem.code.endsWith('_STALE_VERSION')) await compare().catch(() => undefined);
    },
  });
  const isStale = theirs !== null && saving.isError && asProblem(saving.error).code.endsWith('_STALE_VERSION');
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
            {isStale ? t('changed.keepMine') : (props.submitText ?? t('save'))}
          </Button>
        </div>
      }
    >
      {isStale ? (
        <ChangedMeanwhile
          onTakeTheirs={() => {
            fields.setFieldsValue(theirs.values);
            fields.setFields(Object.keys(theirs.values).map((name) => ({ name, warnings: [] })));
            saving.reset();
          }}
        />
      ) : saving.isError ? (
        <ProblemNotice problem={asProblem(saving.error)} />
      ) : null}
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

export interface Saved<Values> {
  readonly values: Partial<Values>;
  readonly version: number;
}

/** Fields of the form that hold something else than what is saved; nothing and empty are the same. */
const differences = (form: FormInstance, saved: object): [string, unknown][] => {
  const mine = form.getFieldsValue() as Readonly<Record<string, unknown>>;
  return Object.entries(saved).filter(([name, value]) => name in mine && (mine[name] ?? '') !== (value ?? ''));
};

const plainWords = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

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

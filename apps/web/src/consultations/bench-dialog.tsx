import type { BenchPerson } from '@jiapian/contract';
import { leastJudges, mostJudges } from '@jiapian/rules';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { benchQuery, type Bench } from './consultation-queries.ts';

interface Values {
  readonly question?: string;
  readonly chair: string;
  readonly judges: string[];
}

/** Who judges and who chairs; offered are only those who took, asked for and graded none of the films. */
export function BenchDialog(props: {
  readonly of: { consultationId: string } | { taskId: string };
  readonly title: string;
  readonly submitText: string;
  /** Given where the question is not asked yet. */
  readonly question?: string;
  readonly save: (values: { bench: Bench; question: string }) => Promise<unknown>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['consultations', 'shell']);
  const [form] = Form.useForm<Values>();
  const people = useQuery(benchQuery(props.of));
  const saving = useMutation({
    mutationFn: ({ chair, judges, question = '' }: Values) =>
      props.save({ bench: { chairAccountId: chair, judgeAccountIds: [...new Set([chair, ...judges])] }, question }),
    onSuccess: props.onDone,
  });
  const items = people.data?.items ?? [];
  const self = items.find(({ isMe, mayChair }) => isMe && mayChair);
  const named = ({ accountId, name, post }: BenchPerson) => ({
    value: accountId,
    label: post === '' ? name : `${name} · ${post}`,
  });
  const isShort = people.isSuccess && items.length < leastJudges;
  const problem = saving.error ?? people.error;
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      onOk={() => form.submit()}
      okText={props.submitText}
      cancelText={t('shell:cancel')}
      okButtonProps={{ loading: saving.isPending, disabled: people.isPending || isShort }}
    >
      {problem ? <ProblemNotice problem={asProblem(problem)} /> : null}
      {isShort ? <p>{t('bench.tooFew')}</p> : <p className="secondary">{t('bench.remark')}</p>}
      {people.isSuccess ? (
        <Form<Values>
          form={form}
          layout="vertical"
          initialValues={{ judges: [], question: props.question, ...(self ? { chair: self.accountId } : {}) }}
          onFinish={(values) => saving.mutate(values)}
        >
          {props.question === undefined ? null : (
            <Form.Item
              name="question"
              label={t('question')}
              rules={[{ required: true, whitespace: true, message: t('shell:fieldNeeded') }]}
            >
              <Input.TextArea rows={2} maxLength={1000} />
            </Form.Item>
          )}
          <Form.Item
            name="chair"
            label={t('bench.chair')}
            rules={[{ required: true, message: t('shell:fieldNeeded') }]}
          >
            <Select
              aria-label={t('bench.chair')}
              options={items.filter(({ mayChair }) => mayChair).map(named)}
              showSearch={{ optionFilterProp: 'label' }}
            />
          </Form.Item>
          <Form.Item
            name="judges"
            label={t('bench.judges')}
            dependencies={['chair']}
            rules={[
              {
                validator: (_rule, judges: string[]) => {
                  const bench = new Set([form.getFieldValue('chair') as string, ...judges]);
                  const isRight = bench.size >= leastJudges && bench.size <= mostJudges;
                  return isRight
                    ? Promise.resolve()
                    : Promise.reject(t('bench.size', { least: leastJudges, most: mostJudges }));
                },
              },
            ]}
          >
            <Select
              mode="multiple"
              aria-label={t('bench.judges')}
              options={items.map(named)}
              optionFilterProp="label"
            />
          </Form.Item>
        </Form>
      ) : null}
    </Modal>
  );
}

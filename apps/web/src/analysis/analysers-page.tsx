import { PlusOutlined } from '@ant-design/icons';
import { type Analyser, analyserTrialSchema } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { asProblem } from '../api/api-problem.ts';
import { command, request } from '../api/client.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { useListEditor } from '../organization/use-list-editor.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { analyserBody, AnalyserFields, type AnalyserForm, newAnalyser } from './analyser-fields.tsx';
import { analysersQuery } from './analysis-queries.ts';
import { reasonWords } from './figure-words.ts';

export function AnalysersPage() {
  return (
    <PermissionGate permission="analysis.manage">
      <Analysers />
    </PermissionGate>
  );
}

/** Programs of others that measure pictures; each is off until somebody turns it on. */
function Analysers() {
  const { t } = useTranslation('analysis');
  const client = useQueryClient();
  const analysers = useQuery(analysersQuery);
  const editor = useListEditor<Analyser>('analysis');
  const trial = useTrial();
  const columns: Column<Analyser>[] = [
    { key: 'name', title: t('analysers.name'), render: (row) => <strong>{row.name}</strong> },
    { key: 'code', title: t('analysers.code'), render: (row) => <span className="mono">{row.code}</span> },
    { key: 'address', title: t('analysers.address'), render: (row) => <span className="mono">{row.address}</span> },
    {
      key: 'asked',
      title: t('analysers.asked'),
      isWide: true,
      render: ({ modalities, positionCodes }) =>
        [...modalities, ...positionCodes].join(' ') || t('analysers.everything'),
    },
    { key: 'state', title: t('analysers.state'), render: (row) => <State row={row} /> },
    {
      key: 'counts',
      title: t('analysers.counts'),
      align: 'right',
      render: ({ answered, waiting, failed }) => `${answered} / ${waiting} / ${failed}`,
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (row) => (
        <>
          <Button
            type="link"
            size="small"
            loading={trial.isPending && trial.variables === row.analyserId}
            onClick={() => trial.mutate(row.analyserId)}
          >
            {t('analysers.try')}
          </Button>
          <Button type="link" size="small" onClick={() => editor.open(row)}>
            {t('analysers.change')}
          </Button>
        </>
      ),
    },
  ];
  const rows = analysers.data?.items ?? [];
  return (
    <Card
      title={t('analysers.title')}
      remark={t('analysers.remark')}
      isFlush
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => editor.open('new')}>
          {t('analysers.add')}
        </Button>
      }
    >
      {analysers.isError ? (
        <ProblemNotice problem={asProblem(analysers.error)} onRetry={() => void analysers.refetch()} />
      ) : null}
      <DataTable
        label={t('analysers.title')}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.analyserId}
        onOpen={(row) => editor.open(row)}
        isLoading={analysers.isPending}
        empty={
          analysers.isError ? null : <EmptyState title={t('analysers.empty.title')} text={t('analysers.empty.text')} />
        }
      />
      {editor.isOpen ? (
        <FormDrawer<AnalyserForm>
          title={t(editor.row ? 'analysers.edit' : 'analysers.add')}
          initial={editor.row ?? newAnalyser}
          save={(form, version) => {
            const body = analyserBody(form, editor.row, version);
            return editor.row
              ? command('PUT', `/analysers/${editor.row.analyserId}`, { body })
              : request(z.object({ analyserId: z.string() }), 'POST', '/analysers', { body });
          }}
          latest={async () => {
            const { items } = await client.fetchQuery({ ...analysersQuery, staleTime: 0 });
            const saved = items.find(({ analyserId }) => analyserId === editor.row?.analyserId);
            return saved ? { values: saved, version: saved.version } : null;
          }}
          inWords={(name, value) =>
            name === 'isEnabled' ? t(value === true ? 'analysers.on' : 'analysers.off') : String(value ?? '')
          }
          onSaved={editor.saved}
          onClose={editor.close}
        >
          <AnalyserFields isNew={editor.row === null} hasToken={editor.row?.hasToken ?? false} />
        </FormDrawer>
      ) : null}
    </Card>
  );
}

function State({ row }: { row: Analyser }) {
  const { t } = useTranslation('analysis');
  if (!row.isEnabled) return <StateTag tone="plain">{t('analysers.off')}</StateTag>;
  const isFailing = row.lastFailureAt !== null && (row.lastAnswerAt === null || row.lastAnswerAt < row.lastFailureAt);
  if (!isFailing) return <StateTag tone="good">{t('analysers.on')}</StateTag>;
  return (
    <>
      <StateTag tone="bad">{t(row.restingUntil === null ? 'analysers.failing' : 'analysers.resting')}</StateTag>{' '}
      <small>{reasonWords(t, row.lastFailure ?? '')}</small>
    </>
  );
}

/** Sends a made picture and tells what came back. */
const useTrial = () => {
  const { t } = useTranslation('analysis');
  const { modal } = App.useApp();
  return useMutation({
    mutationFn: (analyserId: string) => request(analyserTrialSchema, 'POST', `/analysers/${analyserId}/trial`),
    onSuccess: (trial) =>
      trial.isGood
        ? modal.success({ title: t('analysers.good'), content: t('analysers.goodText', { ...trial }) })
        : modal.error({ title: t('analysers.bad'), content: reasonWords(t, trial.reason ?? '') }),
    onError: (error) => modal.error({ title: t('analysers.bad'), content: asProblem(error).code }),
  });
};

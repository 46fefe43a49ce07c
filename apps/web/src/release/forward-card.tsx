import { forwardRowSchema } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { wholeList } from '../api/whole-list.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag, type Tone } from '../ui/state-tag.tsx';
import { useAnswerWords } from './use-answer-words.ts';
import { ExamWords } from './exam-words.tsx';
import { forwardsQuery, retryForwards, type ForwardFilter, type ForwardRow } from './release-queries.ts';

const filters: readonly ForwardFilter[] = ['unsent', 'failed', 'refused', 'sent'];
const tones: Readonly<Record<string, Tone>> = {
  failed: 'bad',
  refused: 'bad',
  parked: 'bad',
  sending: 'active',
  sent: 'good',
};
const isWaitingForPerson = (row: ForwardRow): boolean => ['failed', 'refused', 'parked'].includes(row.state);

/** What has not reached its PACS yet, with the peer's own words. */
export function ForwardCard() {
  const { t } = useTranslation(['release', 'errors']);
  const may = useMay();
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [filter, setFilter] = useState<ForwardFilter>('unsent');
  const forwards = useQuery(forwardsQuery(filter));
  const retrying = useMutation({
    mutationFn: (row: ForwardRow) => retryForwards({ examId: row.examId, destinationId: row.destinationId }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['release'] }),
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const columns: Column<ForwardRow>[] = [
    {
      key: 'accession',
      title: t('column.accession'),
      render: (row) => (
        <Link to="/exams/$examId" params={{ examId: row.examId }}>
          {row.accessionNumber || t('noAccession')}
        </Link>
      ),
    },
    { key: 'exam', title: t('column.exam'), isWide: true, render: (row) => <ExamWords row={row} /> },
    { key: 'destination', title: t('column.destination'), render: (row) => row.destinationName },
    { key: 'progress', title: t('column.progress'), render: (row) => `${row.sent} / ${row.total}` },
    {
      key: 'state',
      title: t('column.state'),
      render: (row) => (
        <StateTag tone={tones[row.state] ?? 'plain'}>
          {row.state === 'failed'
            ? t('forward.failedTimes', { count: row.attempts })
            : t(`forward.${row.state}`, { defaultValue: row.state })}
        </StateTag>
      ),
    },
    { key: 'answer', title: t('column.answer'), render: (row) => <Answer row={row} /> },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (row) =>
        isWaitingForPerson(row) && may('release.operate') ? (
          <Button
            type="link"
            size="small"
            loading={retrying.isPending && retrying.variables?.examId === row.examId}
            onClick={() => retrying.mutate(row)}
            title={row.nextAttemptAt ? t('forward.next', { time: time.second(row.nextAttemptAt) }) : undefined}
          >
            {t('forward.retry')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Card
      title={t('forward.title')}
      isFlush
      actions={
        <Segmented
          size="small"
          value={filter}
          onChange={(value) => setFilter(value)}
          options={filters.map((value) => ({ value, label: t(`forward.filter.${value}`) }))}
        />
      }
    >
      {forwards.isError ? (
        <ProblemNotice problem={asProblem(forwards.error)} onRetry={() => void forwards.refetch()} />
      ) : null}
      <DataTable
        file="forwards"
        all={() => wholeList(forwardRowSchema, '/release/forwards', undefined, { state: filter })}
        label={t('forward.title')}
        rows={forwards.data?.items ?? []}
        columns={columns}
        rowKey={(row) => `${row.examId} ${row.destinationId}`}
        isKeyed={false}
        isLoading={forwards.isPending}
        empty={<div className="panel-empty">{t(`forward.empty.${filter}`)}</div>}
      />
    </Card>
  );
}

function Answer({ row }: { row: ForwardRow }) {
  const { t } = useTranslation('release');
  const wordsOf = useAnswerWords();
  const words = wordsOf([row.answerCode, row.answerText].filter((part) => part).join(' '));
  if (words === '') return <span className="hint">{t('forward.noAnswer')}</span>;
  return (
    <span className={isWaitingForPerson(row) ? 'answer-words bad' : 'answer-words'} title={words} tabIndex={0}>
      {words}
    </span>
  );
}

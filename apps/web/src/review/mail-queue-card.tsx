import type { MailRow } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag, type Tone } from '../ui/state-tag.tsx';
import { mailQueueQuery, sendAgain } from './mail-queries.ts';

const tones: Readonly<Record<MailRow['state'], Tone>> = { waiting: 'active', sent: 'good', failed: 'bad' };

/** What has left, what waits, and what the server refused. */
export function MailQueueCard() {
  const { t } = useTranslation('mail');
  const time = useHospitalTime();
  const client = useQueryClient();
  const queue = useQuery(mailQueueQuery);
  const again = useMutation({
    mutationFn: sendAgain,
    onSettled: () => client.invalidateQueries({ queryKey: ['mail'] }),
  });
  const columns: readonly Column<MailRow>[] = [
    { key: 'day', title: t('queue.day'), render: (row) => row.day },
    { key: 'person', title: t('queue.person'), render: (row) => row.personName },
    { key: 'address', title: t('queue.address'), render: (row) => row.address },
    { key: 'count', title: t('queue.count'), align: 'right', render: (row) => row.noticeCount },
    {
      key: 'state',
      title: t('queue.state'),
      render: (row) => <StateTag tone={tones[row.state]}>{t(`queue.state_${row.state}`)}</StateTag>,
    },
    {
      key: 'at',
      title: t('queue.at'),
      render: (row) =>
        row.sentAt ? time.full(row.sentAt) : row.state === 'waiting' ? time.full(row.nextAttemptAt) : '',
    },
    { key: 'error', title: t('queue.error'), render: (row) => row.lastError ?? '' },
    {
      key: 'again',
      title: '',
      render: (row) =>
        row.state === 'failed' ? (
          <Button size="small" onClick={() => again.mutate(row.mailId)}>
            {t('queue.again')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Card title={t('queue.title')} isFlush className="mail-queue">
      {queue.isError ? <ProblemNotice problem={asProblem(queue.error)} onRetry={() => void queue.refetch()} /> : null}
      <DataTable
        label={t('queue.title')}
        rows={queue.data?.items ?? []}
        columns={columns}
        rowKey={(row) => row.mailId}
        isLoading={queue.isPending}
        empty={<EmptyState title={t('queue.empty')} text={t('queue.emptyText')} />}
      />
    </Card>
  );
}

import type { MeetingRow } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { meetingsQuery } from './meeting-queries.ts';
import { NewMeeting } from './new-meeting.tsx';

/** Morning and weekly sessions: the one that runs, and the minutes of those that were. */
export function MeetingsPage() {
  const { t } = useTranslation('meeting');
  const navigate = useNavigate();
  const time = useHospitalTime();
  const meetings = useQuery(meetingsQuery);
  const [isNew, setNew] = useState(false);
  const open = ({ meetingId, closedAt }: MeetingRow): void =>
    void navigate({ to: closedAt ? '/meetings/$meetingId/minutes' : '/meetings/$meetingId', params: { meetingId } });
  const columns: readonly Column<MeetingRow>[] = [
    { key: 'title', title: t('column.title'), render: (row) => <strong>{row.title}</strong> },
    { key: 'at', title: t('column.openedAt'), render: (row) => time.full(row.openedAt) },
    { key: 'films', title: t('column.films'), render: (row) => `${row.decided} / ${row.films}` },
    { key: 'attended', title: t('column.attended'), render: (row) => row.attended },
    {
      key: 'state',
      title: t('column.state'),
      render: (row) => (
        <StateTag tone={row.closedAt ? 'plain' : 'active'}>{t(row.closedAt ? 'closed' : 'running')}</StateTag>
      ),
    },
    {
      key: 'minutes',
      title: '',
      render: ({ meetingId }) => (
        <Link to="/meetings/$meetingId/minutes" params={{ meetingId }}>
          {t('minutes.title')}
        </Link>
      ),
    },
  ];
  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <Button type="primary" onClick={() => setNew(true)}>
            {t('new')}
          </Button>
        }
      >
        <span className="secondary">{t('remark')}</span>
      </PageHead>
      {meetings.isError ? (
        <ProblemNotice problem={asProblem(meetings.error)} onRetry={() => void meetings.refetch()} />
      ) : null}
      <section className="card">
        <DataTable
          file="meetings"
          label={t('title')}
          rows={meetings.data?.items ?? []}
          columns={columns}
          rowKey={(row) => row.meetingId}
          onOpen={open}
          isLoading={meetings.isPending}
          empty={<EmptyState title={t('empty.title')} text={t('empty.text')} />}
        />
      </section>
      {isNew ? <NewMeeting onClose={() => setNew(false)} /> : null}
    </>
  );
}

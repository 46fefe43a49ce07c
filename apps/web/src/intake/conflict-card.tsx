import { conflictSchema } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { wholeList } from '../api/whole-list.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { conflictsQuery, markConflictSeen, type Conflict } from './intake-queries.ts';

/** Objects that came under a UID we already had, with other bytes: both are kept, the first is used. */
export function ConflictCard() {
  const { t } = useTranslation(['intake', 'errors']);
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const conflicts = useQuery(conflictsQuery);
  const seeing = useMutation({
    mutationFn: (conflict: Conflict) => markConflictSeen(conflict.objectId),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['intake'] }),
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const columns: Column<Conflict>[] = [
    { key: 'at', title: t('column.received'), width: 130, render: (conflict) => time.brief(conflict.receivedAt) },
    { key: 'from', title: t('column.from'), render: (conflict) => conflict.callingAeTitle },
    {
      key: 'uid',
      title: 'SOP Instance UID',
      render: (conflict) => (
        <span className="mono" title={conflict.sopInstanceUid}>
          {conflict.sopInstanceUid}
        </span>
      ),
    },
    {
      key: 'exam',
      title: t('column.exam'),
      render: (conflict) =>
        conflict.examId ? (
          <Link to="/exams/$examId" params={{ examId: conflict.examId }}>
            {t('conflict.openExam')}
          </Link>
        ) : (
          ''
        ),
    },
    {
      key: 'seen',
      title: '',
      align: 'right',
      render: (conflict) =>
        conflict.seenAt ? (
          <StateTag tone="plain">{t('conflict.seenAt', { time: time.brief(conflict.seenAt) })}</StateTag>
        ) : (
          <Button
            size="small"
            loading={seeing.isPending && seeing.variables?.objectId === conflict.objectId}
            onClick={() => seeing.mutate(conflict)}
          >
            {t('conflict.seen')}
          </Button>
        ),
    },
  ];
  return (
    <Card title={t('conflict.title')} remark={t('conflict.remark')} isFlush>
      {conflicts.isError ? (
        <ProblemNotice problem={asProblem(conflicts.error)} onRetry={() => void conflicts.refetch()} />
      ) : null}
      <DataTable
        file="conflicts"
        all={() => wholeList(conflictSchema, '/conflicts')}
        label={t('conflict.title')}
        rows={conflicts.data?.items ?? []}
        columns={columns}
        rowKey={(conflict) => conflict.objectId}
        isKeyed={false}
        isLoading={conflicts.isPending}
        empty={conflicts.isError ? null : <div className="panel-empty">{t('conflict.empty')}</div>}
      />
    </Card>
  );
}

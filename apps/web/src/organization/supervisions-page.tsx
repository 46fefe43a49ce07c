import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { saveSupervision, supervisionsQuery, type Supervision } from './organization-queries.ts';
import { SupervisionDrawer } from './supervision-drawer.tsx';
import { useListEditor } from './use-list-editor.ts';

type Standing = 'coming' | 'running' | 'ended';

/** Whose films count for whom and from when to when (带教). */
export function SupervisionsPage() {
  const { t } = useTranslation(['organization', 'errors']);
  const may = useMay();
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const held = useQuery(supervisionsQuery);
  const editor = useListEditor<Supervision>('organization');
  const isManaging = may('review.plan');
  const today = time.dayBefore(0);
  const standingOf = ({ fromDay, toDay }: Supervision): Standing => {
    if (fromDay > today) return 'coming';
    return toDay !== null && toDay < today ? 'ended' : 'running';
  };
  const ending = useMutation({
    mutationFn: (row: Supervision) => saveSupervision({ ...row, toDay: today }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['organization'] }),
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const columns: Column<Supervision>[] = [
    { key: 'trainee', title: t('supervision.trainee'), render: (row) => <strong>{row.traineeName}</strong> },
    { key: 'supervisor', title: t('supervision.supervisor'), render: (row) => row.supervisorName },
    { key: 'from', title: t('supervision.from'), width: 130, render: (row) => row.fromDay },
    { key: 'to', title: t('supervision.to'), width: 130, render: (row) => row.toDay ?? t('supervision.openEnd') },
    {
      key: 'state',
      title: t('supervision.state'),
      width: 120,
      render: (row) => (
        <StateTag tone={standingOf(row) === 'running' ? 'active' : 'plain'}>
          {t(`supervision.${standingOf(row)}`)}
        </StateTag>
      ),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      render: (row) =>
        isManaging ? (
          <>
            {standingOf(row) === 'running' && row.toDay !== today ? (
              <Button type="link" size="small" loading={ending.isPending} onClick={() => ending.mutate(row)}>
                {t('supervision.end')}
              </Button>
            ) : null}
            <Button type="link" size="small" onClick={() => editor.open(row)}>
              {t('change')}
            </Button>
          </>
        ) : null,
    },
  ];
  return (
    <Card
      title={t('supervision.title')}
      remark={t('supervision.remark')}
      isFlush
      actions={
        isManaging ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => editor.open('new')}>
            {t('supervision.add')}
          </Button>
        ) : null
      }
    >
      {held.isError ? <ProblemNotice problem={asProblem(held.error)} onRetry={() => void held.refetch()} /> : null}
      <DataTable
        file="supervisions"
        label={t('supervision.title')}
        rows={held.data?.items ?? []}
        columns={columns}
        rowKey={(row) => `${row.traineeStaffId} ${row.fromDay}`}
        onOpen={isManaging ? (row) => editor.open(row) : undefined}
        isLoading={held.isPending}
        empty={held.isError ? null : <EmptyState title={t('supervision.empty')} text={t('supervision.emptyText')} />}
      />
      {editor.isOpen ? (
        <SupervisionDrawer row={editor.row} today={today} onSaved={editor.saved} onClose={editor.close} />
      ) : null}
    </Card>
  );
}

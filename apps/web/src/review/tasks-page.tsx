import type { TaskRow } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { inLanguage } from './film-words.ts';
import { tasksQuery } from './task-queries.ts';

/** Readings beside the first that this person may do: second readings, repeats, arbitrations, appeals. */
export function TasksPage() {
  const { t, i18n } = useTranslation('tasks');
  const navigate = useNavigate();
  const may = useMay();
  const time = useHospitalTime();
  const tasks = useQuery(tasksQuery);
  const rows = tasks.data?.items ?? [];
  const open = (task: TaskRow): void => void navigate({ to: '/review-tasks/$taskId', params: { taskId: task.taskId } });
  const columns: readonly Column<TaskRow>[] = [
    {
      key: 'kind',
      title: t('column.kind'),
      width: 140,
      render: ({ kind }) => (
        <StateTag tone={kind === 'arbitration' || kind === 'appeal' ? 'attention' : 'plain'}>
          {t(`kind.${kind}`)}
        </StateTag>
      ),
    },
    {
      key: 'film',
      title: t('column.film'),
      render: (task) => {
        const position = task.positionCode === null ? undefined : positionOf(task.positionCode);
        return position ? inLanguage(position.name, i18n.language) : task.description || task.modality;
      },
    },
    {
      key: 'because',
      title: t('column.because'),
      render: ({ disagreements }) => disagreements.map((each) => t(`because.${each}`)).join(' · '),
    },
    { key: 'since', title: t('column.since'), width: 160, render: ({ createdAt }) => time.brief(createdAt) },
  ];
  const [first] = rows;
  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <>
            {may('review.arbitrate') ? (
              <Button onClick={() => void navigate({ to: '/agreement' })}>{t('agreement')}</Button>
            ) : null}
            {first ? (
              <Button type="primary" onClick={() => open(first)}>
                {t('begin', { count: rows.length })}
              </Button>
            ) : null}
          </>
        }
      >
        <span className="secondary">{t('remark')}</span>
      </PageHead>
      {tasks.isError ? <ProblemNotice problem={asProblem(tasks.error)} onRetry={() => void tasks.refetch()} /> : null}
      <section className="card">
        <DataTable
          file="second-readings"
          label={t('title')}
          rows={rows}
          columns={columns}
          rowKey={(task) => task.taskId}
          onOpen={open}
          isLoading={tasks.isPending}
          empty={<EmptyState title={t('empty.title')} text={t('empty.text')} />}
        />
      </section>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { taskQuery } from './task-queries.ts';
import { TaskWorkstation } from './task-workstation.tsx';
import './workstation.css';
import './viewer-panel.css';
import './score-sheet.css';
import './verdict-box.css';
import './grade-bar.css';
import './task-workstation.css';

const route = getRouteApi('/signed-in/review-tasks/$taskId');

/** One reading beside the first, blind. */
export function TaskPage() {
  const { t } = useTranslation('tasks');
  const { taskId } = route.useParams();
  const task = useQuery(taskQuery(taskId));
  if (task.data) return <TaskWorkstation key={taskId} detail={task.data} taskId={taskId} />;
  if (task.isError) {
    return (
      <main className="work-problem">
        <ProblemNotice problem={asProblem(task.error)} onRetry={() => void task.refetch()} />
        <Link to="/review-tasks">{t('back')}</Link>
      </main>
    );
  }
  return <main className="work task-work" aria-busy="true" aria-label={t('loading')} />;
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { attemptsQuery } from './teaching-queries.ts';

/** What quizzes came to: one's own, and everybody's for who leads the teaching. */
export function RunsCard() {
  const { t } = useTranslation('teaching');
  const time = useHospitalTime();
  const runs = useQuery(attemptsQuery);
  const items = runs.data?.items ?? [];
  return (
    <Card title={t('runs.title')} remark={t('runs.remark')} isFlush>
      {items.length === 0 ? (
        <EmptyState title={t('runs.empty')} text={t('runs.emptyText')} />
      ) : (
        <ul className="teaching-runs">
          {items.map((run) => (
            <li key={run.attemptId}>
              <span>
                <Link to="/teaching/quiz/$attemptId" params={{ attemptId: run.attemptId }}>
                  {run.collectionName}
                </Link>
                <div className="secondary">
                  {[run.isOwn ? t('runs.own') : run.personName, time.full(run.startedAt)].join(' · ')}
                </div>
              </span>
              <span>
                <strong>{run.points === null ? '—' : t('runs.points', { points: run.points })}</strong>
                <div className="secondary">{t('runs.answered', { answered: run.answered, cases: run.cases })}</div>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

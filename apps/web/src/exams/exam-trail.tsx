import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { examTrailQuery } from './exam-queries.ts';

/** Who looked at the exam and who changed it, newest first. */
export function ExamTrail({ examId }: { examId: string }) {
  const { t } = useTranslation(['exams', 'audit']);
  const time = useHospitalTime();
  const trail = useQuery(examTrailQuery(examId));
  return (
    <Card title={t('trail.title')} remark={t('trail.remark')}>
      {trail.isError ? <ProblemNotice problem={asProblem(trail.error)} onRetry={() => void trail.refetch()} /> : null}
      <ul className="plain-list">
        {trail.data?.items.map((entry) => (
          <li key={entry.auditId}>
            <span className="secondary">{time.brief(entry.at)}</span> {entry.actor}{' '}
            {t(`audit:action.${entry.action}`, { defaultValue: entry.action })}
          </li>
        ))}
      </ul>
    </Card>
  );
}

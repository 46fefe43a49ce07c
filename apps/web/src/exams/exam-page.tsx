import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { ExamCorrections } from '../corrections/exam-corrections.tsx';
import { ExamComplianceCard } from '../protocols/compliance-card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ExamActions } from './exam-actions.tsx';
import { ExamFacts } from './exam-facts.tsx';
import { ExamFilms } from './exam-films.tsx';
import { ExamHead } from './exam-head.tsx';
import { ExamOddities } from './exam-oddities.tsx';
import './exam-page.css';
import { examQueryOf } from './exam-queries.ts';
import { ExamSeries } from './exam-series.tsx';
import { ExamTimeline } from './exam-timeline.tsx';
import { ExamTrail } from './exam-trail.tsx';

const route = getRouteApi('/signed-in/shell/exams/$examId');

export function ExamPage() {
  return (
    <PermissionGate permission="exams.read">
      <ExamContent />
    </PermissionGate>
  );
}

function ExamContent() {
  const { t } = useTranslation('exams');
  const { examId } = route.useParams();
  const may = useMay();
  const exam = useQuery(examQueryOf(examId));
  if (exam.isError) {
    return (
      <>
        <ProblemNotice problem={asProblem(exam.error)} onRetry={() => void exam.refetch()} />
        <Link to="/exams">{t('exam.back')}</Link>
      </>
    );
  }
  if (!exam.data) return <Skeleton active title paragraph={{ rows: 10 }} aria-label={t('exam.loading')} />;
  const detail = exam.data;
  return (
    <div className="exam-page">
      <ExamHead exam={detail.exam} actions={<ExamActions detail={detail} />} />
      <ExamTimeline events={detail.events} exam={detail.exam} />
      <div className="exam-columns">
        <ExamFacts detail={detail} />
        <div className="exam-middle">
          {may('review.read') ? <ExamFilms exam={detail.exam} /> : null}
          <ExamComplianceCard examId={examId} />
          <ExamCorrections detail={detail} />
          <ExamSeries detail={detail} />
        </div>
        <div className="exam-side">
          <ExamOddities oddities={detail.exam.oddities} />
          {may('audit.read') ? <ExamTrail examId={examId} /> : null}
        </div>
      </div>
    </div>
  );
}

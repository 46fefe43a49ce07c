import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { BenchCard } from './bench-card.tsx';
import { BenchFilms } from './bench-films.tsx';
import { ConsultationActions } from './consultation-actions.tsx';
import { consultationQuery } from './consultation-queries.ts';
import { ConsultationStateTag } from './consultation-state-tag.tsx';
import './consultations.css';
import { HistoryCard } from './history-card.tsx';
import { NotesCard } from './notes-card.tsx';
import { OpinionsCard } from './opinions-card.tsx';
import { SignCard } from './sign-card.tsx';

const route = getRouteApi('/signed-in/shell/consultations/$consultationId');

/** One consultation from the question to the signature; what it shows follows the person and the state. */
export function ConsultationPage() {
  const { t } = useTranslation('consultations');
  const time = useHospitalTime();
  const { consultationId } = route.useParams();
  const consultation = useQuery(consultationQuery(consultationId));
  if (consultation.isError) {
    const problem = asProblem(consultation.error);
    return <ProblemNotice problem={problem} onRetry={() => void consultation.refetch()} />;
  }
  const held = consultation.data;
  if (!held) return <Skeleton active />;
  const isShown = held.state === 'open' || held.state === 'signed';
  return (
    <>
      <PageHead title={t('one')} actions={<ConsultationActions held={held} />}>
        <ConsultationStateTag state={held.state} />
        <span className="secondary">
          {held.modality} {held.description} · {t('films', { count: held.films })}
        </span>
        <Link to="/consultations">{t('back')}</Link>
      </PageHead>
      <p className="consultation-next">{t(`next.${held.state}`)}</p>
      <div className="consultation-columns">
        <div className="consultation-main">
          <Card title={t('question')} remark={t(`origin.${held.origin}`)}>
            <p className="consultation-question">{held.question}</p>
            <FactList
              facts={[
                [t('askedBy'), held.askedByName ?? (held.state === 'judging' ? t('hidden') : '')],
                [t('column.askedAt'), time.full(held.askedAt)],
                [t('convenedAt'), held.convenedAt ? time.full(held.convenedAt) : ''],
                [t('openedAt'), held.openedAt ? time.full(held.openedAt) : ''],
                [t('closedAt'), held.closedAt ? time.full(held.closedAt) : ''],
                [t('accession'), held.accessionNumber ?? ''],
                [t('closeReason'), held.closeReason],
                [t('conclusion'), held.conclusion],
              ]}
            />
          </Card>
          <BenchFilms held={held} />
          {held.opinions.length > 0 ? <OpinionsCard held={held} /> : null}
          {held.state === 'open' && held.part.isChair ? <SignCard held={held} /> : null}
        </div>
        <div className="consultation-side">
          <BenchCard held={held} />
          {isShown && (held.part.isJudge || held.notes.length > 0) ? <NotesCard held={held} /> : null}
          <HistoryCard held={held} />
        </div>
      </div>
    </>
  );
}

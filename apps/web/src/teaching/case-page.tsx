import type { TeachingCase } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { CasePicture } from './case-picture.tsx';
import { CaseStateTag } from './case-state-tag.tsx';
import { CheckCard } from './check-card.tsx';
import { placesOf, regionPlaces, shareOf } from './drawn-regions.ts';
import { MembershipCard } from './membership-card.tsx';
import { caseQuery, type Cleaning } from './teaching-queries.ts';
import './teaching-page.css';
import { useTeachingWords } from './use-teaching-words.ts';
import { WordsCard } from './words-card.tsx';

const route = getRouteApi('/signed-in/shell/teaching/cases/$caseId');

/** One case: its pictures, what there is to learn, and, for who manages it, the check and the decision. */
export function CasePage() {
  const { caseId } = route.useParams();
  const found = useQuery(caseQuery(caseId));
  if (found.isError) return <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} />;
  return found.data ? <CaseView key={found.data.version} detail={found.data} /> : null;
}

function CaseView({ detail }: { detail: TeachingCase }) {
  const { t } = useTranslation('teaching');
  const may = useMay();
  const words = useTeachingWords();
  const isManager = may('teaching.manage');
  const [cleaning, setCleaning] = useState<Cleaning>(detail);
  const [isDrawing, setDrawing] = useState(false);
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set());
  const onSeen = useCallback((number: number) => setSeen((now) => new Set([...now, number])), []);
  const name = words.caseName(detail);
  return (
    <>
      <PageHead title={name}>
        <CaseStateTag row={detail} />
        <span className="secondary">{detail.code}</span>
        <Link to="/teaching">{t('back')}</Link>
      </PageHead>
      <div className="teaching-case">
        {detail.images.length > 0 ? (
          <CasePicture
            detail={detail}
            title={name}
            isDrawing={isDrawing}
            places={(image) => (isDrawing ? regionPlaces(cleaning.regions, image) : placesOf(detail, image))}
            onDrawn={(box, image) => {
              setCleaning((now) => ({ ...now, regions: [...now.regions, shareOf(box, image)] }));
            }}
            onSeen={onSeen}
          />
        ) : (
          <EmptyState title={t(`noPicture.${detail.state}`)} text={t('noPicture.text')} />
        )}
        <div className="teaching-case-side">
          {isManager ? (
            <CheckCard
              detail={detail}
              cleaning={cleaning}
              onCleaning={setCleaning}
              isDrawing={isDrawing}
              onDrawing={setDrawing}
              sawAll={detail.images.length > 0 && detail.images.every(({ number }) => seen.has(number))}
            />
          ) : null}
          {detail.isUnanswered ? (
            <EmptyState title={t('hidden.title')} text={t('hidden.text')} />
          ) : (
            <Card title={t('lesson')}>
              <GradeBadge grade={detail.grade} />{' '}
              {detail.score === null ? null : <span className="secondary">{t('score', { score: detail.score })}</span>}
              <ul>
                {detail.defects.map((code) => (
                  <li key={code}>{words.defectName(code)}</li>
                ))}
              </ul>
              {detail.explanation ? <p className="teaching-explanation">{detail.explanation}</p> : null}
            </Card>
          )}
          {isManager && !detail.isUnanswered ? <WordsCard detail={detail} /> : null}
          {isManager && detail.state === 'confirmed' ? <MembershipCard detail={detail} /> : null}
        </div>
      </div>
    </>
  );
}

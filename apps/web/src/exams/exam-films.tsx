import type { ExamDetail, FilmRow } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { addressOf } from '../api/address.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { examFilmsQuery } from './exam-queries.ts';
import { PositionDrawer } from './position-drawer.tsx';

/** The films of the exam with what they were graded, each one press away from its workstation. */
export function ExamFilms({ exam }: { exam: ExamDetail['exam'] }) {
  const { t } = useTranslation('exams');
  const films = useQuery(examFilmsQuery(exam));
  return (
    <Card
      title={t('films.title')}
      remark={t('films.remark', { graded: exam.gradedCount, all: exam.filmCount })}
      isFlush
    >
      {films.isError ? <ProblemNotice problem={asProblem(films.error)} onRetry={() => void films.refetch()} /> : null}
      {films.isPending ? <Skeleton active style={{ padding: 16 }} paragraph={{ rows: 1 }} /> : null}
      {films.data?.map((film) => (
        <FilmLine key={film.filmId} film={film} />
      ))}
      {films.data?.length === 0 ? <div className="panel-empty">{t('films.empty')}</div> : null}
    </Card>
  );
}

function FilmLine({ film }: { film: FilmRow }) {
  const { t, i18n } = useTranslation('exams');
  const may = useMay();
  const [isCorrecting, setIsCorrecting] = useState(false);
  const position = film.positionCode === null ? null : positionOf(film.positionCode);
  const name = position ? (i18n.language === 'en' ? position.name.en : position.name.zh) : null;
  const cover = film.coverSopInstanceUid ?? film.sopInstanceUid;
  return (
    <div className="row-line film-line">
      {cover && may('archive.read') ? (
        <img src={addressOf(`/instances/${cover}/thumbnail`)} alt="" loading="lazy" />
      ) : null}
      <strong>{name ?? (film.description || film.modality)}</strong>
      {film.laterality ? <StateTag tone="plain">{t(`laterality.${film.laterality}`)}</StateTag> : null}
      <span className="hint">{t(`positionSource.${film.positionSource}`, { defaultValue: film.positionSource })}</span>
      <span className="spacer" />
      {film.isMissedReview && film.grade === null ? <StateTag tone="attention">{t('missed')}</StateTag> : null}
      <GradeBadge grade={film.grade} />
      {film.score !== null ? <span className="secondary">{t('points', { count: film.score })}</span> : null}
      {may('exams.correct') ? (
        <Button size="small" onClick={() => setIsCorrecting(true)}>
          {t('position.button')}
        </Button>
      ) : null}
      <Link to="/review/$filmId" params={{ filmId: film.filmId }}>
        {t('films.open')}
      </Link>
      {isCorrecting ? <PositionDrawer film={film} onClose={() => setIsCorrecting(false)} /> : null}
    </div>
  );
}

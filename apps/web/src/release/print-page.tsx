import type { FilmRow } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Checkbox, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { examFilmsQuery, examQueryOf } from '../exams/exam-queries.ts';
import { useFilmTitle } from '../review/film-title.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { previewQuery, type SheetForm } from './print-queries.ts';
import { SheetActions } from './sheet-actions.tsx';
import { SheetFields } from './sheet-fields.tsx';
import { SheetPicture } from './sheet-picture.tsx';
import './print-page.css';

const route = getRouteApi('/signed-in/shell/exams/$examId/print');

/** Films of one exam on a sheet, as they will leave the printer. */
export function PrintPage() {
  const { t } = useTranslation('print');
  const { examId } = route.useParams();
  const exam = useQuery(examQueryOf(examId));
  const films = useQuery(examFilmsQuery({ examId }));
  const problem = exam.error ?? films.error;
  const number = exam.data?.exam.accessionNumber ?? '';
  return (
    <PermissionGate permission="release.operate">
      <PageHead title={number === '' ? t('title') : `${t('title')} · ${number}`} />
      {problem ? <ProblemNotice problem={asProblem(problem)} /> : null}
      {films.isPending ? <Skeleton active /> : null}
      {films.data ? <Sheet films={films.data.filter(({ sopInstanceUid }) => sopInstanceUid !== null)} /> : null}
    </PermissionGate>
  );
}

function Sheet({ films }: { films: readonly FilmRow[] }) {
  const { t } = useTranslation('print');
  const titleOf = useFilmTitle();
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    films.filter(({ grade }) => grade !== 'reject').map(({ filmId }) => filmId),
  );
  const [form, setForm] = useState<SheetForm>(() => ({
    columns: 1,
    rows: Math.min(2, Math.max(1, films.length)),
    filmSize: '14INX17IN',
    orientation: 'PORTRAIT',
  }));
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const filmIds = films.map(({ filmId }) => filmId).filter((filmId) => chosen.includes(filmId));
  const preview = useQuery({ ...previewQuery(filmIds, form), enabled: filmIds.length > 0 });
  if (films.length === 0) return <EmptyState title={t('noFilms')} />;
  const nameOf = (filmId: string | null) => {
    const film = films.find((one) => one.filmId === filmId);
    return film ? titleOf(film) : '';
  };
  const toggle = (filmId: string) =>
    setChosen(chosen.includes(filmId) ? chosen.filter((one) => one !== filmId) : [...chosen, filmId]);
  return (
    <div className="print-page">
      <div className="print-side">
        <Card title={t('films')}>
          {films.map((film) => (
            <Checkbox
              key={film.filmId}
              className="print-film"
              checked={chosen.includes(film.filmId)}
              onChange={() => toggle(film.filmId)}
            >
              {titleOf(film)} <GradeBadge grade={film.grade} />
            </Checkbox>
          ))}
        </Card>
        <Card title={t('sheet')}>
          <SheetFields form={form} onChange={setForm} />
        </Card>
        {preview.isError ? <ProblemNotice problem={asProblem(preview.error)} /> : null}
        {preview.data && filmIds.length > 0 ? (
          <SheetActions
            preview={preview.data}
            sheet={{ filmIds, ...form, acceptedFaults: [...accepted] }}
            nameOf={nameOf}
            onAccept={setAccepted}
          />
        ) : null}
      </div>
      {preview.data && filmIds.length > 0 ? (
        <SheetPicture preview={preview.data} columns={form.columns} rows={form.rows} nameOf={nameOf} />
      ) : (
        <EmptyState title={t('choose')} />
      )}
    </div>
  );
}

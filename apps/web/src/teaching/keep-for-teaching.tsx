import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { examFilmsQuery } from '../exams/exam-queries.ts';
import { useFilmTitle } from '../review/film-title.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { keepFilm } from './teaching-queries.ts';

/** Takes a graded film of an exam into the teaching file, and leads to its check. */
export function KeepForTeaching({ examId }: { examId: string }) {
  const { t } = useTranslation('teaching');
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may('teaching.manage')) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('keep.button')}</Button>
      {isOpen ? <FilmChoice examId={examId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function FilmChoice({ examId, onClose }: { examId: string; onClose: () => void }) {
  const { t } = useTranslation('teaching');
  const navigate = useNavigate();
  const titleOf = useFilmTitle();
  const films = useQuery(examFilmsQuery({ examId }));
  const keeping = useMutation({
    mutationFn: (filmId: string) => keepFilm(filmId, { title: '', explanation: '', tags: [] }),
    onSuccess: ({ caseId }) => void navigate({ to: '/teaching/cases/$caseId', params: { caseId } }),
  });
  const graded = (films.data ?? []).filter(({ grade }) => grade !== null);
  return (
    <Modal open title={t('keep.title')} onCancel={onClose} footer={null}>
      <p className="secondary">{t('keep.text')}</p>
      {keeping.isError ? <ProblemNotice problem={asProblem(keeping.error)} /> : null}
      {films.data && graded.length === 0 ? <EmptyState title={t('keep.none')} text={t('keep.noneText')} /> : null}
      {graded.map((film) => (
        <p key={film.filmId}>
          <Button loading={keeping.isPending} onClick={() => keeping.mutate(film.filmId)}>
            {titleOf(film)} <GradeBadge grade={film.grade} />
          </Button>
        </p>
      ))}
    </Modal>
  );
}

import type { FilmDetail } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { checkReading, type GradeOutcome } from '@jiapian/rules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import type { FilmSearch } from './film-search.ts';
import { useFilmTitle } from './film-title.tsx';
import { rememberNote } from './recent-notes.ts';
import { forgetReading, recentReadings, rememberReading } from './recent-readings.ts';
import { dropPictureAhead } from './picture-ahead.ts';
import { filmQueryOf, undoLastReading } from './review-queries.ts';
import { saveOrFollow, type Verdict } from './save-or-follow.ts';
import { contentOf, standardOf, type ScoreSheet } from './score-sheet.ts';
import { forgetDraft, keepDraft } from './use-draft.ts';

export type Dialog = 'reject' | 'override' | 'keys' | 'stale';

/** Saving a reading, taking the last one back, and where to go from there. */
export const useReading = (at: {
  readonly detail: FilmDetail;
  readonly search: FilmSearch;
  readonly sheet: ScoreSheet;
  readonly outcome: GradeOutcome;
  readonly isReadOnly: boolean;
  /** Draws the next film's picture at once; its id, or null when it was not loaded ahead. */
  readonly showAhead: () => string | null;
  readonly dialog: Dialog | null;
  readonly open: (dialog: Dialog) => void;
  readonly retakeLock: () => void;
  /** Time that does not count as reading, in ms. */
  readonly pausedMs: { readonly current: number };
  readonly onSaved: () => void;
}) => {
  const { t } = useTranslation(['review', 'errors']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const titleOf = useFilmTitle();
  const opened = useRef(Date.now());
  const ahead = useRef<string | null>(null);
  const { film } = at.detail;
  const { filmId } = film;
  const standard = standardOf(at.detail);
  const content = contentOf(at.sheet);

  const goTo = (target: string | null | undefined): void => {
    if (target) void navigate({ to: '/review/$filmId', params: { filmId: target }, search: at.search });
    else void navigate({ to: '/review', search: at.search });
  };

  const save = useMutation({
    mutationFn: (verdict: Verdict) => {
      const secondsSpent = Math.round((Date.now() - opened.current - at.pausedMs.current) / 1000);
      const versions = { filmVersion: film.version, standardVersion: standard.version };
      return saveOrFollow(client, filmId, { ...content, ...verdict, ...versions, secondsSpent }, at.search);
    },
    onSuccess: (saved, { grade }) => {
      forgetDraft(filmId);
      at.onSaved();
      rememberNote(content.note);
      rememberReading({ filmId, title: titleOf(film), grade, content });
      client.removeQueries({ queryKey: filmQueryOf(filmId).queryKey });
      // The next film came with the answer: it is drawn before anything else is asked for.
      if (saved.next) client.setQueryData(filmQueryOf(saved.next.film.filmId).queryKey, saved.next);
      // Somebody else took the film whose picture is shown already.
      if (saved.next?.film.filmId !== ahead.current) dropPictureAhead();
      goTo(saved.next?.film.filmId);
      // The lists follow by the live stream, after the picture.
    },
    onError: (error) => {
      // Back to this film, as it was marked.
      dropPictureAhead();
      const { code } = asProblem(error);
      if (code === 'REVIEW_STALE_VERSION') at.open('stale');
      else if (at.dialog !== 'reject') void message.error(t(`errors:${code}`));
      if (code === 'REVIEW_FILM_LOCKED') at.retakeLock();
    },
  });

  const undo = useMutation({
    mutationFn: undoLastReading,
    onSuccess: (undone) => {
      const before = recentReadings().find((each) => each.filmId === undone.filmId);
      if (before) keepDraft(undone.filmId, before.content);
      forgetReading(undone.filmId);
      void client.invalidateQueries({ queryKey: ['films'] });
      if (undone.filmId === filmId) void client.resetQueries({ queryKey: filmQueryOf(filmId).queryKey });
      else {
        client.removeQueries({ queryKey: filmQueryOf(undone.filmId).queryKey });
        goTo(undone.filmId);
      }
    },
    onError: (error) => void message.warning(t(`errors:${asProblem(error).code}`)),
  });

  /** Saves what is marked, or asks for what the standard wants first. */
  const submit = (): void => {
    if (at.isReadOnly || save.isPending) return;
    const grade: Grade = at.sheet.chosen ?? at.outcome.grade;
    const { marks, conditionsNotMet } = content;
    const checked = checkReading(standard, { grade, marks, conditionsNotMet });
    if (checked.ok) {
      save.mutate({ grade, overrideReason: '', reject: null });
      ahead.current = at.showAhead();
      return;
    }
    const { code } = checked.reason;
    if (grade === 'reject' && code !== 'REVIEW_DEFECT_REQUIRED') at.open('reject');
    else if (code === 'REVIEW_GRADE_NOT_BY_RULE') at.open('override');
    else void message.warning(t(`errors:${code}`));
  };

  /** The next film's picture is on the screen, while what stands beside it is still about this one. */
  const isMovingOn = save.isPending && ahead.current !== null && at.dialog === null;
  return { save, undo, submit, goTo, isMovingOn };
};
export type ReadingActs = ReturnType<typeof useReading>;

import type { FilmDetail } from '@jiapian/contract';
import { grades, type Grade } from '@jiapian/kernel';
import { checkReading, deductionsFor } from '@jiapian/rules';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useKeys } from '../ui/key-listener.ts';
import { ConditionsRow } from './conditions-row.tsx';
import { Deductions } from './deductions.tsx';
import { DraftStatus } from './draft-status.tsx';
import { ExposureFacts } from './exposure-facts.tsx';
import { FilmNotices, StaleNotice } from './film-notices.tsx';
import type { FilmSearch } from './film-search.ts';
import { useFilmTitle } from './film-title.tsx';
import { inLanguage } from './film-words.ts';
import { GradeBar } from './grade-bar.tsx';
import { KeyMap } from './key-map.tsx';
import { NoteField } from './note-field.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { QueueRail } from './queue-rail.tsx';
import { forgetReading, recentReadings, rememberReading } from './recent-readings.ts';
import { ReferenceColumn } from './reference-column.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { filmQueryOf, filmsQuery, nextFilmsQuery, takeOverFilm, undoLastReading } from './review-queries.ts';
import { saveOrFollow, type Verdict } from './save-or-follow.ts';
import { applyAct, contentOf, fitToStandard, lastGrade, outcomeOf, sheetOf, standardOf } from './score-sheet.ts';
import { draftKeptHere, forgetDraft, keepDraft, useDraft } from './use-draft.ts';
import { useFilmLock } from './use-film-lock.ts';
import { usePreload } from './use-preload.ts';
import { useViewer } from './use-viewer.ts';
import { VerdictBox } from './verdict-box.tsx';
import { ViewerPanel } from './viewer-panel.tsx';
import { WorkstationHead } from './workstation-head.tsx';

type Dialog = 'reject' | 'override' | 'keys' | 'stale' | null;
const REFERENCE_KEY = 'jiapian.review.reference';

/** One film: look, mark, grade, on to the next. */
export function Workstation({ detail, search }: { detail: FilmDetail; search: FilmSearch }) {
  const { t, i18n } = useTranslation(['review', 'errors', 'shell']);
  const { film } = detail;
  const { filmId } = film;
  const standard = standardOf(detail);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const may = useMay();
  const titleOf = useFilmTitle();
  const opened = useRef(Date.now());

  const [start] = useState(() => {
    // A graded film shows the sheet it was graded with.
    const draft = film.state === 'graded' ? lastGrade(detail) : (draftKeptHere(filmId) ?? detail.draft);
    return draft ? fitToStandard(draft, standard) : { draft: null, dropped: 0 };
  });
  const [sheet, act] = useReducer(applyAct, start.draft, sheetOf);
  const outcome = useMemo(() => outcomeOf(standard, sheet), [standard, sheet]);
  const content = useMemo(() => contentOf(sheet), [sheet]);
  const [dialog, setDialog] = useState<Dialog>(null);
  const [isReferenceShown, setReferenceShown] = useState(() => localStorage.getItem(REFERENCE_KEY) !== 'off');
  const note = useRef<HTMLTextAreaElement>(null);

  const { standing, take } = useFilmLock(filmId, may('review.grade') && !film.isOwn && film.state === 'waiting');
  const isReadOnly = standing.kind !== 'held' && standing.kind !== 'taking';
  const draftStanding = useDraft(filmId, content, !isReadOnly);
  const viewer = useViewer(detail);

  const queue = useQuery(filmsQuery({ ...search, list: search.list ?? 'all' }, undefined, 30)).data;
  const next = useQuery(nextFilmsQuery(filmId, search)).data;
  const ahead = (next?.filmIds ?? []).flatMap((id) => queue?.items.find((row) => row.filmId === id) ?? []);
  usePreload(ahead, viewer.core);

  const goTo = (nextFilmId: string | null | undefined): void => {
    if (nextFilmId) void navigate({ to: '/review/$filmId', params: { filmId: nextFilmId }, search });
    else void navigate({ to: '/review', search });
  };
  const save = useMutation({
    mutationFn: async (verdict: Verdict) => {
      const secondsSpent = Math.round((Date.now() - opened.current) / 1000);
      const request = {
        ...content,
        ...verdict,
        filmVersion: film.version,
        standardVersion: standard.version,
        secondsSpent,
      };
      return saveOrFollow(client, filmId, request, search);
    },
    onSuccess: (saved) => {
      forgetDraft(filmId);
      rememberReading({ filmId, title: titleOf(film), grade: saved.film.grade ?? 'A', content });
      client.removeQueries({ queryKey: filmQueryOf(filmId).queryKey });
      void client.invalidateQueries({ queryKey: ['films'] });
      // The film that was loaded ahead; the server's word only when none was.
      goTo(next?.filmIds[0] ?? saved.nextFilmId);
    },
    onError: (error) => {
      const problem = asProblem(error);
      if (problem.code === 'REVIEW_STALE_VERSION') setDialog('stale');
      else if (dialog !== 'reject') void message.error(t(`errors:${problem.code}`));
      if (problem.code === 'REVIEW_LOCK_LOST') take();
    },
  });
  const undo = useMutation({
    mutationFn: undoLastReading,
    onSuccess: (undone) => {
      const before = recentReadings().find((each) => each.filmId === undone.filmId);
      if (before) keepDraft(undone.filmId, before.content);
      forgetReading(undone.filmId);
      void client.invalidateQueries({ queryKey: ['films'] });
      client.removeQueries({ queryKey: filmQueryOf(undone.filmId).queryKey });
      if (undone.filmId === filmId) void client.invalidateQueries({ queryKey: filmQueryOf(filmId).queryKey });
      else goTo(undone.filmId);
    },
    onError: (error) => void message.warning(t(`errors:${asProblem(error).code}`)),
  });
  const latest = useQuery({ ...filmQueryOf(filmId), enabled: dialog === 'stale' });

  /** Saves what is marked, or asks for what the standard wants first. */
  const submit = (): void => {
    if (isReadOnly || save.isPending) return;
    const grade = sheet.chosen ?? outcome.grade;
    const checked = checkReading(standard, { grade, marks: content.marks, conditionsNotMet: content.conditionsNotMet });
    if (checked.ok) {
      save.mutate({ grade, overrideReason: '', reject: null });
      return;
    }
    const { code } = checked.reason;
    if (grade === 'reject' && code !== 'REVIEW_DEFECT_REQUIRED') setDialog('reject');
    else if (code === 'REVIEW_GRADE_NOT_BY_RULE') setDialog('override');
    else void message.warning(t(`errors:${code}`));
  };
  const choose = (grade: Grade): void => {
    if (isReadOnly) return;
    act({ kind: 'choose', grade: grade === outcome.grade ? null : grade });
    if (grade === 'reject') setDialog('reject');
  };
  const setReference = (): void => {
    localStorage.setItem(REFERENCE_KEY, isReferenceShown ? 'off' : 'on');
    setReferenceShown(!isReferenceShown);
  };
  const items = deductionsFor(standard, film.modality);

  useKeys((name, event) => {
    if (name === '?' || (name === '/' && event.shiftKey)) setDialog('keys');
    else if (name === 'G') setReference();
    else if (name === 'Backspace') undo.mutate();
    else if (name === 'Enter') {
      if (event.target instanceof HTMLElement && event.target.closest('a, button')) return false;
      if (isReadOnly) goTo(next?.filmIds[0]);
      else submit();
    } else if (name === 'N' && !isReadOnly) note.current?.focus();
    else if (/^[1-4]$/.test(name)) choose(grades[Number(name) - 1] ?? 'A');
    else if (name === ' ' && event.target instanceof HTMLElement && event.target.closest('a, button')) return false;
    else {
      const item = items.find((each) => each.key === name);
      if (item && !isReadOnly) act({ kind: 'press', item });
      else return viewer.onKey(name);
    }
    return true;
  }, dialog === null);

  // A grade key pressed before the marks changed is forgotten once the rules come to it by themselves.
  useEffect(() => {
    if (sheet.chosen !== null && sheet.chosen === outcome.grade) act({ kind: 'choose', grade: null });
  }, [sheet.chosen, outcome.grade]);

  const drawn = sheet.places.map((place, index) => {
    const item = items.find((each) => each.code === place.code);
    return { ...place, id: String(index), number: index + 1, label: item ? inLanguage(item.name, i18n.language) : '' };
  });
  const slot = viewer.slotOf(viewer.active);
  return (
    <main className="work">
      <WorkstationHead detail={detail} standard={standard} standing={standing} search={search} />
      <QueueRail
        detail={detail}
        search={search}
        series={viewer.spans}
        currentSeries={slot?.seriesInstanceUid}
        onImage={(place) => viewer.moveTo(viewer.active, place)}
      />
      <div className="work-middle">
        <FilmNotices
          detail={detail}
          standing={standing}
          droppedMarks={start.dropped}
          onTakeOver={() => void takeOverFilm(filmId).then(take)}
          onRetake={take}
          onNext={() => goTo(next?.filmIds[0])}
        />
        <div className={isReferenceShown ? 'work-stage' : 'work-stage work-stage-wide'}>
          <ViewerPanel
            viewer={viewer}
            title={titleOf(film)}
            modality={film.modality}
            places={drawn}
            mayMark={!isReadOnly}
            isReferenceShown={isReferenceShown}
            onReference={setReference}
            onMark={({ sopInstanceUid, frame }, box) =>
              act({ kind: 'place', place: { sopInstanceUid, frame, ...box } })
            }
          />
          {isReferenceShown ? (
            <ReferenceColumn
              detail={detail}
              standard={standard}
              places={sheet.places}
              isReadOnly={isReadOnly}
              onRemove={(index) => act({ kind: 'unplace', index })}
              onPlace={(place) => {
                const found = viewer.slots.findIndex(
                  (each) => each.sopInstanceUid === place.sopInstanceUid && each.frame === place.frame,
                );
                if (found >= 0) viewer.moveTo(viewer.active, found);
              }}
            />
          ) : null}
        </div>
      </div>
      <div className="sheet" role="region" aria-label={t('sheet.label')}>
        <VerdictBox outcome={outcome} standard={standard} isBlank={isReadOnly && film.grade === null} />
        <ConditionsRow
          standard={standard}
          outcome={outcome}
          declared={sheet.conditionsNotMet}
          isReadOnly={isReadOnly}
          onToggle={(code) => act({ kind: 'condition', code })}
        />
        <Deductions
          standard={standard}
          modality={film.modality}
          lost={standard.startScore - outcome.score}
          steps={sheet.steps}
          places={sheet.places}
          isReadOnly={isReadOnly}
          onPress={(item) => act({ kind: 'press', item })}
        />
        <section className="sheet-section wide-only-block">
          <h2>{t('exposure.title')}</h2>
          <ExposureFacts detail={detail} />
        </section>
        <NoteField
          ref={note}
          text={sheet.note}
          isReadOnly={isReadOnly}
          onChange={(text) => act({ kind: 'note', text })}
        />
      </div>
      <GradeBar
        byRule={outcome.grade}
        chosen={film.grade ?? sheet.chosen}
        isReadOnly={isReadOnly}
        isSaving={save.isPending}
        onChoose={choose}
        onSave={submit}
        onSkip={() => goTo(next?.filmIds[0])}
      >
        <DraftStatus
          standing={draftStanding}
          mayUndo={may('review.grade')}
          onUndo={() => undo.mutate()}
          onKeys={() => setDialog('keys')}
        />
      </GradeBar>
      <KeyMap isOpen={dialog === 'keys'} onClose={() => setDialog(null)} />
      {dialog === 'reject' ? (
        <RejectDialog
          detail={detail}
          standard={standard}
          sheet={sheet}
          outcome={outcome}
          isSaving={save.isPending}
          problem={save.isError ? asProblem(save.error) : null}
          onCancel={() => {
            act({ kind: 'choose', grade: null });
            save.reset();
            setDialog(null);
          }}
          onNotAffected={() => {
            act({ kind: 'choose', grade: outcome.grade === 'C' ? null : 'C' });
            setDialog(null);
          }}
          onConfirm={(reject, overrideReason) => save.mutate({ grade: 'reject', overrideReason, reject })}
        />
      ) : null}
      {dialog === 'override' ? (
        <OverrideDialog
          chosen={sheet.chosen ?? outcome.grade}
          byRule={outcome.grade}
          isSaving={save.isPending}
          onCancel={() => setDialog(null)}
          onConfirm={(overrideReason) =>
            save.mutate({ grade: sheet.chosen ?? outcome.grade, overrideReason, reject: null })
          }
        />
      ) : null}
      {dialog === 'stale' && save.error ? (
        <StaleNotice
          latest={latest.data}
          sheet={sheet}
          standard={standard}
          onKeepMine={() => setDialog(null)}
          onTakeTheirs={() => {
            forgetDraft(filmId);
            setDialog(null);
            goTo(next?.filmIds[0]);
          }}
        />
      ) : null}
    </main>
  );
}

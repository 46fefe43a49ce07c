import type { FilmDetail } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { deductionsFor } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HintPlace } from '../analysis/hints-section.tsx';
import { useMay, useSession } from '../api/session.ts';
import { useKeys } from '../ui/key-listener.ts';
import { aheadOf, rememberAhead } from './ahead.ts';
import { DraftStatus } from './draft-status.tsx';
import { REFERENCE_KEY } from './expected-viewport.ts';
import { FilmNotices } from './film-notices.tsx';
import type { FilmSearch } from './film-search.ts';
import { useFilmTitle } from './film-title.tsx';
import { actOf, gradeOf } from './key-sets.ts';
import { inLanguage } from './film-words.ts';
import { GradeBar } from './grade-bar.tsx';
import { PauseCurtain } from './pause-curtain.tsx';
import { QUEUE_ROWS, QueueRail } from './queue-rail.tsx';
import { ReferenceColumn } from './reference-column.tsx';
import { filmsQuery, nextFilmsQuery, takeOverFilm } from './review-queries.ts';
import { ScoreSheetPanel } from './score-sheet-panel.tsx';
import { applyAct, contentOf, fitToStandard, lastGrade, outcomeOf, sheetOf, standardOf } from './score-sheet.ts';
import { expectedPane, rememberPictures } from './layouts.ts';
import { showNext } from './show-next.ts';
import { draftKeptHere, useDraft } from './use-draft.ts';
import { useFilmLock } from './use-film-lock.ts';
import { useKeySet } from './use-key-set.ts';
import { usePause } from './use-pause.ts';
import { usePreload } from './use-preload.ts';
import { useReading, type Dialog } from './use-reading.ts';
import { useViewer } from './use-viewer.ts';
import { ViewerPanel } from './viewer-panel.tsx';
import { WorkstationDialogs } from './workstation-dialogs.tsx';
import { WorkstationHead } from './workstation-head.tsx';

/** One film: look, mark, grade, on to the next. */
export function Workstation({ detail, search }: { detail: FilmDetail; search: FilmSearch }) {
  const { i18n } = useTranslation('review');
  const { film } = detail;
  const { filmId } = film;
  const standard = standardOf(detail);
  const may = useMay();
  const session = useSession();
  const [keySet] = useKeySet();
  const titleOf = useFilmTitle();

  const [start] = useState(() => startOf(detail));
  const [sheet, act] = useReducer(applyAct, start.draft, sheetOf);
  const outcome = useMemo(() => outcomeOf(standard, sheet), [standard, sheet]);
  const content = useMemo(() => contentOf(sheet), [sheet]);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [hint, setHint] = useState<HintPlace | null>(null);
  const [isReferenceShown, toggleReference] = useReferenceChoice();
  const note = useRef<HTMLTextAreaElement>(null);

  const mayGrade = may('review.grade') && !film.isOwn && film.state === 'waiting';
  const isLocked = useRef(false);
  const pause = usePause({ filmId, search, content, isReadOnly: !isLocked.current });
  const { standing, take } = useFilmLock(filmId, mayGrade && !pause.isPaused);
  isLocked.current = standing.kind === 'held';
  const isReadOnly = standing.kind !== 'held' && standing.kind !== 'taking';
  const viewer = useViewer(detail);

  const queue = useQuery(filmsQuery({ ...search, list: search.list ?? 'all' }, undefined, QUEUE_ROWS)).data;
  const next = useQuery(nextFilmsQuery(filmId, search)).data;
  rememberPictures(detail);
  if (next) rememberAhead(next.filmIds);
  const aheadIds = next?.filmIds ?? aheadOf(filmId);
  const nextFilmId = aheadIds[0];
  const ahead = aheadIds.flatMap((id) => queue?.items.find((row) => row.filmId === id) ?? []);
  usePreload(ahead, viewer.core);
  const reading = useReading({
    ...{ detail, search, sheet, outcome, isReadOnly, dialog },
    showAhead: () => {
      const panes = document.querySelector('.viewer-panes')?.getBoundingClientRect();
      const row = ahead.find((each) => each.filmId === nextFilmId);
      const area = panes && row && expectedPane(row, queue?.items ?? [], session?.preferences ?? {}, panes);
      return area && showNext(row, area) ? row.filmId : null;
    },
    open: setDialog,
    retakeLock: take,
    pausedMs: pause.pausedMs,
    onSaved: pause.forget,
  });
  // What is being saved as a reading is no draft any more: the server would do one after the other.
  const draftStanding = useDraft(filmId, content, !isReadOnly && !reading.save.isPending);

  const choose = (grade: Grade): void => {
    if (isReadOnly) return;
    act({ kind: 'choose', grade: grade === outcome.grade ? null : grade });
    if (grade === 'reject') setDialog('reject');
  };
  // A grade key pressed before the marks changed is forgotten once the rules come to it by themselves.
  useEffect(() => {
    if (sheet.chosen !== null && sheet.chosen === outcome.grade) act({ kind: 'choose', grade: null });
  }, [sheet.chosen, outcome.grade]);

  const series = film.kind === 'exam' ? viewer.slotOf(viewer.active)?.seriesInstanceUid : undefined;
  const items = deductionsFor(standard, film.modality);
  useKeys(
    (name, event) => {
      const isOnControl = event.target instanceof HTMLElement && event.target.closest('a, button') !== null;
      if (isOnControl && (name === 'Enter' || name === ' ')) return false;
      const item = items.find((each) => keySet.deductionPrefix + each.key === name);
      const pressed = actOf(keySet, name);
      const grade = gradeOf(pressed);
      if (pressed === 'keys' || (name === '/' && event.shiftKey)) setDialog('keys');
      else if (pressed === 'reference') toggleReference();
      else if (pressed === 'undo') reading.undo.mutate();
      else if (pressed === 'save' && isReadOnly) reading.goTo(nextFilmId);
      else if (pressed === 'save') reading.submit();
      else if (pressed === 'pause') void pause.toggle();
      else if (pressed === 'note') note.current?.focus();
      else if (grade) choose(grade);
      else if (item && !isReadOnly) act({ kind: 'press', item, series });
      else return viewer.onKey(name);
      return true;
    },
    dialog === null && !reading.isMovingOn && !pause.isPaused,
  );

  const drawn = sheet.places.map((place, index) => {
    const item = items.find((each) => each.code === place.code);
    return { ...place, id: String(index), number: index + 1, label: item ? inLanguage(item.name, i18n.language) : '' };
  });
  // A hint lies on the image only while it is pressed.
  const hinted = hint === null ? [] : [{ ...hint, id: hint.findingId, number: null, label: '', isSecond: true }];
  return (
    <main className={reading.isMovingOn ? 'work work-moving-on' : 'work'} aria-busy={reading.isMovingOn}>
      <WorkstationHead detail={detail} standard={standard} standing={standing} search={search} />
      <QueueRail
        detail={detail}
        search={search}
        series={viewer.spans}
        currentSeries={viewer.slotOf(viewer.active)?.seriesInstanceUid}
        onImage={viewer.show}
      />
      <div className="work-middle">
        <FilmNotices
          detail={detail}
          standing={standing}
          droppedMarks={start.dropped}
          onTakeOver={() => void takeOverFilm(filmId).then(take)}
          onRetake={take}
          onNext={() => reading.goTo(nextFilmId)}
        />
        <div className={isReferenceShown ? 'work-stage' : 'work-stage work-stage-wide'}>
          <ViewerPanel
            viewer={viewer}
            title={titleOf(film)}
            modality={film.modality}
            exposure={detail.exposure}
            places={[...drawn, ...hinted]}
            mayMark={!isReadOnly}
            isReferenceShown={isReferenceShown}
            onReference={toggleReference}
            onMark={({ sopInstanceUid, frame }, box) =>
              act({ kind: 'place', place: { sopInstanceUid, frame, ...box } })
            }
          />
          {isReferenceShown ? (
            <ReferenceColumn
              detail={detail}
              standard={standard}
              places={sheet.places}
              criteria={sheet.criteria}
              onCriterion={(code) => act({ kind: 'criterion', code })}
              isReadOnly={isReadOnly}
              onRemove={(index) => act({ kind: 'unplace', index })}
              onPlace={viewer.showPlace}
              shownHintId={hint?.findingId ?? null}
              onHint={(place) => {
                setHint(place);
                if (place !== null) viewer.showPlace(place);
              }}
            />
          ) : null}
        </div>
      </div>
      <ScoreSheetPanel {...{ detail, standard, sheet, outcome, isReadOnly, note, act, series }} />
      <GradeBar
        byRule={outcome.grade}
        chosen={film.grade ?? sheet.chosen}
        isReadOnly={isReadOnly}
        isSaving={reading.save.isPending}
        onChoose={choose}
        onSave={reading.submit}
        onSkip={() => reading.goTo(nextFilmId)}
      >
        <DraftStatus
          standing={draftStanding}
          mayUndo={may('review.grade')}
          onUndo={() => reading.undo.mutate()}
          onKeys={() => setDialog('keys')}
          onPause={() => void pause.toggle()}
        />
      </GradeBar>
      {pause.isPaused ? <PauseCurtain {...{ filmId, search }} onResume={() => void pause.toggle()} /> : null}
      <WorkstationDialogs
        {...{ dialog, detail, standard, sheet, outcome, reading, nextFilmId, act }}
        onClose={() => setDialog(null)}
      />
    </main>
  );
}

/** A graded film shows the sheet it was graded with; one that waits, the draft that was left. */
const startOf = (detail: FilmDetail) => {
  const { film } = detail;
  const draft = film.state === 'graded' ? lastGrade(detail) : (draftKeptHere(film.filmId) ?? detail.draft);
  return draft ? fitToStandard(draft, standardOf(detail)) : { draft: null, dropped: 0 };
};

/** Whether the criteria stand beside the image; remembered in this browser. */
const useReferenceChoice = (): readonly [boolean, () => void] => {
  const [isShown, setShown] = useState(() => localStorage.getItem(REFERENCE_KEY) !== 'off');
  const toggle = (): void => {
    localStorage.setItem(REFERENCE_KEY, isShown ? 'off' : 'on');
    setShown(!isShown);
  };
  return [isShown, toggle];
};

import { EyeInvisibleOutlined, LeftOutlined } from '@ant-design/icons';
import type { FilmDetail } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { deductionsFor } from '@jiapian/rules';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { SendArbitration } from '../consultations/send-arbitration.tsx';
import { useKeys } from '../ui/key-listener.ts';
import { StateTag } from '../ui/state-tag.tsx';
import { ArbitrationPanel } from './arbitration-panel.tsx';
import { useFilmTitle } from './film-title.tsx';
import { inLanguage } from './film-words.ts';
import { GradeBar } from './grade-bar.tsx';
import { actOf, gradeOf } from './key-sets.ts';
import { KeyMap } from './key-map.tsx';
import { ScoreSheetPanel } from './score-sheet-panel.tsx';
import { applyAct, outcomeOf, sheetOf, standardOf } from './score-sheet.ts';
import { TaskQuestions } from './task-questions.tsx';
import { useFilmLock } from './use-film-lock.ts';
import { useKeySet } from './use-key-set.ts';
import { useTaskReading, type Desk } from './use-task-reading.ts';
import { useViewer } from './use-viewer.ts';
import { ViewerPanel } from './viewer-panel.tsx';

/** A second reading, a repeat, an appeal or an arbitration: the same viewer and sheet, without what would tell. */
export function TaskWorkstation(props: { detail: FilmDetail; taskId: string; desk?: Desk }) {
  const { detail, taskId, desk } = props;
  const { t, i18n } = useTranslation('tasks');
  const titleOf = useFilmTitle();
  const { film, task } = detail;
  const [keySet] = useKeySet();
  const standard = standardOf(detail);
  const [sheet, act] = useReducer(applyAct, null, sheetOf);
  const outcome = useMemo(() => outcomeOf(standard, sheet), [standard, sheet]);
  const [isKeyMapOpen, setKeyMapOpen] = useState(false);
  const note = useRef<HTMLTextAreaElement>(null);
  const isOpen = film.state === 'waiting';
  const { standing } = useFilmLock(film.filmId, isOpen && !desk);
  // Those who judge apart read at the same time: their film is held by nobody.
  const isReadOnly = !isOpen || (!desk && standing.kind !== 'held' && standing.kind !== 'taking');
  const viewer = useViewer(detail);
  const reading = useTaskReading({ detail, taskId, sheet, outcome, desk });
  const isArbitration = task?.kind === 'arbitration';

  const choose = (grade: Grade): void => {
    if (!isReadOnly) act({ kind: 'choose', grade: grade === outcome.grade ? null : grade });
  };
  useEffect(() => {
    if (sheet.chosen !== null && sheet.chosen === outcome.grade) act({ kind: 'choose', grade: null });
  }, [sheet.chosen, outcome.grade]);

  const series = film.kind === 'exam' ? viewer.slotOf(viewer.active)?.seriesInstanceUid : undefined;
  const items = deductionsFor(standard, film.modality);
  useKeys((name, event) => {
    const isOnControl = event.target instanceof HTMLElement && event.target.closest('a, button') !== null;
    if (isOnControl && (name === 'Enter' || name === ' ')) return false;
    const item = items.find((each) => keySet.deductionPrefix + each.key === name);
    const pressed = actOf(keySet, name);
    const grade = gradeOf(pressed);
    if (pressed === 'keys' || (name === '/' && event.shiftKey)) setKeyMapOpen(true);
    else if (pressed === 'save' && !isReadOnly) reading.submit();
    else if (pressed === 'note') note.current?.focus();
    else if (grade) choose(grade);
    else if (item && !isReadOnly) act({ kind: 'press', item, series });
    else return viewer.onKey(name);
    return true;
  }, !isKeyMapOpen);

  const named = (code: string | null): string => {
    const item = items.find((each) => each.code === code);
    return item ? inLanguage(item.name, i18n.language) : '';
  };
  const own = sheet.places.map((place, index) => ({
    ...place,
    ...{ id: `own ${index}`, number: index + 1, label: named(place.code) },
  }));
  const others = detail.readings.flatMap((one, which) =>
    one.places.map((place, index) => ({
      ...place,
      ...{
        id: `${which} ${index}`,
        number: index + 1,
        label: `${t(`arbitration.reader${which}`)} ${named(place.code)}`,
      },
      isSecond: which === 1,
    })),
  );
  return (
    <main className={isArbitration ? 'work task-work task-work-wide' : 'work task-work'}>
      <header className="work-head">
        {desk?.back ?? (
          <Link to="/review-tasks" className="work-back">
            <LeftOutlined /> {t('back')}
          </Link>
        )}
        <h1>
          {task ? t(`kind.${task.kind}`) : ''} · {titleOf(film)}
        </h1>
        <span className="badge tone-plain">
          <EyeInvisibleOutlined /> {t(`depth.${task?.depth ?? 'blind'}`)}
        </span>
        {film.accessionNumber ? <span className="work-fact">{film.accessionNumber}</span> : null}
        <span className="spacer" />
        {isOpen && standing.kind === 'refused' ? <StateTag tone="attention">{t('taken')}</StateTag> : null}
        {isOpen ? null : <StateTag tone="plain">{t('closed')}</StateTag>}
        {isOpen && isArbitration ? <SendArbitration taskId={taskId} /> : null}
        <LocaleSwitch />
      </header>
      <div className="work-middle">
        <div className="work-stage work-stage-wide">
          <ViewerPanel
            viewer={viewer}
            title={titleOf(film)}
            modality={film.modality}
            exposure={detail.exposure}
            places={[...others, ...own]}
            mayMark={!isReadOnly}
            isReferenceShown={false}
            hasMaskedCorners={task?.depth === 'blind'}
            onMark={({ sopInstanceUid, frame }, box) =>
              act({ kind: 'place', place: { sopInstanceUid, frame, ...box } })
            }
          />
        </div>
      </div>
      {isArbitration ? (
        <ArbitrationPanel {...{ detail, standard, sheet, outcome, isReadOnly, note, act }} />
      ) : (
        <ScoreSheetPanel {...{ detail, standard, sheet, outcome, isReadOnly, note, act, series }} />
      )}
      <GradeBar
        byRule={outcome.grade}
        chosen={sheet.chosen}
        isReadOnly={isReadOnly}
        isSaving={reading.save.isPending}
        onChoose={choose}
        onSave={reading.submit}
        onSkip={() => history.back()}
      >
        <TaskQuestions reading={reading} standard={standard} />
      </GradeBar>
      <KeyMap isOpen={isKeyMapOpen} onClose={() => setKeyMapOpen(false)} />
    </main>
  );
}

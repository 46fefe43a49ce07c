import type { FilmDetail } from '@jiapian/contract';
import type { GradeOutcome, ReviewStandard } from '@jiapian/rules';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ConditionsRow } from './conditions-row.tsx';
import { Deductions } from './deductions.tsx';
import { ExposureFacts } from './exposure-facts.tsx';
import { NoteField } from './note-field.tsx';
import { NoteSnippets } from './note-snippets.tsx';
import type { ScoreSheet, SheetAct } from './score-sheet.ts';
import { SeriesMarks } from './series-marks.tsx';
import { VerdictBox } from './verdict-box.tsx';

/** The docked sheet: running grade, conditions, deductions, exposure, note. */
export function ScoreSheetPanel(props: {
  readonly detail: FilmDetail;
  readonly standard: ReviewStandard;
  readonly sheet: ScoreSheet;
  readonly outcome: GradeOutcome;
  readonly isReadOnly: boolean;
  readonly note: RefObject<HTMLTextAreaElement | null>;
  readonly act: (act: SheetAct) => void;
  /** The series on the screen, where the exam is judged as a whole. */
  readonly series?: string | undefined;
}) {
  const { t } = useTranslation('review');
  const { detail, standard, sheet, outcome, isReadOnly, act } = props;
  return (
    <div className="sheet" role="region" aria-label={t('sheet.label')}>
      <VerdictBox outcome={outcome} standard={standard} isBlank={isReadOnly && detail.film.grade === null} />
      <ConditionsRow
        standard={standard}
        outcome={outcome}
        declared={sheet.conditionsNotMet}
        isReadOnly={isReadOnly}
        onToggle={(code) => act({ kind: 'condition', code })}
      />
      <Deductions
        standard={standard}
        modality={detail.film.modality}
        lost={standard.startScore - outcome.score}
        steps={sheet.steps}
        places={sheet.places}
        isReadOnly={isReadOnly}
        onPress={(item) => act({ kind: 'press', item, series: props.series })}
      />
      <SeriesMarks
        {...{ detail, standard, isReadOnly, steps: sheet.steps, marks: sheet.seriesMarks }}
        onToggle={(mark) => act({ kind: 'series', mark })}
      />
      <section className="sheet-section wide-only-block">
        <h2>{t('exposure.title')}</h2>
        <ExposureFacts detail={detail} />
      </section>
      <NoteField
        ref={props.note}
        text={sheet.note}
        isReadOnly={isReadOnly}
        onChange={(text) => act({ kind: 'note', text })}
      />
      {isReadOnly ? null : (
        <NoteSnippets standard={standard} sheet={sheet} onChange={(text) => act({ kind: 'note', text })} />
      )}
    </div>
  );
}

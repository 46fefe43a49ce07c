import type { FilmDetail } from '@jiapian/contract';
import type { DeductionItem, GradeOutcome, ReviewStandard } from '@jiapian/rules';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { inLanguage } from './film-words.ts';
import { ExposureFacts } from './exposure-facts.tsx';
import { NoteField } from './note-field.tsx';
import type { ScoreSheet, SheetAct } from './score-sheet.ts';
import { VerdictBox } from './verdict-box.tsx';

type Choice = 'first' | 'second' | 'middle' | 'none';

/** Two sheets side by side in the same order, and for each item what the ruling takes of them. */
export function ArbitrationPanel(props: {
  readonly detail: FilmDetail;
  readonly standard: ReviewStandard;
  readonly sheet: ScoreSheet;
  readonly outcome: GradeOutcome;
  readonly isReadOnly: boolean;
  readonly note: RefObject<HTMLTextAreaElement | null>;
  readonly act: (act: SheetAct) => void;
}) {
  const { t, i18n } = useTranslation('tasks');
  const { detail, standard, sheet, act } = props;
  const [one, two] = detail.readings;
  const stepOf = (reading: typeof one, code: string): number =>
    reading?.marks.find((mark) => mark.code === code)?.step ?? 0;
  const items = standard.deductions.filter(({ code }) => stepOf(one, code) > 0 || stepOf(two, code) > 0);
  const take = (item: DeductionItem, step: number): void => {
    const steps = Object.entries({ ...sheet.steps, [item.code]: step }).filter(([, value]) => value > 0);
    const places = [one, two].flatMap((reading) =>
      stepOf(reading, item.code) === step ? (reading?.places.filter((place) => place.code === item.code) ?? []) : [],
    );
    act({
      kind: 'replace',
      draft: {
        marks: steps.map(([code, value]) => ({ code, step: value })),
        conditionsNotMet: [...sheet.conditionsNotMet],
        places: [...sheet.places.filter((place) => place.code !== item.code), ...(step > 0 ? places : [])],
        note: sheet.note,
      },
    });
  };
  return (
    <div className="sheet arbitration" role="region" aria-label={t('arbitration.label')}>
      <div className="arbitration-heads">
        {[one, two].map((reading, index) => (
          <div key={index} className={`arbitration-head arbitration-head-${index}`}>
            <GradeBadge grade={reading?.grade ?? null} /> <strong>{t(`arbitration.reader${index}`)}</strong>
            <span className="secondary">{t('arbitration.points', { count: reading?.score ?? 0 })}</span>
            {reading?.note ? <blockquote>{reading.note}</blockquote> : null}
          </div>
        ))}
      </div>
      <table className="arbitration-items">
        <thead>
          <tr>
            <th>{t('arbitration.item')}</th>
            <th>{t('arbitration.reader0')}</th>
            <th>{t('arbitration.reader1')}</th>
            <th>{t('arbitration.take')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const steps = [stepOf(one, item.code), stepOf(two, item.code)] as const;
            return (
              <tr key={item.code}>
                <td>
                  <KeyCap>{item.key}</KeyCap> {inLanguage(item.name, i18n.language)}
                  {item.verified ? null : <small className="hint"> {t('arbitration.unverified')}</small>}
                </td>
                {steps.map((step, index) => (
                  <td key={index} className={step > 0 && steps[1 - index] === 0 ? 'arbitration-alone' : undefined}>
                    {step > 0 ? `−${item.steps[step - 1]}` : '—'}
                  </td>
                ))}
                <td>
                  <TakeButtons
                    steps={steps}
                    taken={sheet.steps[item.code] ?? 0}
                    isReadOnly={props.isReadOnly}
                    onTake={(step) => take(item, step)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <VerdictBox outcome={props.outcome} standard={standard} isBlank={false} />
      <section className="sheet-section">
        <ExposureFacts detail={detail} />
      </section>
      <NoteField
        ref={props.note}
        text={sheet.note}
        isReadOnly={props.isReadOnly}
        onChange={(text) => act({ kind: 'note', text })}
      />
      <p className="hint">{t('arbitration.then')}</p>
    </div>
  );
}

/** 取一, 取二, 取中 or not at all; choices that come to the same are shown once. */
function TakeButtons(props: {
  readonly steps: readonly [number, number];
  readonly taken: number;
  readonly isReadOnly: boolean;
  readonly onTake: (step: number) => void;
}) {
  const { t } = useTranslation('tasks');
  const [one, two] = props.steps;
  const choices: readonly (readonly [Choice, number])[] = [
    ['first', one],
    ['second', two],
    ['middle', Math.round((one + two) / 2)],
    ['none', 0],
  ];
  const shown = choices.filter(([, step], index) => choices.findIndex(([, other]) => other === step) === index);
  return (
    <span className="arbitration-take" role="group">
      {shown.map(([choice, step]) => (
        <button
          key={choice}
          type="button"
          aria-pressed={props.taken === step}
          disabled={props.isReadOnly}
          onClick={() => props.onTake(step)}
        >
          {t(`arbitration.choice.${choice}`)}
        </button>
      ))}
    </span>
  );
}

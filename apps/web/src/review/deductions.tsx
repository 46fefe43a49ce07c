import { capOf, deductionsFor, type DeductionGroup, type DeductionItem, type ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { GradeShape } from '../ui/grade-shape.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { inLanguage } from './film-words.ts';
import { capOf as capOfKey } from './key-sets.ts';
import { useKeySet } from './use-key-set.ts';
import type { Place } from './score-sheet.ts';

const groups: readonly DeductionGroup[] = ['position', 'image-quality', 'artefact', 'annotation', 'veto'];

interface SheetView {
  readonly steps: Readonly<Record<string, number>>;
  readonly places: readonly Place[];
  readonly isReadOnly: boolean;
  readonly onPress: (item: DeductionItem) => void;
}

/** Every deduction of the standard with its key; press again for heavier, then off. */
export function Deductions(props: SheetView & { standard: ReviewStandard; modality: string; lost: number }) {
  const { t } = useTranslation('review');
  const items = deductionsFor(props.standard, props.modality);
  return (
    <section className="sheet-section">
      <h2>
        {t('deductions.title')} <small>{t('deductions.hint')}</small>
        {props.lost > 0 ? <span className="sheet-total">{t('deductions.lost', { points: props.lost })}</span> : null}
      </h2>
      {groups.map((group) => {
        const own = items.filter((item) => item.group === group);
        if (own.length === 0) return null;
        return (
          <div key={group} role="group" aria-label={t(`deductions.group.${group}`)}>
            <h3>{t(`deductions.group.${group}`)}</h3>
            <div className={group === 'veto' ? 'deductions deductions-veto' : 'deductions'}>
              {own.map((item) => (
                <DeductionButton key={item.code} item={item} {...props} />
              ))}
            </div>
          </div>
        );
      })}
    </section>
  );
}

function DeductionButton({ item, steps, places, isReadOnly, onPress }: SheetView & { item: DeductionItem }) {
  const { t, i18n } = useTranslation(['review', 'shell']);
  const [keySet] = useKeySet();
  const step = steps[item.code] ?? 0;
  const cap = capOf(item, Math.max(1, step)) ?? item.capAtStep?.cap ?? null;
  const firstPlace = places.findIndex((place) => place.code === item.code);
  const name = inLanguage(item.name, i18n.language);
  const stepName = item.stepNames?.[step - 1];
  const range = item.steps.length > 1 ? `${item.steps[0]}–${item.steps.at(-1)}` : `${item.steps[0]}`;
  return (
    <button
      type="button"
      className={step > 0 ? `deduction deduction-on${item.veto ? ' deduction-vetoed' : ''}` : 'deduction'}
      aria-pressed={step > 0}
      aria-keyshortcuts={keySet.deductionPrefix + item.key}
      disabled={isReadOnly}
      title={stepName ? `${name}: ${inLanguage(stepName, i18n.language)}` : name}
      onClick={() => onPress(item)}
    >
      <KeyCap>{capOfKey(keySet.deductionPrefix + item.key)}</KeyCap>
      <span className="deduction-name">{stepName ? inLanguage(stepName, i18n.language) : name}</span>
      {firstPlace >= 0 ? <span className="pin">{firstPlace + 1}</span> : null}
      {cap !== null && !item.veto ? (
        <span className={`deduction-cap ink-${cap}`}>
          <GradeShape grade={cap} size={7} />
          <span className="cap-sign">≤</span>
          {t(`shell:grade.${cap}`)}
        </span>
      ) : null}
      {item.veto ? null : (
        <span className="deduction-points">{step > 0 ? `−${item.steps[step - 1] ?? 0}` : range}</span>
      )}
    </button>
  );
}

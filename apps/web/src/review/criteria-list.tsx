import type { LocalText, Position } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { criteriaOf } from './criteria-of.ts';
import { inLanguage } from './film-words.ts';
import type { Criteria } from './score-sheet.ts';
import './criteria-list.css';

const signOf = { met: '✓', 'not-met': '✕', none: '○' } as const;

/** What this position asks for, in the order in which the eye works; each met, not met, or not judged. */
export function CriteriaList(props: {
  readonly position: Pick<Position, 'coverage' | 'positioning' | 'visible'>;
  readonly criteria: Criteria;
  readonly isReadOnly: boolean;
  readonly onToggle: (code: string) => void;
}) {
  const { t, i18n } = useTranslation('review');
  const text = (words: LocalText): string => inLanguage(words, i18n.language);
  return (
    <dl className="reference-criteria">
      {criteriaOf(props.position).map(({ group, criteria }) => (
        <div key={group}>
          <dt>{t(`reference.${group}`)}</dt>
          {criteria.map(({ code, words }) => {
            const state = props.criteria[code] ?? 'none';
            return (
              <dd key={code}>
                <button
                  type="button"
                  disabled={props.isReadOnly}
                  className={`criterion criterion-${state}`}
                  aria-label={`${text(words)}: ${t(`reference.state.${state}`)}`}
                  onClick={() => props.onToggle(code)}
                >
                  <span aria-hidden="true">{signOf[state]}</span> {text(words)}
                </button>
              </dd>
            );
          })}
        </div>
      ))}
    </dl>
  );
}

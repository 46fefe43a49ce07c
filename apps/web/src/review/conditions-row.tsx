import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import type { GradeOutcome, ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { inLanguage } from './film-words.ts';

/** Each condition met, not met by its points or cap, or declared not met by the reader (press to declare). */
export function ConditionsRow(props: {
  readonly standard: ReviewStandard;
  readonly outcome: GradeOutcome;
  readonly declared: readonly string[];
  readonly isReadOnly: boolean;
  readonly onToggle: (code: string) => void;
}) {
  const { t, i18n } = useTranslation('review');
  return (
    <section className="sheet-section">
      <h2>
        {t('conditions.title')} <small>{t('conditions.hint', { points: props.standard.conditionFailPoints })}</small>
      </h2>
      <div className="conditions">
        {props.standard.conditions.map((condition) => {
          const failed = props.outcome.byConditions.notMet.find((each) => each.condition === condition.code);
          const points = props.outcome.deductedPerCondition[condition.code] ?? 0;
          return (
            <button
              key={condition.code}
              type="button"
              className={failed ? 'condition condition-not-met' : 'condition'}
              aria-pressed={props.declared.includes(condition.code)}
              disabled={props.isReadOnly}
              title={[
                ...condition.items.map((item) => inLanguage(item, i18n.language)),
                ...(failed ? [t(`conditions.because.${failed.because}`)] : []),
              ].join('\n')}
              onClick={() => props.onToggle(condition.code)}
            >
              {failed ? <CloseOutlined /> : <CheckOutlined />}
              {inLanguage(condition.name, i18n.language)}
              {points > 0 ? <small>−{points}</small> : null}
              {failed?.because === 'reader' ? <small>{t('conditions.declared')}</small> : null}
            </button>
          );
        })}
      </div>
    </section>
  );
}

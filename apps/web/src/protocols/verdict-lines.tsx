import type { ComplianceView } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { isOutside, useProtocolWords, valueWords } from './protocol-words.ts';

/** What did not fit: set and expected value for this patient, direction, share, and the likely effect. */
export function VerdictLines({ verdict }: { verdict: ComplianceView }) {
  const { t } = useTranslation('protocols');
  const words = useProtocolWords();
  const outside = verdict.columns.filter(isOutside);
  const unjudged = verdict.columns.filter(({ state }) => state === 'not-judged');
  return (
    <ul className="protocol-verdict-lines">
      {outside.map((each) => (
        <li key={each.column}>
          <strong>{words.columnName(verdict.kind, each.column)}</strong> {words.value(each.actual)}{' '}
          {words.unitOf(verdict.kind, each.column)} <b className="protocol-outside">{t(`columnState.${each.state}`)}</b>{' '}
          {words.share(each.deviation)}
          <div className="hint">
            {t('verdict.expected', { value: words.value(each.expected) })}
            {each.low === null || each.high === null
              ? ''
              : t('verdict.range', { low: valueWords(each.low), high: valueWords(each.high) })}
          </div>
          <div>{words.effect(verdict.kind, each)}</div>
        </li>
      ))}
      {unjudged.map((each) => (
        <li key={each.column} className="hint">
          {words.columnName(verdict.kind, each.column)}: {t('columnState.not-judged')} ·{' '}
          {t(`reason.${each.reason ?? 'header-silent'}`)}
        </li>
      ))}
    </ul>
  );
}

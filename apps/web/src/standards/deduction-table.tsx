import type { DeductionItem, ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import '../ui/data-table.css';
import { GradeShape } from '../ui/grade-shape.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { SourceMark } from './source-mark.tsx';

/** Folded away on a narrow screen; the item itself shows them. */
const wide: ReadonlySet<string> = new Set(['condition', 'sheet']);

/** Every item a film can lose points by, with its key, caps, condition and source. */
export function DeductionTable(props: {
  readonly standard: ReviewStandard;
  readonly onOpen?: (code: string) => void;
  readonly actions?: ReactNode;
}) {
  const { standard, onOpen } = props;
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const conditionName = (code: string): string =>
    standard.conditions.find((condition) => condition.code === code)?.name[language] ?? code;
  return (
    <Card
      title={t('deductions.title')}
      remark={t('deductions.remark', { start: standard.startScore, count: standard.deductions.length })}
      actions={props.actions}
      isFlush
    >
      <div className="data-table-scroll" tabIndex={0} role="region" aria-label={t('deductions.title')}>
        <table className="data-table">
          <thead>
            <tr>
              {['key', 'code', 'name', 'points', 'cap', 'condition', 'sheet', 'source'].map((column) => (
                <th
                  key={column}
                  className={wide.has(column) ? 'data-table-wide' : undefined}
                  style={{ textAlign: 'left' }}
                >
                  {t(`deductions.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {standard.deductions.map((item) => (
              <tr key={item.code} className={onOpen ? 'deduction-row' : undefined} onClick={() => onOpen?.(item.code)}>
                <td>
                  <KeyCap>{item.key}</KeyCap>
                </td>
                <td className="hint">{item.code}</td>
                <td className="catalogue-name">
                  {onOpen ? (
                    <button type="button" className="link-button" onClick={() => onOpen(item.code)}>
                      {item.name[language]}
                    </button>
                  ) : (
                    item.name[language]
                  )}
                  {item.stepNames ? (
                    <div className="hint">{item.stepNames.map((name) => name[language]).join(' / ')}</div>
                  ) : null}
                </td>
                <td>{item.steps.join(' / ')}</td>
                <td>
                  <Cap item={item} />
                </td>
                <td className="data-table-wide">{conditionName(item.condition)}</td>
                <td className="data-table-wide">{item.appliesTo.map((each) => t(`sheet.${each}`)).join(' · ')}</td>
                <td>
                  <SourceMark sourced={item} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Cap({ item }: { item: DeductionItem }) {
  const { t } = useTranslation('standards');
  if (item.veto) {
    return (
      <span className="cap grade-ink-reject">
        <GradeShape grade="reject" /> {t('veto')}
      </span>
    );
  }
  if (!item.cap && !item.capAtStep) return <span className="hint">{t('noCap')}</span>;
  return (
    <span style={{ display: 'inline-flex', gap: 10 }}>
      {item.cap ? (
        <span className={`cap grade-ink-${item.cap}`}>
          <GradeShape grade={item.cap} /> ≤ {t(`shell:grade.${item.cap}`)}
        </span>
      ) : null}
      {item.capAtStep ? (
        <span className={`cap grade-ink-${item.capAtStep.cap}`}>
          <GradeShape grade={item.capAtStep.cap} />{' '}
          {t(item.capAtStep.cap === 'reject' ? 'rejectAtStep' : 'capAtStep', {
            step: item.capAtStep.step,
            grade: t(`shell:grade.${item.capAtStep.cap}`),
          })}
        </span>
      ) : null}
    </span>
  );
}

import { grades, type Grade } from '@jiapian/kernel';
import type { GradeOutcome, GradingRule, ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { GradeShape } from '../ui/grade-shape.tsx';
import { inLanguage } from './film-words.ts';

/** The running grade with its three rules; the one that decided carries the bar. */
export function VerdictBox(props: {
  readonly outcome: GradeOutcome;
  readonly standard: ReviewStandard;
  /** Somebody else's sheet: nothing has been judged here. */
  readonly isBlank: boolean;
}) {
  const { t, i18n } = useTranslation(['review', 'shell']);
  const { outcome, standard } = props;
  if (props.isBlank) {
    return (
      <section className="verdict-blank" aria-label={t('verdict.label')}>
        <GradeBadge grade={null} />
        <span className="hint">{t('verdict.blank')}</span>
      </section>
    );
  }
  const lost = Object.values(outcome.deductedPerCondition).filter((points) => points > 0);
  const capItem = standard.deductions.find((item) => item.code === outcome.byCap?.because);
  const notMet = outcome.byConditions.notMet.length;
  const rows: readonly { rule: GradingRule; text: string; grade: Grade; sign: string }[] = [
    {
      rule: 'score',
      text: lost.length > 0 ? `${standard.startScore}−${lost.join('−')}=${outcome.score}` : `${outcome.score}`,
      grade: outcome.byScore,
      sign: '',
    },
    {
      rule: 'cap',
      text: capItem ? inLanguage(capItem.name, i18n.language) : t('verdict.noCap'),
      grade: outcome.byCap?.grade ?? 'A',
      sign: outcome.byCap ? '≤ ' : '',
    },
    {
      rule: 'conditions',
      text: notMet === 0 ? t('verdict.allMet') : t('verdict.notMet', { count: notMet }),
      grade: outcome.byConditions.grade,
      sign: '',
    },
  ];
  return (
    <section className="verdict" aria-label={t('verdict.label')}>
      <div className={`verdict-grade verdict-${outcome.grade}`} aria-live="polite">
        <GradeShape grade={outcome.grade} size={14} />
        <strong>{t(`shell:grade.${outcome.grade}`)}</strong>
        <small>{t('verdict.points', { count: outcome.score })}</small>
      </div>
      <table className="verdict-rules">
        <tbody>
          {rows.map((row) => (
            <tr key={row.rule} data-decided={row.rule === outcome.decidedBy ? '' : undefined}>
              <th scope="row">{t(`verdict.${row.rule}`)}</th>
              <td className="verdict-text" title={row.text}>
                {row.text}
              </td>
              <td className="verdict-scale" aria-hidden="true">
                {grades.map((grade) => (
                  <span key={grade} className={grade === row.grade ? `ink-${grade}` : 'ink-off'}>
                    <GradeShape grade={grade} size={grade === row.grade ? 10 : 6} />
                  </span>
                ))}
              </td>
              <td className={`verdict-result ink-${row.grade}`}>
                {row.sign}
                {t(`shell:grade.${row.grade}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {t('verdict.decidedBy', { rule: t(`verdict.${outcome.decidedBy}`) })}
        {outcome.agreeing.length > 0
          ? t('verdict.agreeing', {
              rules: outcome.agreeing.map((rule) => t(`verdict.${rule}`)).join(t('verdict.and')),
            })
          : ''}
      </p>
    </section>
  );
}

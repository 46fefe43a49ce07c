import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';

/** Values of the header that are unknown or do not conform; kept as sent, nothing was guessed. */
export function ExamOddities({ oddities }: { oddities: readonly { keyword: string; reason: string }[] }) {
  const { t } = useTranslation('exams');
  return (
    <Card title={t('oddities.title')} remark={oddities.length > 0 ? oddities.length : undefined}>
      {oddities.length === 0 ? <span className="secondary">{t('oddities.none')}</span> : null}
      <ul className="plain-list">
        {oddities.map((oddity) => (
          <li key={`${oddity.keyword} ${oddity.reason}`}>
            <span className="mono">{oddity.keyword}</span>{' '}
            <span className="secondary">
              {t(`oddityReason/${oddity.reason}`, {
                defaultValue: oddity.reason,
                keySeparator: '/',
                nsSeparator: false,
              })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

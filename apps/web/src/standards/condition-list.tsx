import type { ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';
import { SourceMark } from './source-mark.tsx';

/** The basic conditions and the general criteria, with their sentences. */
export function ConditionList({ standard }: { standard: ReviewStandard }) {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <Card title={t('conditions.title')} remark={t('conditions.remark')}>
      {(['basic', 'general'] as const).map((kind) => (
        <section key={kind}>
          <h3>{t(`conditions.${kind}`)}</h3>
          {standard.conditions
            .filter((condition) => condition.kind === kind)
            .map((condition) => (
              <div key={condition.code} className="condition">
                <strong>{condition.name[language]}</strong> <SourceMark sourced={condition} />
                <div className="secondary">{condition.items.map((item) => item[language]).join('; ')}</div>
              </div>
            ))}
        </section>
      ))}
    </Card>
  );
}

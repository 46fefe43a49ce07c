import type { ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { SourceMark } from './source-mark.tsx';

/** The basic conditions and the general criteria, with their sentences. */
export function ConditionList(props: {
  readonly standard: ReviewStandard;
  readonly onOpen?: (code: string) => void;
  readonly actions?: ReactNode;
}) {
  const { standard, onOpen } = props;
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <Card title={t('conditions.title')} remark={t('conditions.remark')} actions={props.actions}>
      {(['basic', 'general'] as const).map((kind) => (
        <section key={kind}>
          <h3>{t(`conditions.${kind}`)}</h3>
          {standard.conditions
            .filter((condition) => condition.kind === kind)
            .map((condition) => (
              <div key={condition.code} className="standard-condition">
                {onOpen ? (
                  <button type="button" className="link-button" onClick={() => onOpen(condition.code)}>
                    <strong>{condition.name[language]}</strong>
                  </button>
                ) : (
                  <strong>{condition.name[language]}</strong>
                )}{' '}
                <SourceMark sourced={condition} />
                <div className="secondary">{condition.items.map((item) => item[language]).join('; ')}</div>
              </div>
            ))}
        </section>
      ))}
    </Card>
  );
}

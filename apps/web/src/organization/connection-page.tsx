import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { SendLine } from './send-line.tsx';

export function ConnectionPage() {
  const { t } = useTranslation('organization');
  return (
    <div style={{ display: 'grid', gap: 12, maxWidth: 760 }}>
      <Card title={t('connection.title')}>
        <p className="secondary" style={{ marginTop: 0 }}>
          {t('connection.text')}
        </p>
        <ConnectionFacts />
      </Card>
      <Card title={t('connection.test')}>
        <p className="secondary" style={{ marginTop: 0 }}>
          {t('connection.testText')}
        </p>
        <SendLine />
      </Card>
    </div>
  );
}

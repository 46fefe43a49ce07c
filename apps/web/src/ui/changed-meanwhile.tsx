import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** Somebody else saved first: what was typed is still there, what was saved stands at each field. */
export function ChangedMeanwhile({ onTakeTheirs }: { onTakeTheirs: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 12 }}
      title={t('changed.title')}
      description={t('changed.text')}
      action={
        <Button size="small" onClick={onTakeTheirs}>
          {t('changed.takeTheirs')}
        </Button>
      }
    />
  );
}

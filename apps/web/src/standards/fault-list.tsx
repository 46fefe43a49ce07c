import type { StandardDraft } from '@jiapian/contract';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePlaceWords } from './change-list.tsx';

/** What stands in the way of publishing, each with its place. */
export function FaultList({ faults }: { readonly faults: StandardDraft['faults'] }) {
  const { t } = useTranslation('standards');
  const place = usePlaceWords();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('fault.title', { count: faults.length })}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {faults.map((fault) => (
            <li key={`${fault.at}${fault.reason}`}>
              {place(fault.at)}: {t(`fault.${fault.reason}`)}
            </li>
          ))}
        </ul>
      }
    />
  );
}

import type { ExamRow } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../ui/state-tag.tsx';

/** That something stands beside what the device said, with the device's word under the pointer. */
export function CorrectedMark({ correction }: { readonly correction: ExamRow['correction'] }) {
  const { t } = useTranslation('corrections');
  if (correction === null) return null;
  const original = [
    correction.originalPatientName,
    correction.originalPatientId,
    correction.originalAccessionNumber,
  ].filter(Boolean);
  const words = original.length > 0 ? t('mark.original', { value: original.join(' · ') }) : t('mark.plain');
  return (
    <span title={words} aria-label={words}>
      <StateTag tone="attention">{t('mark.word')}</StateTag>
    </span>
  );
}

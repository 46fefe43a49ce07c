import type { TeachingCaseRow } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../ui/state-tag.tsx';

const tones: Readonly<Record<TeachingCaseRow['state'], Tone>> = {
  requested: 'active',
  failed: 'bad',
  prepared: 'attention',
  confirmed: 'good',
  refused: 'plain',
};

export function CaseStateTag({ row }: { row: Pick<TeachingCaseRow, 'state'> }) {
  const { t } = useTranslation('teaching');
  return <StateTag tone={tones[row.state]}>{t(`state.${row.state}`)}</StateTag>;
}

import type { Consultation } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../ui/state-tag.tsx';

const toneOf: Readonly<Record<Consultation['state'], Tone>> = {
  asked: 'attention',
  judging: 'active',
  open: 'attention',
  signed: 'good',
  declined: 'plain',
  withdrawn: 'plain',
  'called-off': 'plain',
};

export function ConsultationStateTag({ state }: { state: Consultation['state'] }) {
  const { t } = useTranslation('consultations');
  return <StateTag tone={toneOf[state]}>{t(`state.${state}`)}</StateTag>;
}

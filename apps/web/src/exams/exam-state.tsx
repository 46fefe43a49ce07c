import type { ExamRow } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { HoldClock } from '../ui/hold-clock.tsx';
import { StateTag, type Tone } from '../ui/state-tag.tsx';

const tones: Readonly<Record<string, Tone>> = { held: 'active', released: 'good', returned: 'bad' };

/** Where an exam stands: still arriving, at the gate with its clock, released or returned. */
export function ExamState({ exam }: { exam: Pick<ExamRow, 'state' | 'gateState' | 'holdUntil' | 'priority'> }) {
  const { t } = useTranslation('exams');
  const isEmergency = exam.priority === 'emergency';
  return (
    <span className="badge-row">
      {exam.state === 'receiving' ? <StateTag tone="plain">{t('state.receiving')}</StateTag> : null}
      {exam.state === 'ready' && exam.gateState === 'held' && exam.holdUntil ? (
        <HoldClock until={exam.holdUntil} />
      ) : null}
      {exam.state === 'ready' && exam.gateState === 'none' ? (
        <StateTag tone="plain">{t('state.ready')}</StateTag>
      ) : null}
      {['released', 'returned'].includes(exam.gateState) ? (
        <StateTag tone={tones[exam.gateState] ?? 'plain'}>{t(`gate.${exam.gateState}`)}</StateTag>
      ) : null}
      {isEmergency ? <StateTag tone="attention">{t('emergency')}</StateTag> : null}
    </span>
  );
}

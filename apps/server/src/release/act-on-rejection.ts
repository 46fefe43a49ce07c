import { AppError, transition, type Clock } from '@jiapian/kernel';
import { rejectionTable, type RejectionEvent, type RejectionState } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import { recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { lockRejection, updateRejection, type RejectionChange } from './rejection.repository.ts';

/** A person sends a note once more, or says that the archive has been seen to by hand. */
export const actOnRejection = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  rejectionId: string,
  act: { event: Extract<RejectionEvent, 'retried' | 'done-by-hand'>; note: string },
): Promise<void> => {
  const current = await lockRejection(unit, rejectionId);
  if (!current) throw new AppError('RELEASE_REJECTION_NOT_FOUND');
  const next = transition(rejectionTable, current.state as RejectionState, act.event);
  if (!next.ok) throw new AppError('RELEASE_ILLEGAL', { state: current.state });
  const at = clock.now();
  const change: RejectionChange =
    act.event === 'retried'
      ? { state: next.value, attempts: 0, next_attempt_at: at }
      : { state: next.value, closed_at: at, closed_by: by.accountId, close_note: act.note };
  await updateRejection(unit, rejectionId, change);
  const event = `rejection.${act.event}`;
  await recordExamEvent(unit, { examId: current.exam_id, at, event, facts: {}, accountId: by.accountId });
  await recordEntry(unit, by, {
    action: `release.${event}`,
    subjectKind: 'rejection',
    subjectId: rejectionId,
    facts: { note: act.note },
  });
};

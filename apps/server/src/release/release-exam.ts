import { AppError, type Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { markMissed } from '../review/index.ts';
import { lockGate } from './gate.repository.ts';
import { moveGate } from './move-gate.ts';

/** A person lets an exam go at once, with a reason; its unread films stay in the queue as 漏评. */
export const releaseExam = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  examId: string,
  reason: string,
): Promise<void> => {
  const before = await lockGate(unit, examId);
  const facts = { reason };
  const after = await moveGate(unit, {
    examId,
    event: 'let-go',
    at: clock.now(),
    by: by.accountId,
    facts: { note: reason },
  });
  if (after === before.state) throw new AppError('RELEASE_ILLEGAL', { state: before.state });
  await markMissed(unit, examId);
  await recordEntry(unit, by, { action: 'release.let-go', subjectKind: 'exam', subjectId: examId, facts });
};

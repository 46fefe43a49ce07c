import { AppError, transition, type Clock } from '@jiapian/kernel';
import { repeatTable, type RepeatCancelReason, type RepeatState } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import { recordExamEvent } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { lockRepeatOrder, updateRepeatOrder } from './repeat-links.repository.ts';

/** Done, or cancelled with a reason (patient left, radiologist accepts). */
export const closeRepeatOrder = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  repeatOrderId: string,
  close: { outcome: 'done' | 'cancelled'; reason: RepeatCancelReason | null; note: string },
): Promise<void> => {
  const order = await lockRepeatOrder(unit, repeatOrderId);
  if (!order) throw new AppError('RELEASE_REPEAT_NOT_FOUND');
  const event = close.outcome === 'done' ? 'closed' : 'cancelled';
  const next = transition(repeatTable, order.state as RepeatState, event);
  if (!next.ok) throw new AppError('RELEASE_ILLEGAL', { state: order.state });
  const at = clock.now();
  await updateRepeatOrder(unit, repeatOrderId, {
    state: next.value,
    closed_at: at,
    closed_by: by.accountId,
    close_note: close.note,
    cancel_reason: close.outcome === 'cancelled' ? close.reason : null,
  });
  const facts = { outcome: close.outcome, reason: close.reason };
  await recordExamEvent(unit, {
    examId: order.exam_id,
    at,
    event: `repeat.${event}`,
    facts,
    accountId: by.accountId,
  });
  await recordEntry(unit, by, {
    action: 'release.repeat-order-closed',
    subjectKind: 'repeat-order',
    subjectId: repeatOrderId,
    facts: { ...facts, note: close.note },
  });
};

import { AppError, type Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { closeOpenRepeatOrder } from './repeat-order.repository.ts';

/** Done, or cancelled with a reason (patient left, radiologist accepts). */
export const closeRepeatOrder = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  repeatOrderId: string,
  close: { outcome: 'done' | 'cancelled'; note: string },
): Promise<void> => {
  const isClosed = await closeOpenRepeatOrder(unit, repeatOrderId, {
    state: close.outcome,
    closed_at: clock.now(),
    closed_by: by.accountId,
    close_note: close.note,
  });
  if (!isClosed) throw new AppError('RELEASE_ILLEGAL', { reason: 'not open' });
  await recordEntry(unit, by, {
    action: 'release.repeat-order-closed',
    subjectKind: 'repeat-order',
    subjectId: repeatOrderId,
    facts: close,
  });
};

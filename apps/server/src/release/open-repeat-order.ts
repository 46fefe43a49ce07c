import { randomUUID } from 'node:crypto';
import type { UnitOfWork } from '../platform/database.ts';
import { findRejection, insertRepeatOrder } from './repeat-order.repository.ts';

/** Opens the repeat order (重拍单) of a 废 film, unless the reader said that it must not be repeated. */
export const openRepeatOrder = async (
  unit: UnitOfWork,
  graded: { filmId: string; examId: string; readingId: string },
  at: Date,
): Promise<void> => {
  const reading = await findRejection(unit, graded.readingId);
  if (reading?.reject_reason_code === undefined || reading.reject_reason_code === null) return;
  if (reading.affects_diagnosis === 'no-repeat') return;
  await insertRepeatOrder(unit, {
    repeat_order_id: randomUUID(),
    film_id: graded.filmId,
    exam_id: graded.examId,
    reading_id: graded.readingId,
    reason_code: reading.reject_reason_code,
    opened_at: at,
  });
};

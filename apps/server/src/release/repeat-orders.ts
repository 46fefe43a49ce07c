import { randomUUID } from 'node:crypto';
import { AppError, type Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';

/** Opens the repeat order (重拍单) of a 废 film, unless the reader said that it must not be repeated. */
export const openRepeatOrder = async (
  unit: UnitOfWork,
  graded: { filmId: string; examId: string; readingId: string },
  at: Date,
): Promise<void> => {
  const reading = await unit.db
    .selectFrom('reading')
    .select(['reject_reason_code', 'affects_diagnosis'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('reading_id', '=', graded.readingId)
    .executeTakeFirst();
  if (reading?.reject_reason_code === undefined || reading.reject_reason_code === null) return;
  if (reading.affects_diagnosis === 'no-repeat') return;
  await unit.db
    .insertInto('repeat_order')
    .values({
      hospital_id: unit.hospitalId,
      repeat_order_id: randomUUID(),
      film_id: graded.filmId,
      exam_id: graded.examId,
      reading_id: graded.readingId,
      reason_code: reading.reject_reason_code,
      opened_at: at,
    })
    .execute();
};

/** The grade that asked for it was taken back. */
export const cancelRepeatOrder = async (unit: UnitOfWork, readingId: string, at: Date): Promise<void> => {
  await unit.db
    .updateTable('repeat_order')
    .set({ state: 'cancelled', closed_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('reading_id', '=', readingId)
    .where('state', '=', 'open')
    .execute();
};

export const findRepeatOrders = (unit: UnitOfWork, limit: number) =>
  unit.db
    .selectFrom('repeat_order')
    .innerJoin('film', (join) =>
      join
        .onRef('film.hospital_id', '=', 'repeat_order.hospital_id')
        .onRef('film.film_id', '=', 'repeat_order.film_id'),
    )
    .innerJoin('exam', (join) =>
      join
        .onRef('exam.hospital_id', '=', 'repeat_order.hospital_id')
        .onRef('exam.exam_id', '=', 'repeat_order.exam_id'),
    )
    .leftJoin('device', (join) =>
      join.onRef('device.hospital_id', '=', 'exam.hospital_id').onRef('device.device_id', '=', 'exam.device_id'),
    )
    .select([
      'repeat_order.repeat_order_id',
      'repeat_order.film_id',
      'repeat_order.exam_id',
      'repeat_order.reason_code',
      'repeat_order.state',
      'repeat_order.opened_at',
      'repeat_order.closed_at',
      'repeat_order.close_note',
      'exam.accession_number',
      'film.position_code',
      'device.name as device_name',
    ])
    .where('repeat_order.hospital_id', '=', unit.hospitalId)
    .orderBy('repeat_order.closed_at', (order) => order.desc().nullsFirst())
    .orderBy('repeat_order.opened_at')
    .limit(limit)
    .execute();

/** Done, or cancelled with a reason (patient left, radiologist accepts). */
export const closeRepeatOrder = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  repeatOrderId: string,
  close: { outcome: 'done' | 'cancelled'; note: string },
): Promise<void> => {
  const updated = await unit.db
    .updateTable('repeat_order')
    .set({ state: close.outcome, closed_at: clock.now(), closed_by: by.accountId, close_note: close.note })
    .where('hospital_id', '=', unit.hospitalId)
    .where('repeat_order_id', '=', repeatOrderId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new AppError('RELEASE_ILLEGAL', { reason: 'not open' });
  await recordEntry(unit, by, {
    action: 'release.repeat-order-closed',
    subjectKind: 'repeat-order',
    subjectId: repeatOrderId,
    facts: close,
  });
};

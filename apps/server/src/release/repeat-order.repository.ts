import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';
import { isBehindKey, latestFirst, oldestFirst } from '../platform/list-key.ts';

/** What the reading that rejected a film says of repeating it. */
export const findRejection = (unit: UnitOfWork, readingId: string) =>
  unit.db
    .selectFrom('reading')
    .select(['reject_reason_code', 'affects_diagnosis'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('reading_id', '=', readingId)
    .executeTakeFirst();

export const insertRepeatOrder = async (
  unit: UnitOfWork,
  order: {
    repeat_order_id: string;
    film_id: string;
    exam_id: string;
    reading_id: string;
    reason_code: string;
    opened_at: Date;
  },
): Promise<void> => {
  await unit.db
    .insertInto('repeat_order')
    .values({ hospital_id: unit.hospitalId, ...order })
    .execute();
};

/** The grade that asked for it was taken back. */
export const cancelRepeatOrder = async (unit: UnitOfWork, readingId: string, at: Date): Promise<void> => {
  await unit.db
    .updateTable('repeat_order')
    .set({ state: 'cancelled', closed_at: at, cancel_reason: 'grade-withdrawn' })
    .where('hospital_id', '=', unit.hospitalId)
    .where('reading_id', '=', readingId)
    .where('state', '=', 'open')
    .execute();
};

export type RepeatOrderList = 'open' | 'closed' | 'all';

/** Open ones first, the oldest first; then the closed ones, the last closed first. */
const openedKey = sql<string>`case when repeat_order.state = 'open'
  then '0' || ${oldestFirst('repeat_order.opened_at')} else '1' || ${latestFirst('repeat_order.closed_at')} end`;

export const findRepeatOrders = (unit: UnitOfWork, state: RepeatOrderList, page: ListPage) =>
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
    .leftJoin('film as replacement', (join) =>
      join
        .onRef('replacement.hospital_id', '=', 'repeat_order.hospital_id')
        .onRef('replacement.film_id', '=', 'repeat_order.replacement_film_id'),
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
      'repeat_order.replacement_film_id',
      'repeat_order.link_source',
      'repeat_order.cancel_reason',
      'replacement.exam_id as replacement_exam_id',
      'replacement.grade as replacement_grade',
      'exam.accession_number',
      'film.position_code',
      'device.name as device_name',
    ])
    .where('repeat_order.hospital_id', '=', unit.hospitalId)
    .select(openedKey.as('list_key'))
    .$if(state === 'open', (query) => query.where('repeat_order.state', '=', 'open'))
    .$if(state === 'closed', (query) => query.where('repeat_order.state', '<>', 'open'))
    .where(isBehindKey(openedKey, sql`repeat_order.repeat_order_id`, page))
    .orderBy(openedKey)
    .orderBy(sql`repeat_order.repeat_order_id::text`)
    .limit(rowsOf(page))
    .execute();

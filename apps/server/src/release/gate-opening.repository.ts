import type { DepartmentNow, OpeningReason } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';
import { isBehindKey, latestFirst } from '../platform/list-key.ts';

/** The gate as it opened by itself, while it is open. */
export const findOpening = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('gate_opening')
    .select(['gate_opening_id', 'because', 'opened_at'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();

export const insertOpening = async (
  unit: UnitOfWork,
  opening: { because: OpeningReason; opened_at: Date; facts: string },
): Promise<void> => {
  await unit.db
    .insertInto('gate_opening')
    .values({ hospital_id: unit.hospitalId, ...opening })
    .execute();
};

export const closeOpening = async (unit: UnitOfWork, openingId: number, at: Date): Promise<void> => {
  await unit.db
    .updateTable('gate_opening')
    .set({ closed_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('gate_opening_id', '=', openingId)
    .execute();
};

const openedKey = latestFirst('opening.opened_at');

/** Each time the gate opened by itself, the last first, with how many exams left because of it. */
export const findOpenings = (unit: UnitOfWork, page: ListPage) =>
  unit.db
    .selectFrom('gate_opening as opening')
    .select(['opening.gate_opening_id', 'opening.because', 'opening.opened_at', 'opening.closed_at'])
    .select((eb) => [
      eb
        .selectFrom('gate')
        .select(sql<number>`count(*)`.as('released'))
        .where('gate.hospital_id', '=', unit.hospitalId)
        .where('gate.release_reason', '=', 'gate-open')
        .whereRef('gate.released_at', '>=', 'opening.opened_at')
        .where(sql<boolean>`gate.released_at <= coalesce(opening.closed_at, 'infinity')`)
        .as('released'),
      openedKey.as('list_key'),
    ])
    .where('opening.hospital_id', '=', unit.hospitalId)
    .where(isBehindKey(openedKey, sql`opening.gate_opening_id`, page))
    .orderBy(openedKey)
    .orderBy(sql`opening.gate_opening_id::text`)
    .limit(rowsOf(page))
    .execute();

/** Whether anybody reads, how much is held, and whether work is stuck. */
export const readDepartment = async (
  unit: UnitOfWork,
  asked: { now: Date; absentSince: Date; stuckSince: Date; reviewerRoles: readonly string[] },
): Promise<DepartmentNow> => {
  const hospital = unit.hospitalId;
  const rows = await sql<{ seen: Date | null; unread: number; held: number; stuck: boolean }>`
    with seen as (
      select greatest(
        (select max(at) from reading where hospital_id = ${hospital}),
        (select max(session.last_seen_at) from session join account using (hospital_id, account_id)
          where session.hospital_id = ${hospital} and account.roles && ${[...asked.reviewerRoles]}::text[])) as at)
    select (select at from seen) as seen,
      (select count(*) from gate where hospital_id = ${hospital} and release_reason = 'missed'
        and released_at >= greatest((select at from seen), ${asked.absentSince})) as unread,
      (select count(*) from gate where hospital_id = ${hospital} and state = 'held') as held,
      exists (select from job where hospital_id = ${hospital} and state = 'waiting'
        and run_after < ${asked.stuckSince}) as stuck`.execute(unit.db);
  const row = rows.rows[0];
  return {
    nowMs: asked.now.getTime(),
    reviewerSeenMs: row?.seen?.getTime() ?? null,
    leftUnread: row?.unread ?? 0,
    held: row?.held ?? 0,
    isDegraded: row?.stuck ?? false,
  };
};

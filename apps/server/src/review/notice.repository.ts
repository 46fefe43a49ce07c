import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export type NoticeKind =
  | 'reject'
  | 'appeal-opened'
  | 'appeal-decided'
  | 'ruling'
  | 'consultation-asked'
  | 'consultation-called'
  | 'consultation-open'
  | 'consultation-signed'
  | 'consultation-closed';
export type NoticeFacts = Readonly<Record<string, string | number | null>>;

/** One notice to each account; facts carry no patient data. */
export const insertNotices = async (
  unit: UnitOfWork,
  accountIds: readonly string[],
  notice: { kind: NoticeKind; filmId: string | null; facts: NoticeFacts; at: Date },
): Promise<void> => {
  const to = [...new Set(accountIds)];
  if (to.length === 0) return;
  await unit.db
    .insertInto('notice')
    .values(
      to.map((accountId) => ({
        hospital_id: unit.hospitalId,
        notice_id: randomUUID(),
        account_id: accountId,
        kind: notice.kind,
        film_id: notice.filmId,
        facts: JSON.stringify(notice.facts),
        at: notice.at,
      })),
    )
    .execute();
};

/** Accounts of the person who took the film and of the one it counts for. */
export const findAccountsOfFilm = async (unit: UnitOfWork, filmId: string): Promise<string[]> => {
  const { rows } = await sql<{ account_id: string }>`
    select distinct account.account_id
    from film join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      join account on account.hospital_id = film.hospital_id and account.disabled_at is null and account.staff_id in
        (exam.technologist_id, accountable_staff(film.hospital_id, exam.technologist_id, film.day))
    where film.hospital_id = ${unit.hospitalId} and film.film_id = ${filmId}`.execute(unit.db);
  return rows.map((row) => row.account_id);
};

/** What was graded for a person on one day, for the digest. */
export const insertDigest = async (
  unit: UnitOfWork,
  to: { accountId: string; staffId: string; day: string; at: Date },
): Promise<void> => {
  await sql`
    insert into notice (hospital_id, notice_id, account_id, kind, facts, at)
    select ${unit.hospitalId}, ${randomUUID()}, ${to.accountId}, 'digest',
      jsonb_build_object('day', ${to.day}::text, 'graded', count(*),
        'A', count(*) filter (where film.grade = 'A'), 'B', count(*) filter (where film.grade = 'B'),
        'C', count(*) filter (where film.grade = 'C'), 'reject', count(*) filter (where film.grade = 'reject')), ${to.at}
    from film
      join hospital on hospital.hospital_id = film.hospital_id
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
    where film.hospital_id = ${unit.hospitalId}
      and exam.technologist_id in (select ${to.staffId}::uuid union select trainee_staff_id from supervision
        where supervision.hospital_id = ${unit.hospitalId} and supervisor_staff_id = ${to.staffId})
      and accountable_staff(film.hospital_id, exam.technologist_id, film.day) = ${to.staffId}
      and (film.graded_at at time zone hospital.time_zone)::date = ${to.day}::date
    having count(*) > 0
    on conflict do nothing`.execute(unit.db);
};

export const findNotices = (unit: UnitOfWork, accountId: string, limit: number) =>
  unit.db
    .selectFrom('notice')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('account_id', '=', accountId)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();

export const markNoticesRead = async (unit: UnitOfWork, accountId: string, at: Date): Promise<void> => {
  await unit.db
    .updateTable('notice')
    .set({ read_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null)
    .execute();
};

import type { CheckKind, CheckVerdict } from '@jiapian/rules';
import type { Grade } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Pairs on one page; more would not change a coefficient in the second digit. */
const pairLimit = 20_000;

export const insertFilmCheck = async (
  unit: UnitOfWork,
  check: {
    check_id: string;
    film_id: string;
    kind: CheckKind;
    account_id: string;
    at: Date;
    seconds_spent: number;
    verdict: CheckVerdict;
    reason_code: string | null;
    note: string;
  },
): Promise<void> => {
  await unit.db
    .insertInto('film_check')
    .values({ hospital_id: unit.hospitalId, ...check })
    .execute();
};

/** The newest check of each kind and person. */
export const findFilmChecks = async (unit: UnitOfWork, filmId: string) => {
  const { rows } = await sql<{
    kind: CheckKind;
    verdict: CheckVerdict;
    reason_code: string | null;
    note: string;
    at: Date;
    account_id: string;
    name: string;
  }>`
    select distinct on (film_check.kind, film_check.account_id)
      kind, verdict, reason_code, note, at, film_check.account_id, account.display_name as name
    from film_check join account
      on account.hospital_id = film_check.hospital_id and account.account_id = film_check.account_id
    where film_check.hospital_id = ${unit.hospitalId} and film_id = ${filmId}
    order by film_check.kind desc, film_check.account_id, at desc`.execute(unit.db);
  return rows;
};

/** Own films of the last days without a grade and without a self-check, and colleagues' films that were drawn. */
export const findFilmsToCheck = async (
  unit: UnitOfWork,
  who: { accountId: string; staffId: string; since: Date; isSelfCheckOn: boolean; limit: number },
) => {
  const { rows } = await sql<{ film_id: string; kind: CheckKind }>`
    (select film.film_id, 'self' as kind, film.created_at as since
      from film join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      where film.hospital_id = ${unit.hospitalId} and ${who.isSelfCheckOn}
        and exam.technologist_id = ${who.staffId} and film.state <> 'graded' and film.created_at >= ${who.since}
        and not exists (select from film_check mine where mine.hospital_id = film.hospital_id
          and mine.film_id = film.film_id and mine.account_id = ${who.accountId} and mine.kind = 'self'))
    union all
    (select film.film_id, 'cross', drawn.drawn_at
      from cross_check drawn
        join film on film.hospital_id = drawn.hospital_id and film.film_id = drawn.film_id
        join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      where drawn.hospital_id = ${unit.hospitalId} and drawn.account_id = ${who.accountId} and drawn.state = 'open'
        and ${who.staffId}::uuid is distinct from exam.technologist_id
        and ${who.staffId}::uuid is distinct from
          accountable_staff(film.hospital_id, exam.technologist_id, film.day)
        and not exists (select from reading mine where mine.hospital_id = film.hospital_id
          and mine.film_id = film.film_id and mine.account_id = ${who.accountId}))
    order by 2 desc, 3 desc, 1 limit ${who.limit}`.execute(unit.db);
  return rows;
};

export interface CheckPair {
  readonly accountId: string;
  readonly name: string;
  readonly kind: CheckKind;
  readonly verdict: CheckVerdict;
  readonly grade: Grade;
}

/** Films with a check and the grade that counts; of one person, or of all. */
export const findCheckPairs = async (
  unit: UnitOfWork,
  of: { since: Date; accountId: string | null },
): Promise<CheckPair[]> => {
  const { rows } = await sql<CheckPair>`
    select distinct on (film_check.film_id, film_check.kind, film_check.account_id)
      film_check.account_id as "accountId", account.display_name as name, film_check.kind, verdict, film.grade
    from film_check
      join film on film.hospital_id = film_check.hospital_id and film.film_id = film_check.film_id
      join account on account.hospital_id = film_check.hospital_id and account.account_id = film_check.account_id
    where film_check.hospital_id = ${unit.hospitalId} and film.grade is not null and film_check.at >= ${of.since}
      and (${of.accountId}::uuid is null or film_check.account_id = ${of.accountId}::uuid)
    order by film_check.film_id, film_check.kind, film_check.account_id, film_check.at desc
    limit ${pairLimit}`.execute(unit.db);
  return rows;
};

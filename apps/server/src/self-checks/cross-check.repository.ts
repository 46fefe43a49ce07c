import { permissionsOfRole, roles } from '@jiapian/contract';
import type { CrossCheckState, Shift } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Films of an exam with who took them and answers for them, and the hour by the hospital's clock. */
export const findFilmsToDraw = async (unit: UnitOfWork, examId: string) => {
  const { rows } = await sql<{
    film_id: string;
    day: string;
    hour: number;
    technologist_id: string | null;
    accountable_id: string | null;
  }>`
    select film.film_id, film.day, extract(hour from exam.exam_at at time zone hospital.time_zone)::int as hour,
      exam.technologist_id,
      accountable_staff(film.hospital_id, exam.technologist_id, film.day) as accountable_id
    from film
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      join hospital on hospital.hospital_id = film.hospital_id
    where film.hospital_id = ${unit.hospitalId} and film.exam_id = ${examId}`.execute(unit.db);
  return rows;
};

const checkerRoles = roles.filter((role) => permissionsOfRole[role].includes('self-checks.check'));

/** People who may check films, with the hours in which they took films on that day. */
export const findCheckers = async (unit: UnitOfWork, day: string) => {
  const { rows } = await sql<{ account_id: string; staff_id: string; hours: number[] }>`
    select account.account_id, account.staff_id,
      array(select distinct extract(hour from exam.exam_at at time zone hospital.time_zone)::int
        from exam join film on film.hospital_id = exam.hospital_id and film.exam_id = exam.exam_id
        where exam.hospital_id = account.hospital_id and exam.technologist_id = account.staff_id
          and film.day = ${day}) as hours
    from account
      join staff on staff.hospital_id = account.hospital_id and staff.staff_id = account.staff_id and staff.is_active
      join hospital on hospital.hospital_id = account.hospital_id
    where account.hospital_id = ${unit.hospitalId} and account.disabled_at is null
      and account.roles && ${checkerRoles}::text[]`.execute(unit.db);
  return rows;
};

/** Once for each film; a film that was drawn stays with whom it was drawn for. */
export const insertCrossCheck = async (
  unit: UnitOfWork,
  drawn: { filmId: string; accountId: string; shift: Shift; policyVersion: number; at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('cross_check')
    .values({
      hospital_id: unit.hospitalId,
      film_id: drawn.filmId,
      account_id: drawn.accountId,
      shift: drawn.shift,
      policy_version: drawn.policyVersion,
      drawn_at: drawn.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const lockCrossCheck = (unit: UnitOfWork, filmId: string) =>
  unit.db
    .selectFrom('cross_check')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .forUpdate()
    .executeTakeFirst();

export const closeCrossCheck = async (
  unit: UnitOfWork,
  filmId: string,
  closed: { state: CrossCheckState; at: Date },
): Promise<void> => {
  await unit.db
    .updateTable('cross_check')
    .set({ state: closed.state, closed_at: closed.at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .execute();
};

/** Films drawn before the moment that nobody has checked. */
export const findOverdue = (unit: UnitOfWork, drawnBefore: Date) =>
  unit.db
    .selectFrom('cross_check')
    .select(['film_id', 'state'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('state', '=', 'open')
    .where('drawn_at', '<', drawnBefore)
    .execute();

import { permissionsOfRole, roles, type Permission } from '@jiapian/contract';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface BenchCandidate {
  readonly account_id: string;
  readonly name: string;
  readonly post: string;
  readonly may_judge: boolean;
  readonly may_chair: boolean;
  readonly is_own_film: boolean;
  readonly has_asked: boolean;
  readonly has_read: boolean;
}

const rolesWith = (permission: Permission): string[] =>
  roles.filter((role) => permissionsOfRole[role].includes(permission));

/** Accounts with what speaks for and against them as judges of these films. */
export const findBenchCandidates = async (
  unit: UnitOfWork,
  of: { filmIds: readonly string[]; askedBy: string | null },
): Promise<BenchCandidate[]> => {
  const { rows } = await sql<BenchCandidate>`
    select account.account_id, account.display_name as name, coalesce(staff.post, '') as post,
      account.roles && ${rolesWith('consultations.judge')}::text[] as may_judge,
      account.roles && ${rolesWith('consultations.chair')}::text[] as may_chair,
      account.account_id is not distinct from ${of.askedBy}::uuid or exists (
        select from appeal where appeal.hospital_id = account.hospital_id
          and appeal.account_id = account.account_id and appeal.film_id = any(${of.filmIds}::uuid[])) as has_asked,
      exists (select from reading where reading.hospital_id = account.hospital_id
        and reading.account_id = account.account_id and reading.film_id = any(${of.filmIds}::uuid[])) as has_read,
      account.staff_id is not null and exists (
        select from film join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
        where film.hospital_id = account.hospital_id and film.film_id = any(${of.filmIds}::uuid[])
          and account.staff_id in
            (exam.technologist_id, accountable_staff(film.hospital_id, exam.technologist_id, film.day))) as is_own_film
    from account left join staff
      on staff.hospital_id = account.hospital_id and staff.staff_id = account.staff_id
    where account.hospital_id = ${unit.hospitalId} and account.disabled_at is null
    order by account.display_name, account.account_id`.execute(unit.db);
  return rows;
};

export const insertJudges = async (
  unit: UnitOfWork,
  consultationId: string,
  judges: readonly Pick<BenchCandidate, 'account_id' | 'name' | 'post'>[],
): Promise<void> => {
  await unit.db
    .insertInto('consultation_judge')
    .values(judges.map((judge) => ({ hospital_id: unit.hospitalId, consultation_id: consultationId, ...judge })))
    .execute();
};

/** Everybody who was named, the excused ones too. */
export const findJudges = (unit: UnitOfWork, consultationId: string) =>
  unit.db
    .selectFrom('consultation_judge')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('consultation_id', '=', consultationId)
    .orderBy('name')
    .orderBy('account_id')
    .execute();

export const excuseJudge = async (
  unit: UnitOfWork,
  consultationId: string,
  excused: { accountId: string; reason: string; at: Date },
): Promise<void> => {
  await unit.db
    .updateTable('consultation_judge')
    .set({ excused_at: excused.at, excuse: excused.reason })
    .where('hospital_id', '=', unit.hospitalId)
    .where('consultation_id', '=', consultationId)
    .where('account_id', '=', excused.accountId)
    .execute();
};

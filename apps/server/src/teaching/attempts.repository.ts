import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface AttemptRow {
  attempt_id: string;
  account_id: string;
  person_name: string;
  collection_name: string;
  case_ids: string[];
  started_at: Date;
  finished_at: Date | null;
  answered: number;
  points: number | null;
}

const columns = sql`a.attempt_id, a.account_id, p.display_name as person_name, a.collection_name, a.case_ids,
  a.started_at, a.finished_at, w.answered, w.points`;
const tables = sql`teaching_attempt a
  join account p on p.hospital_id = a.hospital_id and p.account_id = a.account_id
  cross join lateral (select count(*)::integer as answered, round(avg(points))::integer as points
    from teaching_answer w where w.hospital_id = a.hospital_id and w.attempt_id = a.attempt_id) w`;

/** The newest first; of one person, or of all. */
export const findAttempts = async (
  { db, hospitalId }: UnitOfWork,
  accountId: string | null,
  most: number,
): Promise<AttemptRow[]> => {
  const found = await sql<AttemptRow>`select ${columns} from ${tables} where a.hospital_id = ${hospitalId}
    ${accountId === null ? sql`` : sql`and a.account_id = ${accountId}`}
    order by a.started_at desc, a.attempt_id limit ${most}`.execute(db);
  return found.rows;
};

export const findAttempt = async (
  { db, hospitalId }: UnitOfWork,
  attemptId: string,
): Promise<AttemptRow | undefined> => {
  const found = await sql<AttemptRow>`select ${columns} from ${tables}
    where a.hospital_id = ${hospitalId} and a.attempt_id = ${attemptId}`.execute(db);
  return found.rows[0];
};

export const insertAttempt = async (
  unit: UnitOfWork,
  one: { attemptId: string; accountId: string; collectionName: string; caseIds: readonly string[]; at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('teaching_attempt')
    .values({
      hospital_id: unit.hospitalId,
      attempt_id: one.attemptId,
      account_id: one.accountId,
      collection_name: one.collectionName,
      case_ids: [...one.caseIds],
      started_at: one.at,
    })
    .execute();
};

export const finishAttempt = async (unit: UnitOfWork, attemptId: string, at: Date): Promise<void> => {
  await unit.db
    .updateTable('teaching_attempt')
    .set({ finished_at: at })
    .where('hospital_id', '=', unit.hospitalId)
    .where('attempt_id', '=', attemptId)
    .where('finished_at', 'is', null)
    .execute();
};

/** False when the case was answered already. */
export const insertAnswer = async (
  unit: UnitOfWork,
  one: {
    attemptId: string;
    caseId: string;
    grade: 'A' | 'B' | 'C' | 'reject';
    defects: readonly string[];
    points: number;
    at: Date;
  },
): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('teaching_answer')
    .values({
      hospital_id: unit.hospitalId,
      attempt_id: one.attemptId,
      case_id: one.caseId,
      grade: one.grade,
      defects: [...one.defects],
      points: one.points,
      answered_at: one.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('case_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

export const findAnswers = (unit: UnitOfWork, attemptId: string) =>
  unit.db
    .selectFrom('teaching_answer')
    .innerJoin('teaching_case', (join) =>
      join
        .onRef('teaching_case.hospital_id', '=', 'teaching_answer.hospital_id')
        .onRef('teaching_case.case_id', '=', 'teaching_answer.case_id'),
    )
    .select([
      'teaching_answer.case_id',
      'teaching_answer.grade as given_grade',
      'teaching_answer.defects as given_defects',
      'teaching_case.grade',
      'teaching_case.defects',
      'teaching_case.explanation',
    ])
    .where('teaching_answer.hospital_id', '=', unit.hospitalId)
    .where('teaching_answer.attempt_id', '=', attemptId)
    .orderBy('teaching_answer.answered_at')
    .execute();

import { AppError } from '@jiapian/kernel';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Whose name an operator name of headers is, as a person says. */
export interface OperatorAlias {
  operatorName: string;
  staffId: string;
  mappedBy: string | null;
  now: Date;
}

/** Operator names of headers that a person has mapped → staff. */
export const findAliases = async (
  { db, hospitalId }: Pick<UnitOfWork, 'db' | 'hospitalId'>,
  operatorNames: readonly string[],
): Promise<Map<string, string>> => {
  const names = operatorNames.filter((name) => name !== '');
  if (names.length === 0) return new Map();
  const rows = await db
    .selectFrom('operator_alias')
    .select(['operator_name', 'staff_id'])
    .where('hospital_id', '=', hospitalId)
    .where(sql<boolean>`operator_name = any(${names}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.operator_name, row.staff_id]));
};

export const saveAlias = async ({ db, hospitalId }: UnitOfWork, alias: OperatorAlias): Promise<void> => {
  await db
    .insertInto('operator_alias')
    .values({
      hospital_id: hospitalId,
      operator_name: alias.operatorName,
      staff_id: alias.staffId,
      mapped_at: alias.now,
      mapped_by: alias.mappedBy,
    })
    .onConflict((conflict) =>
      conflict.columns(['hospital_id', 'operator_name']).doUpdateSet(({ ref }) => ({
        staff_id: ref('excluded.staff_id'),
        mapped_at: ref('excluded.mapped_at'),
        mapped_by: ref('excluded.mapped_by'),
      })),
    )
    .execute();
};

/** Enters the person in the exams that carry the name; what was assigned by hand to another stays. */
export const nameExams = async (
  { db, hospitalId }: UnitOfWork,
  alias: OperatorAlias,
  before: string | null,
): Promise<number> => {
  const changed = await sql<{ exam_id: string }>`
    with renamed as (
      update exam set technologist_id = ${alias.staffId}, version = version + 1
      where hospital_id = ${hospitalId} and operator_name = ${alias.operatorName}
        and (technologist_id is null or technologist_id = ${before}::uuid)
        and technologist_id is distinct from ${alias.staffId}::uuid
      returning exam_id
    )
    insert into exam_event (hospital_id, exam_id, at, event, facts, account_id)
    select ${hospitalId}::uuid, exam_id, ${alias.now}, 'technologist.assigned',
      jsonb_build_object('staffId', ${alias.staffId}::text, 'by', 'operator-name'), ${alias.mappedBy}::uuid
    from renamed returning exam_id`.execute(db);
  return changed.rows.length;
};

/** Throws ORGANIZATION_NOT_FOUND. */
export const refuseUnknownStaff = async ({ db, hospitalId }: UnitOfWork, staffId: string): Promise<void> => {
  const found = await db
    .selectFrom('staff')
    .select('staff_id')
    .where('hospital_id', '=', hospitalId)
    .where('staff_id', '=', staffId)
    .executeTakeFirst();
  if (found === undefined) throw new AppError('ORGANIZATION_NOT_FOUND', { staffId });
};

/** The exam's operator name as it stands in headers; throws EXAMS_EXAM_NOT_FOUND. */
export const setTechnologist = async (
  { db, hospitalId }: UnitOfWork,
  examId: string,
  staffId: string | null,
): Promise<string> => {
  const exam = await db
    .updateTable('exam')
    .set(({ eb }) => ({ technologist_id: staffId, version: eb('version', '+', 1) }))
    .where('hospital_id', '=', hospitalId)
    .where('exam_id', '=', examId)
    .returning('operator_name')
    .executeTakeFirst();
  if (exam === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
  return exam.operator_name;
};

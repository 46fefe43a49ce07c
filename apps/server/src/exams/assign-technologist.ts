import { AppError } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { recordExamEvent } from './exam-events.ts';
import { lockRegister } from './lock-register.ts';
import { applyOperatorAlias, refuseUnknownStaff } from './operator-aliases.ts';

export interface Assignment {
  examId: string;
  /** Null: not known who it was. */
  staffId: string | null;
  /** Also for every other exam with this operator name, past and to come. */
  isRemembered: boolean;
  now: Date;
}

/** Who made the exam, as a person says; the operator name of the header stays beside it. */
export const assignTechnologist = async (
  unit: UnitOfWork,
  by: AuditActor,
  { examId, staffId, isRemembered, now }: Assignment,
): Promise<void> => {
  const { db, hospitalId } = unit;
  // First of all: the register writes exams while it holds this lock, and must not wait for the row below.
  if (isRemembered) await lockRegister(unit);
  if (staffId !== null) await refuseUnknownStaff(unit, staffId);
  const exam = await db
    .updateTable('exam')
    .set(({ eb }) => ({ technologist_id: staffId, version: eb('version', '+', 1) }))
    .where('hospital_id', '=', hospitalId)
    .where('exam_id', '=', examId)
    .returning('operator_name')
    .executeTakeFirst();
  if (exam === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
  const facts = { staffId, by: 'person' };
  await recordExamEvent(unit, { examId, at: now, event: 'technologist.assigned', facts, accountId: by.accountId });
  const operatorName = exam.operator_name;
  const alias = { operatorName, staffId: staffId ?? '', mappedBy: by.accountId, now };
  const others = isRemembered && staffId !== null && operatorName !== '' ? await applyOperatorAlias(unit, alias) : 0;
  await recordEntry(unit, by, {
    action: 'exams.assign-technologist',
    subjectKind: 'exam',
    subjectId: examId,
    facts: { staffId, otherExams: others },
  });
};

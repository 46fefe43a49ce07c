import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { recordExamEvent } from './exam-events.repository.ts';
import { lockRegister } from './lock-register.repository.ts';
import { applyOperatorAlias } from './operator-aliases.ts';
import { refuseUnknownStaff, setTechnologist } from './operator-aliases.repository.ts';

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
  // First of all: the register writes exams while it holds this lock, and must not wait for the row below.
  if (isRemembered) await lockRegister(unit);
  if (staffId !== null) await refuseUnknownStaff(unit, staffId);
  const operatorName = await setTechnologist(unit, examId, staffId);
  const facts = { staffId, by: 'person' };
  await recordExamEvent(unit, { examId, at: now, event: 'technologist.assigned', facts, accountId: by.accountId });
  const alias = { operatorName, staffId: staffId ?? '', mappedBy: by.accountId, now };
  const others = isRemembered && staffId !== null && operatorName !== '' ? await applyOperatorAlias(unit, alias) : 0;
  await recordEntry(unit, by, {
    action: 'exams.assign-technologist',
    subjectKind: 'exam',
    subjectId: examId,
    facts: { staffId, otherExams: others },
  });
};

import { randomUUID } from 'node:crypto';
import type { TypedFigures } from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { type AuditActor, recordEntry } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findDoseScreens, insertTypedDose } from './typed-dose.repository.ts';

/** Keeps what a person read off a dose screen; a later entry stands beside the earlier one and counts. */
export const typeDose = async (
  unit: UnitOfWork,
  clock: Clock,
  actor: AuditActor,
  typed: { examId: string; subjectUid: string; figures: TypedFigures | null; accountId: string; name: string },
): Promise<void> => {
  const { examId, subjectUid, figures } = typed;
  const screens = await findDoseScreens(unit, examId);
  if (!screens.some((screen) => screen.subjectUid === subjectUid))
    throw new AppError('ANALYSIS_SUBJECT_NOT_FOUND', { examId });
  await insertTypedDose(unit, { ...typed, typedDoseId: randomUUID(), at: clock.now() });
  await recordEntry(unit, actor, {
    action: 'analysis.dose-typed',
    subjectKind: 'exam',
    subjectId: examId,
    facts: { subjectUid, figures },
  });
};

import { AppError, type Clock } from '@jiapian/kernel';
import { type AuditActor, recordEntry } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findExamOfFinding, insertAnswer } from './describe.repository.ts';
import { judgeRules } from './judge-rules.ts';

/** Keeps what a reader says of a hint, and lets a rule silence itself when it was wrong once too often. */
export const answerFinding = async (
  unit: UnitOfWork,
  clock: Clock,
  actor: AuditActor,
  answered: { findingId: string; answer: 'agree' | 'disagree'; accountId: string },
): Promise<void> => {
  const { findingId, answer, accountId } = answered;
  const examId = await findExamOfFinding(unit, findingId);
  if (examId === undefined) throw new AppError('ANALYSIS_FINDING_NOT_FOUND', { findingId });
  await insertAnswer(unit, { findingId, answer, accountId, at: clock.now() });
  await recordEntry(unit, actor, {
    action: 'analysis.finding-answered',
    subjectKind: 'exam',
    subjectId: examId,
    facts: { findingId, answer },
  });
  if (answer === 'disagree') await judgeRules(unit, clock.now());
};

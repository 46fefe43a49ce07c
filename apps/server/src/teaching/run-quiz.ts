import { randomUUID } from 'node:crypto';
import type { TeachingAnswer, TeachingAttempt, TeachingAttemptRow } from '@jiapian/contract';
import { AppError, type Grade } from '@jiapian/kernel';
import { quizResultOf } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import {
  findAnswers,
  findAttempt,
  findAttempts,
  finishAttempt,
  insertAnswer,
  insertAttempt,
  type AttemptRow,
} from './attempts.repository.ts';
import { findCase } from './cases.repository.ts';
import { findCaseIds, findCollection } from './collections.repository.ts';
import { defectsOf, type TeachingViewer } from './describe-case.ts';

/** Runs on one page of the history. */
const shownAttempts = 200;

/** Begins a run through the confirmed cases of a collection. */
export const startAttempt = async (
  unit: UnitOfWork,
  { collectionId, accountId, at }: { collectionId: string; accountId: string; at: Date },
): Promise<string> => {
  const collection = await findCollection(unit, collectionId);
  if (!collection) throw new AppError('TEACHING_COLLECTION_NOT_FOUND');
  const caseIds = await findCaseIds(unit, collectionId);
  if (caseIds.length === 0) throw new AppError('TEACHING_COLLECTION_EMPTY');
  const attemptId = randomUUID();
  await insertAttempt(unit, { attemptId, accountId, collectionName: collection.name, caseIds, at });
  return attemptId;
};

/** One case judged; the answer cannot be changed, and the last one ends the run. */
export const answerCase = async (
  unit: UnitOfWork,
  given: { attemptId: string; caseId: string; accountId: string; grade: Grade; defects: readonly string[]; at: Date },
): Promise<TeachingAnswer> => {
  const attempt = await findAttempt(unit, given.attemptId);
  if (attempt?.account_id !== given.accountId) throw new AppError('TEACHING_ATTEMPT_NOT_FOUND');
  const stored = attempt.case_ids.includes(given.caseId)
    ? await findCase(unit, given.caseId, given.accountId)
    : undefined;
  if (!stored || attempt.finished_at !== null) throw new AppError('TEACHING_ANSWERED');
  const reference = { grade: stored.grade, defects: defectsOf(stored.defects) };
  const result = quizResultOf(given, reference);
  if (!(await insertAnswer(unit, { ...given, points: result.points }))) throw new AppError('TEACHING_ANSWERED');
  if (attempt.answered + 1 >= attempt.case_ids.length) await finishAttempt(unit, given.attemptId, given.at);
  return {
    caseId: given.caseId,
    grade: given.grade,
    defects: [...given.defects],
    reference: { ...reference, explanation: stored.explanation },
    ...asLists(result),
    points: result.points,
  };
};

/** Ends a run early; what was not answered counts for nothing. */
export const endAttempt = async (
  unit: UnitOfWork,
  { attemptId, accountId, at }: { attemptId: string; accountId: string; at: Date },
): Promise<void> => {
  const attempt = await findAttempt(unit, attemptId);
  if (attempt?.account_id !== accountId) throw new AppError('TEACHING_ATTEMPT_NOT_FOUND');
  await finishAttempt(unit, attemptId, at);
};

/** A person's own runs; those of everybody for who manages the teaching file. */
export const describeAttempts = async (unit: UnitOfWork, viewer: TeachingViewer): Promise<TeachingAttemptRow[]> =>
  (await findAttempts(unit, viewer.isManager ? null : viewer.accountId, shownAttempts)).map((row) =>
    asAttemptRow(row, viewer),
  );

export const describeAttempt = async (
  unit: UnitOfWork,
  viewer: TeachingViewer,
  attemptId: string,
): Promise<TeachingAttempt> => {
  const attempt = await findAttempt(unit, attemptId);
  if (!attempt || (attempt.account_id !== viewer.accountId && !viewer.isManager))
    throw new AppError('TEACHING_ATTEMPT_NOT_FOUND');
  const answers = await findAnswers(unit, attemptId);
  return {
    ...asAttemptRow(attempt, viewer),
    caseIds: attempt.case_ids,
    answers: answers.map((row) => {
      const reference = { grade: row.grade, defects: defectsOf(row.defects) };
      const result = quizResultOf({ grade: row.given_grade, defects: row.given_defects }, reference);
      return {
        caseId: row.case_id,
        grade: row.given_grade,
        defects: row.given_defects,
        reference: { ...reference, explanation: row.explanation },
        ...asLists(result),
        points: result.points,
      };
    }),
  };
};

const asLists = ({ found, missed, extra }: ReturnType<typeof quizResultOf>) => ({
  found: [...found],
  missed: [...missed],
  extra: [...extra],
});

const asAttemptRow = (row: AttemptRow, viewer: TeachingViewer): TeachingAttemptRow => ({
  attemptId: row.attempt_id,
  personName: row.person_name,
  isOwn: row.account_id === viewer.accountId,
  collectionName: row.collection_name,
  startedAt: row.started_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  answered: row.answered,
  cases: row.case_ids.length,
  points: row.points,
});

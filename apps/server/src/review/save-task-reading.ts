import { randomUUID } from 'node:crypto';
import type { TaskOutcome, TaskReadingRequest } from '@jiapian/contract';
import { AppError, transition, type Clock, type Grade } from '@jiapian/kernel';
import {
  checkReading,
  disagreementsOf,
  filmTable,
  gradeFilm,
  reviewTaskTable,
  type CheckedReading,
  type Disagreement,
  type Mark,
  type ReviewStandard,
} from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { softwareVersion } from '../platform/software-version.ts';
import { currentStandard } from '../standards/index.ts';
import { settleAppeal } from './appeal-grade.ts';
import { findAccountsOfFilm, insertNotices } from './notice.repository.ts';
import { checkSeriesMarks } from './check-series-marks.ts';
import type { Reader } from './reader.ts';
import { policyInForce } from './review-policy.ts';
import { deleteDraft, dropLock, insertReading, lockFilmRow, stateOf, updateFilm } from './review.repository.ts';
import { requireTask } from './task-access.ts';
import { closeTask, findReading, insertTask, type TaskForDecision } from './task.repository.ts';

const readingKindOf = { second: 'second', repeat: 'repeat', arbitration: 'ruling', appeal: 'appeal' } as const;

/** Saves a reading beside the first: compared with it, or, for a ruling and an appeal, put in its place. */
export const saveTaskReading = async (
  unit: UnitOfWork,
  clock: Clock,
  who: { reader: Reader; mayArbitrate: boolean },
  by: AuditActor,
  taskId: string,
  request: TaskReadingRequest,
): Promise<Omit<TaskOutcome, 'nextTaskId'>> => {
  const now = clock.now();
  const task = await requireTask(unit, who, taskId, now);
  const closed = transition(reviewTaskTable, task.state, 'read');
  if (!closed.ok) throw new AppError('REVIEW_TASK_CLOSED', { state: task.state });
  const standard = await currentStandard(unit, now);
  if (standard.version !== request.standardVersion) {
    throw new AppError('REVIEW_STALE_VERSION', { standardVersion: standard.version });
  }
  const isDeciding = task.kind === 'arbitration' || task.kind === 'appeal';
  const checked = checkReading(standard, {
    ...request,
    rejectReason: request.rejectReasonCode,
    isRejectConfirmed: true,
    isCompared: !isDeciding,
  });
  if (!checked.ok) throw new AppError(checked.reason.code, checked.reason.facts);
  await checkSeriesMarks(unit, await lockFilmRow(unit, task.film_id), request);
  const readingId = randomUUID();
  await writeReading(unit, { task, readingId, at: now, reader: who.reader, standard, request, checked: checked.value });
  await closeTask(unit, taskId, { state: closed.value, at: now, readingId });
  await deleteDraft(unit, task.film_id, who.reader.accountId);
  await dropLock(unit, task.film_id, who.reader.accountId);
  const first = await firstOf(unit, task);
  const outcome = checked.value.outcome;
  await recordEntry(unit, by, {
    action: `review.${readingKindOf[task.kind]}-reading`,
    subjectKind: 'film',
    subjectId: task.film_id,
    facts: { readingId, taskId, grade: request.grade, byRule: outcome.grade },
  });
  if (isDeciding) {
    await decide(unit, { task, readingId, at: now, grade: request.grade, score: outcome.score });
    return { readingId, disagreements: [], other: null };
  }
  const disagreements = await compare(unit, standard, task, first, {
    ...{ readingId, at: now, grade: request.grade, score: outcome.score, isVetoed: outcome.isVetoed },
  });
  return { readingId, disagreements, other: { grade: first.grade, score: first.score } };
};

const firstOf = async (unit: UnitOfWork, task: TaskForDecision) => {
  const first = await findReading(unit, task.first_reading_id);
  if (!first || first.grade === null) throw new AppError('REVIEW_TASK_CLOSED', { reason: 'no first reading' });
  return { ...first, grade: first.grade, marks: first.marks as unknown as Mark[] };
};

const writeReading = (
  unit: UnitOfWork,
  read: {
    task: TaskForDecision;
    readingId: string;
    at: Date;
    reader: Reader;
    standard: ReviewStandard;
    request: TaskReadingRequest;
    checked: CheckedReading;
  },
): Promise<void> => {
  const { task, request, checked } = read;
  const isReject = request.grade === 'reject';
  return insertReading(unit, {
    reading_id: read.readingId,
    film_id: task.film_id,
    account_id: read.reader.accountId,
    kind: readingKindOf[task.kind],
    task_id: task.task_id,
    at: read.at,
    seconds_spent: request.secondsSpent,
    standard_id: read.standard.id,
    standard_version: read.standard.version,
    software_version: softwareVersion,
    marks: JSON.stringify(request.marks),
    conditions_not_met: JSON.stringify(request.conditionsNotMet),
    places: JSON.stringify(request.places),
    criteria: JSON.stringify(request.criteria ?? {}),
    series_marks: JSON.stringify(request.seriesMarks ?? []),
    note: request.note,
    grade: request.grade,
    outcome: checked.outcome,
    override_reason: checked.isOverridden ? request.overrideReason : null,
    reject_reason_code: isReject ? request.rejectReasonCode : null,
    affects_diagnosis: isReject ? request.affectsDiagnosis : null,
    is_late: false,
  });
};

/** Two readings side by side; when they differ too much a third one settles it. */
const compare = async (
  unit: UnitOfWork,
  standard: ReviewStandard,
  task: TaskForDecision,
  first: Awaited<ReturnType<typeof firstOf>>,
  second: { readingId: string; at: Date; grade: Grade; score: number; isVetoed: boolean },
): Promise<Disagreement[]> => {
  if (task.kind === 'repeat') return [];
  const { content } = await policyInForce(unit, second.at);
  const isVetoed = gradeFilm(standard, first.marks.filter(isIn(standard))).isVetoed;
  const disagreements = disagreementsOf(
    { grade: first.grade, score: first.score ?? 0, isVetoed },
    second,
    content.arbitration,
  );
  if (disagreements.length === 0) return [];
  await insertTask(unit, {
    ...{ taskId: randomUUID(), filmId: task.film_id, kind: 'arbitration', disagreements, at: second.at },
    firstReadingId: task.first_reading_id,
    secondReadingId: second.readingId,
  });
  return [...disagreements];
};

/** A mark that the standard in force still has; older ones cannot be weighed any more. */
const isIn =
  ({ deductions }: ReviewStandard) =>
  ({ code, step }: Mark): boolean =>
    deductions.find((item) => item.code === code)?.steps[step - 1] !== undefined;

/** The grade of the film follows; what stood before stays beside it. */
const decide = async (
  unit: UnitOfWork,
  decided: { task: TaskForDecision; readingId: string; at: Date; grade: Grade; score: number },
): Promise<void> => {
  const { task, readingId, at, grade, score } = decided;
  const film = await lockFilmRow(unit, task.film_id);
  const next = film && transition(filmTable, stateOf(film), 'graded');
  if (!film || !next?.ok) throw new AppError('REVIEW_TASK_CLOSED', { reason: 'the film has moved on' });
  await updateFilm(unit, task.film_id, next.value, { grade, score, readingId, gradedAt: at });
  await unit.emit({ name: 'film.graded', payload: { filmId: task.film_id, examId: film.exam_id, readingId } });
  if (task.appeal_id !== null) {
    await settleAppeal(unit, task.appeal_id, { at, grade, score, readingId });
    return;
  }
  const readers = await Promise.all(
    [task.first_reading_id, task.second_reading_id].flatMap((id) => (id === null ? [] : [findReading(unit, id)])),
  );
  await insertNotices(
    unit,
    [...readers.flatMap((one) => (one ? [one.account_id] : [])), ...(await findAccountsOfFilm(unit, task.film_id))],
    { kind: 'ruling', filmId: task.film_id, facts: { before: film.grade, after: grade }, at },
  );
};

import { randomUUID } from 'node:crypto';
import { AppError, transition, type Clock, type Grade } from '@jiapian/kernel';
import { checkReading, filmTable, isRejectConfirmed, reviewTaskTable, type Mark } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { softwareVersion } from '../platform/software-version.ts';
import { currentStandard } from '../standards/index.ts';
import { lockFilm } from './lock-film.ts';
import { findAccountsOfFilm, insertNotices } from './notice.repository.ts';
import { dropTasks, requireNoConsultation } from './open-tasks.ts';
import type { Reader } from './reader.ts';
import { dropLock, insertReading, lockFilmRow, stateOf, updateFilm } from './review.repository.ts';
import { closeTask, findOpenTasks, findReading, hasRead } from './task.repository.ts';

export interface CollectiveDecision {
  readonly kind: 'meeting' | 'consultation';
  readonly grade: Grade;
  readonly marks: readonly Mark[];
  readonly conditionsNotMet?: readonly string[];
  readonly note: string;
  /** Said beside a grade that the rules would not give. */
  readonly overrideReason: string;
  readonly reject: {
    readonly reasonCode: string;
    readonly affectsDiagnosis: 'repeat' | 'no-repeat';
    readonly confirmation: string;
  } | null;
  readonly standardVersion: number;
  /** Several people came to it, not the one who signs: then it may settle what the signer had read before. */
  readonly isCollective: boolean;
  /** Others than the people of the film and its earlier reader who hear of it. */
  readonly alsoTell?: readonly string[];
}

/**
 * The grade that several people gave together, signed by one: checked like every reading, never on an own film. It
 * settles an open arbitration; while an appeal is open the film is left to the appeal's reader.
 */
export const saveCollectiveReading = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  filmId: string,
  decision: CollectiveDecision,
): Promise<{ readingId: string }> => {
  const now = clock.now();
  await lockFilm(unit, clock, reader, filmId);
  const film = await lockFilmRow(unit, filmId);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const open = await findOpenTasks(unit, filmId);
  if (open.some(({ kind }) => kind === 'appeal')) throw new AppError('REVIEW_UNDER_REVIEW', { kind: 'appeal' });
  if (decision.kind === 'meeting') await requireNoConsultation(unit, filmId);
  const arbitration = open.find(({ kind }) => kind === 'arbitration');
  if (arbitration && !decision.isCollective && (await hasRead(unit, filmId, reader.accountId))) {
    throw new AppError('REVIEW_READ_BEFORE');
  }
  const standard = await currentStandard(unit, now);
  if (standard.version !== decision.standardVersion) {
    throw new AppError('REVIEW_STALE_VERSION', { standardVersion: standard.version });
  }
  const { grade, marks, conditionsNotMet = [], overrideReason, reject } = decision;
  const exam = { accessionNumber: film.accession_number, studyInstanceUid: film.study_instance_uid };
  const checked = checkReading(standard, {
    ...{ grade, marks, conditionsNotMet, overrideReason },
    rejectReason: reject?.reasonCode ?? null,
    isRejectConfirmed: reject !== null && isRejectConfirmed(exam, reject.confirmation),
  });
  if (!checked.ok) throw new AppError(checked.reason.code, checked.reason.facts);
  const next = transition(filmTable, stateOf(film), 'graded');
  if (!next.ok) throw new AppError('REVIEW_STALE_VERSION', { state: next.reason.state });
  const readingId = randomUUID();
  const { outcome, isOverridden } = checked.value;
  const isReject = grade === 'reject';
  await insertReading(unit, {
    reading_id: readingId,
    film_id: filmId,
    account_id: reader.accountId,
    kind: decision.kind,
    task_id: arbitration?.task_id ?? null,
    at: now,
    seconds_spent: 0,
    standard_id: standard.id,
    standard_version: standard.version,
    software_version: softwareVersion,
    marks: JSON.stringify(marks),
    conditions_not_met: JSON.stringify(conditionsNotMet),
    places: '[]',
    note: decision.note,
    grade,
    outcome,
    override_reason: isOverridden ? overrideReason : null,
    reject_reason_code: isReject ? (reject?.reasonCode ?? null) : null,
    affects_diagnosis: isReject ? (reject?.affectsDiagnosis ?? null) : null,
    is_late: film.is_missed_review,
  });
  await updateFilm(unit, filmId, next.value, { grade, score: outcome.score, readingId, gradedAt: now });
  if (arbitration) await settle(unit, arbitration, { at: now, readingId });
  await dropTasks(unit, filmId, now);
  await tell(unit, decision, { filmId, before: film.reading_id, at: now, facts: { before: film.grade, after: grade } });
  await dropLock(unit, filmId, reader.accountId);
  await recordEntry(unit, by, {
    action: `review.${decision.kind}-reading`,
    subjectKind: 'film',
    subjectId: filmId,
    facts: { readingId, grade, byRule: outcome.grade },
  });
  await unit.emit({ name: 'film.graded', payload: { filmId, examId: film.exam_id, readingId } });
  return { readingId };
};

const settle = async (
  unit: UnitOfWork,
  task: Awaited<ReturnType<typeof findOpenTasks>>[number],
  read: { at: Date; readingId: string },
): Promise<void> => {
  const next = transition(reviewTaskTable, task.state, 'read');
  if (!next.ok) throw new AppError('REVIEW_TASK_CLOSED', { state: task.state });
  await closeTask(unit, task.task_id, { state: next.value, ...read });
};

/** The people of the film and whoever graded it before hear of it. */
const tell = async (
  unit: UnitOfWork,
  { kind, alsoTell = [] }: CollectiveDecision,
  told: {
    filmId: string;
    before: string | null;
    at: Date;
    facts: Readonly<Record<string, string | null>>;
  },
): Promise<void> => {
  const earlier = told.before === null ? undefined : await findReading(unit, told.before);
  const to = [...(await findAccountsOfFilm(unit, told.filmId)), ...(earlier ? [earlier.account_id] : []), ...alsoTell];
  const notice = kind === 'consultation' ? 'consultation-signed' : 'ruling';
  await insertNotices(unit, to, { kind: notice, filmId: told.filmId, facts: told.facts, at: told.at });
};

import { randomUUID } from 'node:crypto';
import type { ReadingRequest } from '@jiapian/contract';
import { AppError, transition, type Clock } from '@jiapian/kernel';
import { checkReading, filmTable, isRejectConfirmed } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { softwareVersion } from '../platform/software-version.ts';
import { currentStandard } from '../standards/index.ts';
import { deleteDraft, dropLock, insertReading, lockFilmRow, stateOf, updateFilm } from './review.repository.ts';
import { lockFilm } from './lock-film.ts';
import { findAccountsOfFilm, insertNotices } from './notice.repository.ts';
import { dropTasks, openTasks, requireSettled } from './open-tasks.ts';
import { checkSeriesMarks } from './check-series-marks.ts';
import type { Reader } from './reader.ts';

/** Saves one person's grade of one film (评片): checked by the standard in force, append-only, and told to the gate. */
export const saveReading = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  filmId: string,
  request: ReadingRequest & { isBulk?: boolean },
): Promise<{ readingId: string }> => {
  const now = clock.now();
  // A hold that has run out is taken again if nobody else has it; the version says whether the film has moved on.
  await lockFilm(unit, clock, reader, filmId);
  const film = await lockFilmRow(unit, filmId);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  await requireSettled(unit, filmId);
  const standard = await currentStandard(unit, now);
  if (film.version !== request.filmVersion || standard.version !== request.standardVersion) {
    throw new AppError('REVIEW_STALE_VERSION', { filmVersion: film.version, standardVersion: standard.version });
  }
  const checked = checkReading(standard, {
    grade: request.grade,
    marks: request.marks,
    conditionsNotMet: request.conditionsNotMet,
    overrideReason: request.overrideReason,
    rejectReason: request.reject?.reasonCode ?? null,
    isRejectConfirmed:
      request.reject !== null &&
      isRejectConfirmed(
        { accessionNumber: film.accession_number, studyInstanceUid: film.study_instance_uid },
        request.reject.confirmation,
      ),
  });
  if (!checked.ok) throw new AppError(checked.reason.code, checked.reason.facts);
  await checkSeriesMarks(unit, film, request);

  const next = transition(filmTable, stateOf(film), 'graded');
  if (!next.ok) throw new AppError('REVIEW_STALE_VERSION', { state: next.reason.state });
  const readingId = randomUUID();
  const { outcome, isOverridden } = checked.value;
  await insertReading(unit, {
    reading_id: readingId,
    film_id: filmId,
    account_id: reader.accountId,
    at: now,
    seconds_spent: request.secondsSpent,
    standard_id: standard.id,
    standard_version: standard.version,
    software_version: softwareVersion,
    marks: JSON.stringify(request.marks),
    conditions_not_met: JSON.stringify(request.conditionsNotMet),
    places: JSON.stringify(request.places),
    criteria: JSON.stringify(request.criteria ?? {}),
    series_marks: JSON.stringify(request.seriesMarks ?? []),
    note: request.note,
    grade: request.grade,
    outcome,
    override_reason: isOverridden ? request.overrideReason : null,
    reject_reason_code: request.grade === 'reject' ? (request.reject?.reasonCode ?? null) : null,
    reject_title: request.reject?.title ?? 'quality',
    affects_diagnosis: request.grade === 'reject' ? (request.reject?.affectsDiagnosis ?? null) : null,
    is_late: film.is_missed_review,
    is_bulk: request.isBulk ?? false,
  });
  await updateFilm(unit, filmId, next.value, {
    grade: request.grade,
    score: outcome.score,
    readingId,
    gradedAt: now,
  });
  await dropTasks(unit, filmId, now);
  await openTasks(unit, { filmId, readingId, accountId: reader.accountId, at: now });
  if (request.grade === 'reject') {
    const to = await findAccountsOfFilm(unit, filmId);
    await insertNotices(unit, to, {
      kind: 'reject',
      filmId,
      facts: { reason: request.reject?.reasonCode ?? null },
      at: now,
    });
  }
  await deleteDraft(unit, filmId, reader.accountId);
  await dropLock(unit, filmId, reader.accountId);
  await recordEntry(unit, by, {
    action: 'review.grade',
    subjectKind: 'film',
    subjectId: filmId,
    facts: { readingId, grade: request.grade, byRule: outcome.grade },
  });
  await unit.emit({ name: 'film.graded', payload: { filmId, examId: film.exam_id, readingId } });
  return { readingId };
};

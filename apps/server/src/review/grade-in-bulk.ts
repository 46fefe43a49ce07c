import type { BulkSummary } from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import type { AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { currentStandard } from '../standards/index.ts';
import { isFilmInConsultation } from './consultation-standing.repository.ts';
import { findFilmRow, type Viewer } from './film-rows.repository.ts';
import { policyInForce } from './review-policy.ts';
import { saveReading } from './save-reading.ts';

/** Which films of a list would become 甲, and which not and why; nothing is changed. */
export const summariseBulk = async (
  unit: UnitOfWork,
  viewer: Viewer,
  filmIds: readonly string[],
): Promise<BulkSummary> => {
  const { content } = await policyInForce(unit, viewer.now);
  if (!content.isBulkAllowed) throw new AppError('REVIEW_BULK_FORBIDDEN');
  const summary: BulkSummary = { filmIds: [], refused: [] };
  for (const filmId of new Set(filmIds)) {
    const film = await findFilmRow(unit, viewer, filmId);
    const because = refusalOf(film) ?? ((await isFilmInConsultation(unit, filmId)) ? 'consultation' : null);
    if (because === null) summary.filmIds.push(filmId);
    else summary.refused.push({ filmId, because });
  }
  return summary;
};

const refusalOf = (film: Awaited<ReturnType<typeof findFilmRow>>): BulkSummary['refused'][number]['because'] | null => {
  if (!film) return 'not-found';
  if (film.isOwn) return 'own';
  if (film.state !== 'waiting') return 'graded';
  return film.lock !== null && !film.lock.isMine ? 'locked' : null;
};

/** 甲 for a list: each film is its own reading, saved by the ordinary road with all its refusals, and marked as bulk. */
export const gradeInBulk = async (
  unit: UnitOfWork,
  clock: Clock,
  viewer: Viewer,
  by: AuditActor,
  request: { filmIds: readonly string[]; standardVersion: number },
): Promise<BulkSummary> => {
  const summary = await summariseBulk(unit, viewer, request.filmIds);
  const standard = await currentStandard(unit, viewer.now);
  if (standard.version !== request.standardVersion) {
    throw new AppError('REVIEW_STALE_VERSION', { standardVersion: standard.version });
  }
  for (const filmId of summary.filmIds) {
    const film = await findFilmRow(unit, viewer, filmId);
    await saveReading(unit, clock, viewer, by, filmId, {
      ...{ marks: [], conditionsNotMet: [], places: [], note: '', grade: 'A', overrideReason: '', reject: null },
      ...{ filmVersion: film?.version ?? 0, standardVersion: standard.version, secondsSpent: 0, isBulk: true },
    });
  }
  return summary;
};

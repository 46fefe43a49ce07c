import type { OwnFilm, OwnTrend } from '@jiapian/contract';
import { DAY_MS, AppError, type Clock } from '@jiapian/kernel';
import { appealEndsAt, ownTrend } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { requireOwnFilm } from './appeal-grade.ts';
import { findAppeals } from './appeal.repository.ts';
import { asReading } from './describe-film.ts';
import { findImages } from './describe-film.repository.ts';
import { findFilmRow, type Viewer } from './film-rows.repository.ts';
import { localDay } from './make-films.ts';
import {
  countOwnMarks,
  countWeeks,
  findAcknowledgements,
  findOwnFilms,
  findTimeZone,
  insertAcknowledgement,
} from './own-films.repository.ts';
import type { Reader } from './reader.ts';
import { policyInForce } from './review-policy.ts';
import { findReadings, lockFilmRow } from './review.repository.ts';

/** Films on the page; older ones stand in the register. */
const shownFilms = 60;
const trendWeeks = 12;
const weekMs = 7 * DAY_MS;
const learnItems = 3;

/** A person's own films with the grade that counts, its reasons, and what can still be done about it. */
export const describeOwnFilms = async (
  unit: UnitOfWork,
  viewer: Viewer,
  days: { fromDay: string; toDay: string },
): Promise<OwnFilm[]> => {
  if (viewer.staffId === null) return [];
  const found = await findOwnFilms(unit, { staffId: viewer.staffId, ...days, limit: shownFilms });
  const appeals = await findAppeals(
    unit,
    found.map((film) => film.film_id),
  );
  const { content } = await policyInForce(unit, viewer.now);
  const films: OwnFilm[] = [];
  for (const { film_id, is_of_trainee } of found) {
    const film = await findFilmRow(unit, viewer, film_id);
    if (!film) continue;
    const [last] = film.state === 'graded' ? (await findReadings(unit, film_id)).filter(isDeciding) : [];
    const cover = (await findImages(unit, film.examId, film.coverSopInstanceUid))[0];
    const isAppealable = last?.kind === 'first' && !appeals.has(film_id);
    films.push({
      film,
      cover: cover ? { sopInstanceUid: cover.sopInstanceUid, rows: cover.rows, columns: cover.columns } : null,
      isOfTrainee: is_of_trainee,
      // Who graded is not shown: the answer is to the film, not to a colleague.
      reading: last ? { ...asReading(last, viewer.accountId), readerName: '' } : null,
      acknowledgedAt: null,
      appeal: appeals.get(film_id) ?? null,
      appealEndsAt: isAppealable ? appealEndsAt(last.at, content.appealWindowDays).toISOString() : null,
    });
  }
  const readingIds = films.flatMap(({ reading }) => reading?.readingId ?? []);
  const seen = await findAcknowledgements(unit, viewer.accountId, readingIds);
  return films.map((film) => ({
    ...film,
    acknowledgedAt: (film.reading && seen.get(film.reading.readingId)?.toISOString()) ?? null,
  }));
};

const isDeciding = (reading: { kind: string; act: string }): boolean =>
  reading.act === 'grade' && ['first', 'ruling', 'appeal', 'meeting', 'consultation'].includes(reading.kind);

/** The technologist has seen the grade (知道了). */
export const acknowledgeGrade = async (
  unit: UnitOfWork,
  clock: Clock,
  reader: Reader,
  by: AuditActor,
  filmId: string,
): Promise<void> => {
  const film = await lockFilmRow(unit, filmId);
  requireOwnFilm(film, reader);
  if (!film?.reading_id) throw new AppError('REVIEW_APPEAL_CLOSED');
  const readingId = film.reading_id;
  await insertAcknowledgement(unit, { readingId, accountId: reader.accountId, at: clock.now() });
  const fact = { action: 'review.grade-acknowledged', subjectKind: 'film', subjectId: filmId };
  await recordEntry(unit, by, { ...fact, facts: { readingId } });
};

/** The person's share of 甲 and 乙 over twelve weeks beside the others', who have no names. */
export const describeOwnTrend = async (unit: UnitOfWork, viewer: Viewer): Promise<OwnTrend> => {
  const { content } = await policyInForce(unit, viewer.now);
  const zone = await findTimeZone(unit);
  const sinceDay = localDay(new Date(viewer.now.getTime() - trendWeeks * weekMs), zone);
  const staffId = viewer.staffId ?? '';
  const trend = ownTrend(await countWeeks(unit, sinceDay), staffId, content.minimumCount);
  const learn = viewer.staffId === null ? [] : await countOwnMarks(unit, viewer.staffId, sinceDay, learnItems);
  return { ...trend, weeks: [...trend.weeks], minimumCount: content.minimumCount, learn };
};

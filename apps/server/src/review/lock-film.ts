import { AppError, type Clock } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { requireForeignFilm, type Reader } from './reader.ts';
import { findLock, lockFilmRow, takeLock } from './review.repository.ts';

/** A lock ends by itself after so many seconds unless it is renewed. [PD] */
export const LOCK_SECONDS = 90;

/** Takes the film for grading or renews the hold on it; refused with the holder's name while somebody else grades. */
export const lockFilm = async (unit: UnitOfWork, clock: Clock, reader: Reader, filmId: string): Promise<Date> => {
  const now = clock.now();
  const film = await lockFilmRow(unit, filmId);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  requireForeignFilm(film, reader);
  const until = new Date(now.getTime() + LOCK_SECONDS * 1000);
  if (await takeLock(unit, filmId, reader.accountId, now, until)) return until;
  const holder = await findLock(unit, filmId, now);
  throw new AppError('REVIEW_FILM_LOCKED', {
    holder: holder?.display_name ?? '',
    since: holder?.taken_at.toISOString() ?? '',
    expiresAt: holder?.expires_at.toISOString() ?? '',
  });
};

import type { ReadingRequest } from '@jiapian/contract';
import type { QueryClient } from '@tanstack/react-query';
import { asProblem } from '../api/api-problem.ts';
import type { FilmSearch } from './film-search.ts';
import { filmQueryOf, saveReading } from './review-queries.ts';
import { standardOf } from './score-sheet.ts';

export type Verdict = Pick<ReadingRequest, 'grade' | 'overrideReason' | 'reject'>;

/**
 * Saves the reading. A film that only moved on by itself in the meantime (it left the gate unread) is saved on its
 * new version; when somebody has graded it, or its position or the standard has changed, the reader has to look.
 */
export const saveOrFollow = async (
  client: QueryClient,
  filmId: string,
  request: ReadingRequest,
  search: FilmSearch,
) => {
  const judged = client.getQueryData(filmQueryOf(filmId).queryKey)?.film.positionCode;
  try {
    return await saveReading(filmId, request, search);
  } catch (error) {
    if (asProblem(error).code !== 'REVIEW_STALE_VERSION') throw error;
    const latest = await client.fetchQuery({ ...filmQueryOf(filmId), staleTime: 0 });
    const isSamePosition = latest.film.positionCode === judged;
    const isUntouched =
      latest.film.state === 'waiting' && isSamePosition && standardOf(latest).version === request.standardVersion;
    if (!isUntouched || latest.film.version === request.filmVersion) throw error;
    return saveReading(filmId, { ...request, filmVersion: latest.film.version }, search);
  }
};

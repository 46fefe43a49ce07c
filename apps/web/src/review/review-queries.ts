import {
  filmDetailSchema,
  filmPageSchema,
  lockSchema,
  nextFilmsSchema,
  savedReadingSchema,
  type ReadingDraft,
  type ReadingRequest,
} from '@jiapian/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { command, request } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { queryClient } from '../app/query-client.ts';
import { asFilmQuery, dayIn, type FilmSearch } from './film-search.ts';

/** Filters as the server takes them, on the calendar of the hospital. */
export const filmFilters = (search: FilmSearch): Record<string, string | undefined> => asFilmQuery(search, today());
export const today = (): string =>
  dayIn(queryClient.getQueryData(sessionQuery.queryKey)?.hospital.timeZone ?? 'Asia/Shanghai', new Date());

/** Rows of one page of the worklist. */
export const FILM_PAGE_SIZE = 50;

export const filmsQuery = (search: FilmSearch, cursor?: string, limit = FILM_PAGE_SIZE) =>
  queryOptions({
    queryKey: ['films', 'list', search, cursor, limit],
    queryFn: ({ signal }) =>
      request(filmPageSchema, 'GET', '/films', { query: { ...filmFilters(search), cursor, limit }, signal }),
    placeholderData: keepPreviousData,
  });

/** Not under `films`: a live event must not exchange the film under the reader's hands. */
export const filmQueryOf = (filmId: string) =>
  queryOptions({
    queryKey: ['film', filmId],
    queryFn: ({ signal }) => request(filmDetailSchema, 'GET', `/films/${filmId}`, { signal }),
    // What has just come with a saved reading is not asked for again.
    staleTime: 5_000,
    gcTime: 120_000,
  });

export const nextFilmsQuery = (filmId: string, search: FilmSearch) =>
  queryOptions({
    queryKey: ['films', 'next', filmId, search],
    queryFn: ({ signal }) =>
      request(nextFilmsSchema, 'GET', `/films/${filmId}/next`, { query: filmFilters(search), signal }),
  });

export const lockFilm = (filmId: string) => request(lockSchema, 'POST', `/films/${filmId}/lock`);
export const unlockFilm = (filmId: string) => command('DELETE', `/films/${filmId}/lock`, { keepalive: true });
export const takeOverFilm = (filmId: string) => command('POST', `/films/${filmId}/take-over`);
export const saveDraft = (filmId: string, body: ReadingDraft) =>
  request(z.object({ savedAt: z.string() }), 'PUT', `/films/${filmId}/draft`, { body, keepalive: true });
export const saveReading = (filmId: string, body: ReadingRequest, search: FilmSearch) =>
  request(savedReadingSchema, 'POST', `/films/${filmId}/readings`, { body, query: filmFilters(search) });
export const undoLastReading = () => request(z.object({ filmId: z.uuid() }), 'POST', '/films/undo');
export const correctPosition = (
  filmId: string,
  body: { positionCode: string; laterality: 'L' | 'R' | 'B' | null; remember: boolean },
) => request(filmDetailSchema, 'PUT', `/films/${filmId}/position`, { body });

import {
  exportFormatSchema,
  filmDetailSchema,
  filmPageSchema,
  filmQuery,
  nextFilmsSchema,
  positionRequest,
  uuidSchema,
  type FilmQuery,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App, Caller } from '../platform/http.ts';
import { correctPosition } from './correct-position.ts';
import { describeFilm } from './describe-film.ts';
import { exportFilms } from './export-films.ts';
import { countFilms, findFilmRow, findFilmRows, type Viewer } from './film-rows.ts';
import { medianSecondsSpent } from './review.repository.ts';

const tags = ['review'];
const reading = { permission: 'review.read' } as const;
const exportQuery = filmQuery
  .omit({ cursor: true, limit: true })
  .extend({ format: exportFormatSchema, locale: z.enum(['zh-CN', 'en']).default('zh-CN') });
const filmParams = z.object({ filmId: uuidSchema });

/** Films after this one that the workstation loads ahead. */
const PRELOADED_FILMS = 4;
/** A queue longer than this is walked from its beginning again rather than searched for the place in it. */
const QUEUE_LIMIT = 2000;

export const viewerOf = (caller: Caller, clock: Clock): Viewer => ({
  accountId: caller.accountId,
  staffId: caller.staffId,
  now: clock.now(),
});

export const filmRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/films',
    {
      config: reading,
      schema: { tags, operationId: 'listFilms', querystring: filmQuery, response: { 200: filmPageSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const viewer = viewerOf(request.caller, clock);
        const page = await findFilmRows(unit, viewer, request.query);
        const counts = await countFilms(unit, viewer, request.query);
        await recordEntry(unit, actorOf(request), {
          action: 'review.list',
          subjectKind: 'film',
          subjectId: request.query.list,
          facts: { shown: page.items.length, day: request.query.day ?? null },
        });
        return { ...page, total: counts.total, counts };
      }),
  );

  app.get(
    '/api/v1/films/export',
    {
      config: { permission: 'exams.export' },
      schema: { tags, operationId: 'exportFilms', querystring: exportQuery, response: { 200: z.any() } },
    },
    async (request, reply) => {
      const { format, locale, ...filter } = request.query;
      const { hospitalId } = request.caller;
      const file = exportFilms(database, hospitalId, viewerOf(request.caller, clock), filter, { format, locale });
      await database.withHospital(hospitalId, (unit) =>
        recordEntry(unit, actorOf(request), {
          action: 'review.export',
          subjectKind: 'film',
          subjectId: filter.list,
          facts: { format, day: filter.day ?? null },
        }),
      );
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="films.${file.extension}"`)
        .header('cache-control', 'no-store')
        .send(file.body);
    },
  );

  app.get(
    '/api/v1/films/:filmId',
    {
      config: reading,
      schema: { tags, operationId: 'getFilm', params: filmParams, response: { 200: filmDetailSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const detail = await describeFilm(unit, viewerOf(request.caller, clock), request.params.filmId);
        await recordEntry(unit, actorOf(request), {
          action: 'review.open',
          subjectKind: 'exam',
          subjectId: detail.film.examId,
          facts: { filmId: detail.film.filmId },
        });
        return detail;
      }),
  );

  app.get(
    '/api/v1/films/:filmId/next',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'getNextFilms',
        params: filmParams,
        querystring: filmQuery,
        response: { 200: nextFilmsSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const viewer = viewerOf(request.caller, clock);
        const counts = await countFilms(unit, viewer, request.query);
        const filmIds = await nextFilmIds(unit, viewer, request.query, request.params.filmId);
        return {
          filmIds,
          position: counts.total - counts.waiting + 1,
          total: counts.total,
          secondsPerFilm: await medianSecondsSpent(unit, viewer.accountId),
        };
      }),
  );

  app.put(
    '/api/v1/films/:filmId/position',
    {
      config: { permission: 'exams.correct' },
      schema: {
        tags,
        operationId: 'correctPosition',
        params: filmParams,
        body: positionRequest,
        response: { 200: filmDetailSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { filmId } = request.params;
        await correctPosition(unit, clock, actorOf(request), filmId, request.body);
        return describeFilm(unit, viewerOf(request.caller, clock), filmId);
      }),
  );
};

/** Unread films that the reader may grade and nobody else holds, from the given one on and then from the start. */
export const nextFilmIds = async (
  unit: Parameters<typeof findFilmRows>[0],
  viewer: Viewer,
  query: FilmQuery,
  filmId: string,
): Promise<string[]> => {
  const current = await findFilmRow(unit, viewer, filmId);
  if (!current) throw new AppError('REVIEW_FILM_NOT_FOUND');
  const list = query.list === 'missed' || query.list === 'due-soon' ? query.list : 'waiting';
  const { items } = await findFilmRows(unit, viewer, { ...query, list, cursor: undefined, limit: QUEUE_LIMIT });
  const free = items.filter((film) => !film.isOwn && (film.lock === null || film.lock.isMine));
  const place = free.findIndex((film) => film.filmId === filmId);
  const ahead = place < 0 ? free : [...free.slice(place + 1), ...free.slice(0, place)];
  return ahead.slice(0, PRELOADED_FILMS).map((film) => film.filmId);
};

import {
  exportFormatSchema,
  filmDetailSchema,
  filmPageSchema,
  filmQuery,
  nextFilmsSchema,
  positionRequest,
  uuidSchema,
  type FilmCounts,
  type FilmDetail,
  type FilmQuery,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { App, Caller } from '../platform/http.ts';
import { correctPosition } from './correct-position.ts';
import { describeFilm } from './describe-film.ts';
import { exportFilms } from './export-films.ts';
import { findFilmRows, findFilmsAhead } from './film-pages.repository.ts';
import { countFilms, type Viewer } from './film-rows.repository.ts';
import { medianSecondsSpent } from './review.repository.ts';

const tags = ['review'];
const reading = { permission: 'review.read' } as const;
const exportQuery = filmQuery
  .omit({ cursor: true, limit: true })
  .extend({ format: exportFormatSchema, locale: z.enum(['zh-CN', 'en']).default('zh-CN') });
const filmParams = z.object({ filmId: uuidSchema });

/** Films after this one that the workstation loads ahead. */
const PRELOADED_FILMS = 4;

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
        return { ...page, total: totalOf(request.query.list, counts), counts };
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
      database.withHospital(request.caller.hospitalId, (unit) =>
        openFilm(unit, request, viewerOf(request.caller, clock), request.params.filmId),
      ),
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
          position: counts.total - counts.notSampled - counts.waiting + 1,
          total: counts.total - counts.notSampled,
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

/** How many films the chosen list holds. */
const totalOf = (list: FilmQuery['list'], counts: FilmCounts): number =>
  ({
    all: counts.total,
    waiting: counts.waiting,
    'due-soon': counts.dueSoon,
    missed: counts.missed,
    late: counts.late,
    'not-sampled': counts.notSampled,
    rejected: counts.reject,
    graded: counts.total - counts.waiting - counts.notSampled,
  })[list];

/** A film with everything the workstation shows; that it was opened is on the trail. */
export const openFilm = async (
  unit: UnitOfWork,
  request: { caller: Caller; id: string },
  viewer: Viewer,
  filmId: string,
): Promise<FilmDetail> => {
  const detail = await describeFilm(unit, viewer, filmId);
  await recordEntry(unit, actorOf(request), {
    action: 'review.open',
    subjectKind: 'exam',
    subjectId: detail.film.examId,
    facts: { filmId },
  });
  return detail;
};

/** The films to grade after this one, in the list the reader works through. */
export const nextFilmIds = async (
  unit: UnitOfWork,
  viewer: Viewer,
  query: FilmQuery,
  filmId: string,
): Promise<string[]> => {
  const list = query.list === 'missed' || query.list === 'due-soon' ? query.list : 'waiting';
  return findFilmsAhead(unit, viewer, { ...query, list }, { filmId, count: PRELOADED_FILMS });
};

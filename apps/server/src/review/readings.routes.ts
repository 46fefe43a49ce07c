import {
  filmQuery,
  lockSchema,
  readingDraftSchema,
  readingRequest,
  savedReadingSchema,
  uuidSchema,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { asReading } from './describe-film.ts';
import { findFilmRow } from './film-rows.repository.ts';
import { nextFilmIds, openFilm, viewerOf } from './films.routes.ts';
import { lockFilm } from './lock-film.ts';
import { readerOf } from './reader.ts';
import { dropLock, findReadings, saveDraft } from './review.repository.ts';
import { saveReading } from './save-reading.ts';
import { undoReading } from './undo-reading.ts';

const tags = ['review'];
const grading = { permission: 'review.grade' } as const;
const filmParams = z.object({ filmId: uuidSchema });

export const readingRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.post(
    '/api/v1/films/:filmId/lock',
    {
      config: grading,
      schema: { tags, operationId: 'lockFilm', params: filmParams, response: { 200: lockSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { filmId } = request.params;
        const expiresAt = await lockFilm(unit, clock, readerOf(request.caller), filmId);
        await live.publishWith(unit, 'films.changed', { filmId });
        return { expiresAt: expiresAt.toISOString() };
      }),
  );

  app.delete(
    '/api/v1/films/:filmId/lock',
    {
      config: grading,
      schema: { tags, operationId: 'unlockFilm', params: filmParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { filmId } = request.params;
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await dropLock(unit, filmId, request.caller.accountId);
        await live.publishWith(unit, 'films.changed', { filmId });
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/films/:filmId/take-over',
    {
      config: { permission: 'review.unlock' },
      schema: { tags, operationId: 'takeOverFilm', params: filmParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { filmId } = request.params;
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await dropLock(unit, filmId, null);
        const fact = { action: 'review.lock-taken-over', subjectKind: 'film', subjectId: filmId };
        await recordEntry(unit, actorOf(request), fact);
        await live.publishWith(unit, 'films.changed', { filmId });
      });
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/api/v1/films/:filmId/draft',
    {
      config: grading,
      schema: {
        tags,
        operationId: 'saveDraft',
        params: filmParams,
        body: readingDraftSchema,
        response: { 200: z.object({ savedAt: z.string() }) },
      },
    },
    async (request) => {
      const savedAt = clock.now();
      const { filmId } = request.params;
      const { accountId, hospitalId } = request.caller;
      await database.withHospital(hospitalId, async (unit) => {
        const film = await findFilmRow(unit, viewerOf(request.caller, clock), filmId);
        if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
        await saveDraft(unit, filmId, accountId, JSON.stringify(request.body), savedAt);
      });
      return { savedAt: savedAt.toISOString() };
    },
  );

  app.post(
    '/api/v1/films/:filmId/readings',
    {
      config: grading,
      schema: {
        tags,
        operationId: 'saveReading',
        params: filmParams,
        querystring: filmQuery,
        body: readingRequest,
        response: { 201: savedReadingSchema },
      },
    },
    async (request, reply) => {
      const { filmId } = request.params;
      const saved = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const viewer = viewerOf(request.caller, clock);
        // Asked before the film leaves its place in the queue.
        const [nextFilmId] = await nextFilmIds(unit, viewer, request.query, filmId);
        const by = actorOf(request);
        const { readingId } = await saveReading(unit, clock, readerOf(request.caller), by, filmId, request.body);
        const film = await findFilmRow(unit, viewer, filmId);
        const row = (await findReadings(unit, filmId)).find((one) => one.reading_id === readingId);
        if (!film || !row) throw new AppError('SERVER_DEFECT', { reason: 'the reading just saved is not there' });
        const next = nextFilmId === undefined ? null : await openFilm(unit, request, viewer, nextFilmId);
        await live.publishWith(unit, 'films.changed', { filmId });
        return { reading: asReading(row, viewer.accountId), film, next };
      });
      return reply.code(201).send(saved);
    },
  );

  app.post(
    '/api/v1/films/undo',
    {
      config: grading,
      schema: { tags, operationId: 'undoReading', response: { 200: z.object({ filmId: uuidSchema }) } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const undone = await undoReading(unit, clock, readerOf(request.caller), actorOf(request));
        await live.publishWith(unit, 'films.changed', undone);
        return undone;
      }),
  );
};

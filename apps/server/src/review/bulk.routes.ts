import { bulkRequest, bulkSummarySchema, filmContextSchema, uuidSchema } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { describeContext } from './describe-context.ts';
import { viewerOf } from './films.routes.ts';
import { gradeInBulk, summariseBulk } from './grade-in-bulk.ts';

const tags = ['review'];
const grading = { permission: 'review.grade' } as const;

export const bulkRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.get(
    '/api/v1/films/:filmId/context',
    {
      config: { permission: 'review.read' },
      schema: {
        tags,
        operationId: 'getFilmContext',
        params: z.object({ filmId: uuidSchema }),
        response: { 200: filmContextSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { filmId } = request.params;
        const context = await describeContext(unit, viewerOf(request.caller, clock), filmId);
        const fact = { action: 'review.context-read', subjectKind: 'film', subjectId: filmId };
        await recordEntry(unit, actorOf(request), fact);
        return context;
      }),
  );

  app.post(
    '/api/v1/films/bulk/summary',
    {
      config: grading,
      schema: { tags, operationId: 'summariseBulk', body: bulkRequest, response: { 200: bulkSummarySchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        summariseBulk(unit, viewerOf(request.caller, clock), request.body.filmIds),
      ),
  );

  app.post(
    '/api/v1/films/bulk',
    {
      config: grading,
      schema: { tags, operationId: 'gradeInBulk', body: bulkRequest, response: { 200: bulkSummarySchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const viewer = viewerOf(request.caller, clock);
        const summary = await gradeInBulk(unit, clock, viewer, actorOf(request), request.body);
        await live.publishWith(unit, 'films.changed', {});
        return summary;
      }),
  );
};

import {
  appealRequest,
  daySchema,
  noticesSchema,
  ownFilmsSchema,
  supervisionRequest,
  supervisionsSchema,
  trendSchema,
  uuidSchema,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { currentStandard } from '../standards/index.ts';
import { appealGrade, withdrawAppeal } from './appeal-grade.ts';
import { describeNotices } from './describe-notices.ts';
import { viewerOf } from './films.routes.ts';
import { markNoticesRead } from './notice.repository.ts';
import { acknowledgeGrade, describeOwnFilms, describeOwnTrend } from './own-films.ts';
import { readerOf } from './reader.ts';
import { countStaff, findSupervisions, saveSupervision } from './supervision.repository.ts';

const tags = ['review'];
const own = { permission: 'review.read' } as const;
const appealing = { permission: 'review.appeal' } as const;
const planning = { permission: 'review.plan' } as const;
const filmParams = z.object({ filmId: uuidSchema });
const done = { 204: z.null() };

export const ownFilmRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.get(
    '/api/v1/own-films',
    {
      config: own,
      schema: {
        tags,
        operationId: 'listOwnFilms',
        querystring: z.object({ fromDay: daySchema, toDay: daySchema }),
        response: { 200: ownFilmsSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const viewer = viewerOf(request.caller, clock);
        const items = await describeOwnFilms(unit, viewer, request.query);
        await recordEntry(unit, actorOf(request), {
          action: 'review.own-films',
          subjectKind: 'film',
          subjectId: 'own',
          facts: { shown: items.length },
        });
        return { items, standard: await currentStandard(unit, viewer.now) };
      }),
  );

  app.get(
    '/api/v1/own-trend',
    { config: own, schema: { tags, operationId: 'getOwnTrend', response: { 200: trendSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        describeOwnTrend(unit, viewerOf(request.caller, clock)),
      ),
  );

  app.post(
    '/api/v1/films/:filmId/acknowledgement',
    { config: own, schema: { tags, operationId: 'acknowledgeGrade', params: filmParams, response: done } },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, (unit) =>
        acknowledgeGrade(unit, clock, readerOf(request.caller), actorOf(request), request.params.filmId),
      );
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/films/:filmId/appeal',
    {
      config: appealing,
      schema: {
        tags,
        operationId: 'appealGrade',
        params: filmParams,
        body: appealRequest,
        response: { 201: z.object({ appealId: uuidSchema }) },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      const appeal = await database.withHospital(caller.hospitalId, async (unit) => {
        const opened = await appealGrade(unit, clock, readerOf(caller), actorOf(request), params.filmId, body.reason);
        await live.publishWith(unit, 'tasks.changed', {});
        await live.publishWith(unit, 'notices.changed', {});
        return opened;
      });
      return reply.code(201).send(appeal);
    },
  );

  app.delete(
    '/api/v1/appeals/:appealId',
    {
      config: appealing,
      schema: { tags, operationId: 'withdrawAppeal', params: z.object({ appealId: uuidSchema }), response: done },
    },
    async (request, reply) => {
      const { caller, params } = request;
      await database.withHospital(caller.hospitalId, async (unit) => {
        await withdrawAppeal(unit, clock, readerOf(caller), actorOf(request), params.appealId);
        await live.publishWith(unit, 'tasks.changed', {});
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/notices',
    {
      config: { permission: 'signed-in' },
      schema: { tags, operationId: 'listNotices', response: { 200: noticesSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        describeNotices(unit, viewerOf(request.caller, clock)),
      ),
  );

  app.post(
    '/api/v1/notices/read',
    { config: { permission: 'signed-in' }, schema: { tags, operationId: 'markNoticesRead', response: done } },
    async (request, reply) => {
      const { accountId, hospitalId } = request.caller;
      await database.withHospital(hospitalId, (unit) => markNoticesRead(unit, accountId, clock.now()));
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/supervisions',
    { config: own, schema: { tags, operationId: 'listSupervisions', response: { 200: supervisionsSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({
        items: (await findSupervisions(unit)).map((row) => ({
          traineeStaffId: row.trainee_staff_id,
          traineeName: row.trainee_name,
          supervisorStaffId: row.supervisor_staff_id,
          supervisorName: row.supervisor_name,
          fromDay: row.from_day,
          toDay: row.to_day,
        })),
      })),
  );

  app.put(
    '/api/v1/supervisions',
    { config: planning, schema: { tags, operationId: 'saveSupervision', body: supervisionRequest, response: done } },
    async (request, reply) => {
      const { body } = request;
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        const isPair = (await countStaff(unit, [body.traineeStaffId, body.supervisorStaffId])) === 2;
        const isOrdered = body.toDay === null || body.toDay >= body.fromDay;
        if (!isPair || !isOrdered) throw new AppError('REVIEW_SUPERVISION_INVALID');
        await saveSupervision(unit, body);
        await recordEntry(unit, actorOf(request), {
          action: 'review.supervision-changed',
          subjectKind: 'staff',
          subjectId: body.traineeStaffId,
          facts: { ...body },
        });
      });
      return reply.code(204).send(null);
    },
  );
};

import {
  checkAgreementQuery,
  checkAgreementSchema,
  checkPolicyRequest,
  checkPolicySchema,
  checkRequest,
  checksToDoSchema,
  filmChecksSchema,
  uuidSchema,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { readerOf, viewerOf } from '../review/index.ts';
import { changeCheckPolicy, checkPolicyInForce } from './check-policy.ts';
import { describeChecksToDo, describeFilmChecks } from './describe-checks.ts';
import { measureCheckAgreement } from './measure-check-agreement.ts';
import { saveCheck } from './save-check.ts';

const tags = ['self-checks'];
const checking = { permission: 'self-checks.check' } as const;
const reading = { permission: 'review.read' } as const;
const filmParams = z.object({ filmId: uuidSchema });

export const selfCheckRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.get(
    '/api/v1/self-checks/to-do',
    { config: checking, schema: { tags, operationId: 'listChecksToDo', response: { 200: checksToDoSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const list = await describeChecksToDo(unit, viewerOf(request.caller, clock));
        await recordEntry(unit, actorOf(request), {
          action: 'self-checks.list',
          subjectKind: 'film',
          subjectId: 'to-check',
          facts: { shown: list.items.length },
        });
        return list;
      }),
  );

  app.post(
    '/api/v1/films/:filmId/checks',
    {
      config: checking,
      schema: {
        ...{ tags, operationId: 'checkFilm', params: filmParams, body: checkRequest },
        response: { 201: z.object({ checkId: uuidSchema }) },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      const saved = await database.withHospital(caller.hospitalId, async (unit) => {
        const check = await saveCheck(unit, clock, readerOf(caller), actorOf(request), params.filmId, body);
        await live.publishWith(unit, 'tasks.changed', {});
        return check;
      });
      return reply.code(201).send(saved);
    },
  );

  app.get(
    '/api/v1/films/:filmId/checks',
    {
      config: reading,
      schema: { tags, operationId: 'listFilmChecks', params: filmParams, response: { 200: filmChecksSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { filmId } = request.params;
        const { examId, ...checks } = await describeFilmChecks(unit, viewerOf(request.caller, clock), filmId);
        const fact = { action: 'self-checks.read', subjectKind: 'exam', subjectId: examId };
        await recordEntry(unit, actorOf(request), { ...fact, facts: { filmId } });
        return checks;
      }),
  );

  app.get(
    '/api/v1/self-check-agreement',
    {
      config: reading,
      schema: {
        ...{ tags, operationId: 'getCheckAgreement', querystring: checkAgreementQuery },
        response: { 200: checkAgreementSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        measureCheckAgreement(unit, viewerOf(request.caller, clock), {
          days: request.query.days,
          maySeeAll: request.caller.permissions.has('review.plan'),
        }),
      ),
  );

  app.get(
    '/api/v1/self-check-policy',
    { config: reading, schema: { tags, operationId: 'getCheckPolicy', response: { 200: checkPolicySchema } } },
    async (request) => database.withHospital(request.caller.hospitalId, checkPolicyInForce),
  );

  app.put(
    '/api/v1/self-check-policy',
    {
      config: { permission: 'review.plan' },
      schema: {
        tags,
        operationId: 'changeCheckPolicy',
        body: checkPolicyRequest,
        response: { 200: checkPolicySchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        await changeCheckPolicy(unit, clock, readerOf(request.caller), actorOf(request), request.body);
        await live.publishWith(unit, 'tasks.changed', {});
        return checkPolicyInForce(unit);
      }),
  );
};

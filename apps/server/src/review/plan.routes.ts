import {
  currentPolicySchema,
  daySchema,
  drawCheckSchema,
  drawRequest,
  drawSchema,
  policyRequest,
  samplingRateSchema,
  uuidSchema,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { describeDraws, describeRate, repeatDraw } from './describe-draws.ts';
import { drawFilms } from './draw-films.ts';
import { changePolicy, describePolicy } from './review-policy.ts';

const tags = ['review'];
const reading = { permission: 'review.read' } as const;
const planning = { permission: 'review.plan' } as const;
const daysQuery = z.object({ fromDay: daySchema, toDay: daySchema });

export const planRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.get(
    '/api/v1/review-policy',
    { config: reading, schema: { tags, operationId: 'getReviewPolicy', response: { 200: currentPolicySchema } } },
    async (request) => database.withHospital(request.caller.hospitalId, (unit) => describePolicy(unit, clock.now())),
  );

  app.put(
    '/api/v1/review-policy',
    {
      config: planning,
      schema: { tags, operationId: 'changeReviewPolicy', body: policyRequest, response: { 200: currentPolicySchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        await changePolicy(unit, clock, actorOf(request), request.body);
        return describePolicy(unit, clock.now());
      }),
  );

  app.get(
    '/api/v1/sampling-draws',
    {
      config: reading,
      schema: { tags, operationId: 'listDraws', response: { 200: z.object({ items: z.array(drawSchema) }) } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const items = await describeDraws(unit);
        const fact = { action: 'review.draws-listed', subjectKind: 'sampling-draw', subjectId: 'all' };
        await recordEntry(unit, actorOf(request), fact);
        return { items };
      }),
  );

  app.post(
    '/api/v1/sampling-draws',
    {
      config: planning,
      schema: {
        tags,
        operationId: 'drawSample',
        body: drawRequest,
        response: {
          201: z.object({ drawId: uuidSchema, drawn: z.number().int(), candidates: z.number().int() }),
        },
      },
    },
    async (request, reply) => {
      const drawn = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const made = await drawFilms(unit, clock, actorOf(request), request.body);
        await live.publishWith(unit, 'films.changed', {});
        return made;
      });
      return reply.code(201).send(drawn);
    },
  );

  app.get(
    '/api/v1/sampling-draws/:drawId/check',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'checkDraw',
        params: z.object({ drawId: uuidSchema }),
        response: { 200: drawCheckSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) => repeatDraw(unit, request.params.drawId)),
  );

  app.get(
    '/api/v1/sampling-rate',
    {
      config: reading,
      schema: { tags, operationId: 'getSamplingRate', querystring: daysQuery, response: { 200: samplingRateSchema } },
    },
    async (request) => database.withHospital(request.caller.hospitalId, (unit) => describeRate(unit, request.query)),
  );
};

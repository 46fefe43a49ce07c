import {
  arbitrationConsultationRequest,
  benchPeopleSchema,
  benchQuery,
  consultationReasonRequest,
  consultationRequest,
  consultationSchema,
  consultationsQuery,
  consultationsSchema,
  conveningRequest,
  uuidSchema,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { App, Caller } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { readerOf, viewerOf } from '../review/index.ts';
import { askConsultation, withdrawConsultation } from './ask-consultation.ts';
import { closeConsultation } from './close-consultation.ts';
import { conveneConsultation, sendArbitration } from './convene-consultation.ts';
import { describeBench, describeConsultation, describeConsultations, type Rights } from './describe-consultation.ts';

const tags = ['consultations'];
const asking = { permission: 'consultations.ask' } as const;
const chairing = { permission: 'consultations.chair' } as const;
export const consultationParams = z.object({ consultationId: uuidSchema });
const made = z.object({ consultationId: uuidSchema });
const done = { 204: z.null() };

export const rightsOf = ({ permissions }: Caller): Rights => ({
  isSenior: permissions.has('consultations.judge'),
  mayChair: permissions.has('consultations.chair'),
});

/** What changed is on every open list at once. */
export const tellConsultation = async (live: LiveEvents, unit: UnitOfWork): Promise<void> => {
  await live.publishWith(unit, 'tasks.changed', {});
  await live.publishWith(unit, 'notices.changed', {});
};

export const consultationRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.get(
    '/api/v1/consultations',
    {
      config: asking,
      schema: {
        ...{ tags, operationId: 'listConsultations', querystring: consultationsQuery },
        response: { 200: consultationsSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { list } = request.query;
        const viewer = viewerOf(request.caller, clock);
        const items = await describeConsultations(unit, viewer, rightsOf(request.caller), list);
        const fact = { action: 'consultations.list', subjectKind: 'consultation', subjectId: list };
        await recordEntry(unit, actorOf(request), { ...fact, facts: { shown: items.length } });
        return { items };
      }),
  );

  app.get(
    '/api/v1/consultations/:consultationId',
    {
      config: asking,
      schema: {
        ...{ tags, operationId: 'getConsultation', params: consultationParams },
        response: { 200: consultationSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { consultationId } = request.params;
        const viewer = viewerOf(request.caller, clock);
        const held = await describeConsultation(unit, viewer, rightsOf(request.caller), consultationId);
        const fact = { action: 'consultations.read', subjectKind: 'consultation', subjectId: consultationId };
        await recordEntry(unit, actorOf(request), fact);
        return held;
      }),
  );

  app.get(
    '/api/v1/consultation-bench',
    {
      config: chairing,
      schema: {
        ...{ tags, operationId: 'listConsultationBench', querystring: benchQuery },
        response: { 200: benchPeopleSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({
        items: await describeBench(unit, viewerOf(request.caller, clock), request.query),
      })),
  );

  app.post(
    '/api/v1/consultations',
    {
      config: asking,
      schema: { tags, operationId: 'askConsultation', body: consultationRequest, response: { 201: made } },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const asked = await database.withHospital(caller.hospitalId, async (unit) => {
        const saved = await askConsultation(unit, clock, readerOf(caller), actorOf(request), body);
        await tellConsultation(live, unit);
        return saved;
      });
      return reply.code(201).send(asked);
    },
  );

  app.post(
    '/api/v1/consultations/from-arbitration',
    {
      config: chairing,
      schema: {
        ...{ tags, operationId: 'sendArbitrationToConsultation', body: arbitrationConsultationRequest },
        response: { 201: made },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const sent = await database.withHospital(caller.hospitalId, async (unit) => {
        const saved = await sendArbitration(unit, clock, readerOf(caller), actorOf(request), body);
        await tellConsultation(live, unit);
        return saved;
      });
      return reply.code(201).send(sent);
    },
  );

  app.post(
    '/api/v1/consultations/:consultationId/withdrawal',
    {
      config: asking,
      schema: { tags, operationId: 'withdrawConsultation', params: consultationParams, response: done },
    },
    async (request, reply) => {
      const { caller, params } = request;
      await database.withHospital(caller.hospitalId, async (unit) => {
        await withdrawConsultation(unit, clock, readerOf(caller), actorOf(request), params.consultationId);
        await tellConsultation(live, unit);
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/consultations/:consultationId/bench',
    {
      config: chairing,
      schema: {
        ...{ tags, operationId: 'conveneConsultation', params: consultationParams, body: conveningRequest },
        response: done,
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      await database.withHospital(caller.hospitalId, async (unit) => {
        await conveneConsultation(unit, clock, readerOf(caller), actorOf(request), params.consultationId, body);
        await tellConsultation(live, unit);
      });
      return reply.code(204).send(null);
    },
  );

  for (const { path, operationId, event } of [
    { path: 'refusal', operationId: 'declineConsultation', event: 'declined' },
    { path: 'stop', operationId: 'stopConsultation', event: 'stopped' },
  ] as const) {
    app.post(
      `/api/v1/consultations/:consultationId/${path}`,
      {
        config: chairing,
        schema: { tags, operationId, params: consultationParams, body: consultationReasonRequest, response: done },
      },
      async (request, reply) => {
        const { caller, params, body } = request;
        const closing = { event, reason: body.reason };
        await database.withHospital(caller.hospitalId, async (unit) => {
          await closeConsultation(unit, clock, readerOf(caller), actorOf(request), params.consultationId, closing);
          await tellConsultation(live, unit);
        });
        return reply.code(204).send(null);
      },
    );
  }
};

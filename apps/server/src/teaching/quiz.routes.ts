import {
  teachingAnswerRequest,
  teachingAnswerSchema,
  teachingAttemptSchema,
  teachingAttemptsSchema,
  teachingCollectionRequest,
  teachingCollectionsSchema,
  uuidSchema,
} from '@jiapian/contract';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import { teachingViewerOf, type TeachingRouteParts } from './cases.routes.ts';
import { findCollections } from './collections.repository.ts';
import { asCollection } from './describe-case.ts';
import { answerCase, describeAttempt, describeAttempts, endAttempt, startAttempt } from './run-quiz.ts';
import { dropCollection, openCollection, putIntoCollection, takeOutOfCollection } from './save-collection.ts';

const tags = ['teaching'];
const reading = { permission: 'teaching.read' } as const;
const managing = { permission: 'teaching.manage' } as const;
const collectionParams = z.object({ collectionId: uuidSchema });
const memberParams = collectionParams.extend({ caseId: uuidSchema });
const attemptParams = z.object({ attemptId: uuidSchema });
const done = { 204: z.null() };

type Parts = Pick<TeachingRouteParts, 'database' | 'clock' | 'liveEvents'>;

export const collectionRoutes = (app: App, { database, clock, liveEvents }: Parts): void => {
  app.get(
    '/api/v1/teaching/collections',
    {
      config: reading,
      schema: { tags, operationId: 'listTeachingCollections', response: { 200: teachingCollectionsSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({
        items: (await findCollections(unit)).map(asCollection),
      })),
  );

  app.post(
    '/api/v1/teaching/collections',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'openTeachingCollection',
        body: teachingCollectionRequest,
        response: { 201: z.object({ collectionId: uuidSchema }) },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const collectionId = await database.withHospital(caller.hospitalId, async (unit) => {
        const one = { ...body, accountId: caller.accountId, at: clock.now() };
        const opened = await openCollection(unit, actorOf(request), one);
        await liveEvents.publishWith(unit, 'teaching.changed');
        return opened;
      });
      return reply.code(201).send({ collectionId });
    },
  );

  app.delete(
    '/api/v1/teaching/collections/:collectionId',
    {
      config: managing,
      schema: { tags, operationId: 'dropTeachingCollection', params: collectionParams, response: done },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await dropCollection(unit, actorOf(request), request.params.collectionId);
        await liveEvents.publishWith(unit, 'teaching.changed');
      });
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/api/v1/teaching/collections/:collectionId/cases/:caseId',
    {
      config: managing,
      schema: { tags, operationId: 'fillTeachingCollection', params: memberParams, response: done },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await putIntoCollection(unit, actorOf(request), { ...request.params, at: clock.now() });
        await liveEvents.publishWith(unit, 'teaching.changed');
      });
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/api/v1/teaching/collections/:collectionId/cases/:caseId',
    {
      config: managing,
      schema: { tags, operationId: 'emptyTeachingCollection', params: memberParams, response: done },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await takeOutOfCollection(unit, actorOf(request), request.params);
        await liveEvents.publishWith(unit, 'teaching.changed');
      });
      return reply.code(204).send(null);
    },
  );
};

export const quizRoutes = (app: App, { database, clock }: Parts): void => {
  app.post(
    '/api/v1/teaching/collections/:collectionId/attempts',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'startQuiz',
        params: collectionParams,
        response: { 201: z.object({ attemptId: uuidSchema }) },
      },
    },
    async (request, reply) => {
      const { caller, params } = request;
      const attemptId = await database.withHospital(caller.hospitalId, (unit) =>
        startAttempt(unit, { ...params, accountId: caller.accountId, at: clock.now() }),
      );
      return reply.code(201).send({ attemptId });
    },
  );

  app.get(
    '/api/v1/teaching/attempts',
    {
      config: reading,
      schema: { tags, operationId: 'listQuizRuns', response: { 200: teachingAttemptsSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({
        items: await describeAttempts(unit, teachingViewerOf(request.caller)),
      })),
  );

  app.get(
    '/api/v1/teaching/attempts/:attemptId',
    {
      config: reading,
      schema: { tags, operationId: 'getQuizRun', params: attemptParams, response: { 200: teachingAttemptSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        describeAttempt(unit, teachingViewerOf(request.caller), request.params.attemptId),
      ),
  );

  app.post(
    '/api/v1/teaching/attempts/:attemptId/answers',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'answerQuiz',
        params: attemptParams,
        body: teachingAnswerRequest,
        response: { 201: teachingAnswerSchema },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      const answer = await database.withHospital(caller.hospitalId, (unit) =>
        answerCase(unit, { ...params, ...body, accountId: caller.accountId, at: clock.now() }),
      );
      return reply.code(201).send(answer);
    },
  );

  app.post(
    '/api/v1/teaching/attempts/:attemptId/end',
    {
      config: reading,
      schema: { tags, operationId: 'endQuiz', params: attemptParams, response: done },
    },
    async (request, reply) => {
      const { caller, params } = request;
      await database.withHospital(caller.hospitalId, (unit) =>
        endAttempt(unit, { ...params, accountId: caller.accountId, at: clock.now() }),
      );
      return reply.code(204).send(null);
    },
  );
};

import {
  agreementPageSchema,
  agreementQuery,
  filmDetailSchema,
  taskListSchema,
  taskOutcomeSchema,
  taskReadingRequest,
  uuidSchema,
} from '@jiapian/contract';
import { DAY_MS, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App, Caller } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { currentStandard } from '../standards/index.ts';
import { findPairs } from './agreement.repository.ts';
import { describeTask, describeTasks } from './describe-tasks.ts';
import { viewerOf } from './films.routes.ts';
import { measureAgreement } from './measure-agreement.ts';
import { readerOf } from './reader.ts';
import { saveTaskReading } from './save-task-reading.ts';

const tags = ['review'];
const grading = { permission: 'review.grade' } as const;
const taskParams = z.object({ taskId: uuidSchema });
const mayArbitrate = (caller: Caller): boolean => caller.permissions.has('review.arbitrate');

export const taskRoutes = (app: App, database: Database, clock: Clock, live: LiveEvents): void => {
  app.get(
    '/api/v1/review-tasks',
    { config: grading, schema: { tags, operationId: 'listReviewTasks', response: { 200: taskListSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const items = await describeTasks(unit, viewerOf(request.caller, clock), mayArbitrate(request.caller));
        await recordEntry(unit, actorOf(request), {
          action: 'review.tasks-listed',
          subjectKind: 'review-task',
          subjectId: 'open',
          facts: { shown: items.length },
        });
        return { items };
      }),
  );

  app.get(
    '/api/v1/review-tasks/:taskId',
    {
      config: grading,
      schema: { tags, operationId: 'getReviewTask', params: taskParams, response: { 200: filmDetailSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { taskId } = request.params;
        const detail = await describeTask(unit, viewerOf(request.caller, clock), mayArbitrate(request.caller), taskId);
        await recordEntry(unit, actorOf(request), {
          action: 'review.task-opened',
          subjectKind: 'exam',
          subjectId: detail.film.examId,
          facts: { taskId, filmId: detail.film.filmId },
        });
        return detail;
      }),
  );

  app.post(
    '/api/v1/review-tasks/:taskId/reading',
    {
      config: grading,
      schema: {
        tags,
        operationId: 'saveTaskReading',
        params: taskParams,
        body: taskReadingRequest,
        response: { 201: taskOutcomeSchema },
      },
    },
    async (request, reply) => {
      const { caller, params } = request;
      const who = { reader: readerOf(caller), mayArbitrate: mayArbitrate(caller) };
      const outcome = await database.withHospital(caller.hospitalId, async (unit) => {
        const saved = await saveTaskReading(unit, clock, who, actorOf(request), params.taskId, request.body);
        const open = await describeTasks(unit, viewerOf(caller, clock), who.mayArbitrate);
        await live.publishWith(unit, 'tasks.changed', {});
        await live.publishWith(unit, 'notices.changed', {});
        return { ...saved, nextTaskId: open[0]?.taskId ?? null };
      });
      return reply.code(201).send(outcome);
    },
  );

  app.get(
    '/api/v1/reading-agreement',
    {
      config: { permission: 'review.arbitrate' },
      schema: {
        tags,
        operationId: 'getReadingAgreement',
        querystring: agreementQuery,
        response: { 200: agreementPageSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { kind, days } = request.query;
        const now = clock.now();
        const pairs = await findPairs(unit, kind, new Date(now.getTime() - days * DAY_MS));
        await recordEntry(unit, actorOf(request), {
          action: 'review.agreement-read',
          subjectKind: 'review-task',
          subjectId: kind,
          facts: { pairs: pairs.length },
        });
        return measureAgreement(pairs, await currentStandard(unit, now));
      }),
  );
};

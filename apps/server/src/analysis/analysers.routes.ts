import { analyserListSchema, analyserRequestBody, analyserTrialSchema, uuidSchema } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { describeAnalysers } from './describe-analysers.ts';
import { requireAnalyser, saveAnalyser } from './save-analyser.ts';
import { tryAnalyser } from './try-analyser.ts';

const tags = ['analysis'];
const managing = { permission: 'analysis.manage' } as const;
const params = z.object({ analyserId: uuidSchema });

/** Programs of others that measure pictures: the list, adding, changing, and a trial with a made picture. */
export const analyserRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/analysers',
    { config: managing, schema: { tags, operationId: 'listAnalysers', response: { 200: analyserListSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({ items: await describeAnalysers(unit) })),
  );
  app.post(
    '/api/v1/analysers',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'addAnalyser',
        body: analyserRequestBody,
        response: { 201: z.object({ analyserId: uuidSchema }) },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const analyserId = await database.withHospital(caller.hospitalId, (unit) =>
        saveAnalyser(unit, actorOf(request), null, { body, now: clock.now() }),
      );
      return reply.code(201).send({ analyserId });
    },
  );
  app.put(
    '/api/v1/analysers/:analyserId',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'changeAnalyser',
        params,
        body: analyserRequestBody,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      await database.withHospital(caller.hospitalId, (unit) =>
        saveAnalyser(unit, actorOf(request), request.params.analyserId, { body, now: clock.now() }),
      );
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/analysers/:analyserId/trial',
    {
      config: managing,
      schema: { tags, operationId: 'tryAnalyser', params, response: { 200: analyserTrialSchema } },
    },
    async (request) => {
      const { caller } = request;
      const { analyserId } = request.params;
      const analyser = await database.withHospital(caller.hospitalId, (unit) => requireAnalyser(unit, analyserId));
      const trial = await tryAnalyser(analyser);
      await database.withHospital(caller.hospitalId, (unit) =>
        recordEntry(unit, actorOf(request), {
          action: 'analysis.analyser-tried',
          subjectKind: 'analyser',
          subjectId: analyserId,
          facts: { isGood: trial.isGood, reason: trial.reason },
        }),
      );
      return trial;
    },
  );
};

import {
  correctionDecisionRequest,
  correctionPreviewSchema,
  correctionQuery,
  correctionReasonRequest,
  correctionRequest,
  correctionRulesRequest,
  correctionRulesSchema,
  correctionSchema,
  originalFactsSchema,
  pageOf,
  uidSchema,
  uuidSchema,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import { blindViewerOf, findBlindExams, refuseBlindReader } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { asCorrection } from './correction-view.ts';
import { readCorrectionPolicy, readCorrectionRules, saveCorrectionRules } from './correction-policy.ts';
import { findCorrections } from './correction.repository.ts';
import { decideCorrection } from './decide-correction.ts';
import { previewCorrection, previewDescribed } from './preview-correction.ts';
import { proposeCorrection } from './propose-correction.ts';
import { readOriginal } from './read-original.ts';
import { describeUndo, undoCorrection } from './undo-correction.ts';

const tags = ['corrections'];
const examParams = z.object({ examId: uuidSchema });
const correctionParams = z.object({ correctionId: uuidSchema });
const madeSchema = z.object({ correctionId: uuidSchema, state: z.string() });

interface Parts {
  database: Database;
  clock: Clock;
  live: LiveEvents;
}

export const correctionRoutes = (app: App, parts: Parts): void => {
  readingRoutes(app, parts);
  changingRoutes(app, parts);
  rulesRoutes(app, parts);
};

const readingRoutes = (app: App, { database, clock }: Parts): void => {
  app.get(
    '/api/v1/corrections',
    {
      config: { permission: 'exams.read' },
      schema: {
        tags,
        operationId: 'listCorrections',
        querystring: correctionQuery,
        response: { 200: pageOf(correctionSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const { list, examId } = request.query;
      const { hospitalId } = request.caller;
      const { accountId } = actorOf(request);
      return database.withHospital(hospitalId, async (unit) => {
        const rows = await findCorrections(unit, { list, examId }, page);
        const blind = await findBlindExams(
          unit,
          blindViewerOf(request.caller, clock),
          rows.map((row) => row.exam_id),
        );
        const policy = await readCorrectionPolicy(unit);
        await recordEntry(unit, actorOf(request), {
          action: 'corrections.list',
          subjectKind: examId === undefined ? 'corrections' : 'exam',
          subjectId: examId ?? 'list',
          facts: { list, rows: rows.length },
        });
        const viewer = { accountId, mayCorrect: request.caller.permissions.has('exams.correct'), policy };
        return pageFrom(
          rows,
          page,
          (row) => [row.list_key, row.correction_id],
          (row) => asCorrection(row, viewer, blind.has(row.exam_id)),
        );
      });
    },
  );

  app.get(
    '/api/v1/instances/:instance/original',
    {
      config: { permission: 'archive.read' },
      schema: {
        tags,
        operationId: 'readOriginal',
        params: z.object({ instance: uidSchema }),
        response: { 200: originalFactsSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { examId, facts } = await readOriginal(unit, request.params.instance);
        await refuseBlindReader(unit, blindViewerOf(request.caller, clock), [examId]);
        await recordEntry(unit, actorOf(request), {
          action: 'corrections.original-read',
          subjectKind: 'exam',
          subjectId: examId,
        });
        return facts;
      }),
  );
};

const changingRoutes = (app: App, { database, clock, live }: Parts): void => {
  app.post(
    '/api/v1/exams/:examId/corrections/preview',
    {
      config: { permission: 'exams.correct' },
      schema: {
        tags,
        operationId: 'previewCorrection',
        params: examParams,
        body: correctionRequest.pick({ change: true }),
        response: { 200: correctionPreviewSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { examId } = request.params;
        await refuseBlindReader(unit, blindViewerOf(request.caller, clock), [examId]);
        return previewCorrection(unit, examId, request.body.change);
      }),
  );

  app.post(
    '/api/v1/exams/:examId/corrections',
    {
      config: { permission: 'exams.correct' },
      schema: {
        tags,
        operationId: 'makeCorrection',
        params: examParams,
        body: correctionRequest,
        response: { 201: madeSchema },
      },
    },
    async (request, reply) => {
      const row = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const author = { by: actorOf(request), at: clock.now() };
        const made = await proposeCorrection(unit, request.params.examId, request.body, author);
        await publish(unit, live);
        return made;
      });
      return reply.code(201).send({ correctionId: row.correction_id, state: row.state });
    },
  );

  app.post(
    '/api/v1/corrections/:correctionId/decide',
    {
      config: { permission: 'exams.correct' },
      schema: {
        tags,
        operationId: 'decideCorrection',
        params: correctionParams,
        body: correctionDecisionRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        const decision = { ...request.body, by: actorOf(request), at: clock.now() };
        await decideCorrection(unit, request.params.correctionId, decision);
        await publish(unit, live);
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/corrections/:correctionId/undo-preview',
    {
      config: { permission: 'exams.correct' },
      schema: {
        tags,
        operationId: 'previewUndo',
        params: correctionParams,
        response: { 200: correctionPreviewSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { described } = await describeUndo(unit, request.params.correctionId);
        return previewDescribed(unit, described);
      }),
  );

  app.post(
    '/api/v1/corrections/:correctionId/undo',
    {
      config: { permission: 'exams.correct' },
      schema: {
        tags,
        operationId: 'undoCorrection',
        params: correctionParams,
        body: correctionReasonRequest,
        response: { 201: madeSchema },
      },
    },
    async (request, reply) => {
      const row = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const undo = { by: actorOf(request), reason: request.body.reason, at: clock.now() };
        const made = await undoCorrection(unit, request.params.correctionId, undo);
        await publish(unit, live);
        return made;
      });
      return reply.code(201).send({ correctionId: row.correction_id, state: row.state });
    },
  );
};

const rulesRoutes = (app: App, { database, clock }: Parts): void => {
  app.get(
    '/api/v1/corrections/rules',
    {
      config: { permission: 'exams.read' },
      schema: { tags, operationId: 'getCorrectionRules', response: { 200: correctionRulesSchema } },
    },
    async (request) => database.withHospital(request.caller.hospitalId, readCorrectionRules),
  );

  app.put(
    '/api/v1/corrections/rules',
    {
      config: { permission: 'organization.manage' },
      schema: {
        tags,
        operationId: 'changeCorrectionRules',
        body: correctionRulesRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, (unit) =>
        saveCorrectionRules(unit, actorOf(request), request.body, clock.now()),
      );
      return reply.code(204).send(null);
    },
  );
};

const publish = async (unit: Parameters<LiveEvents['publishWith']>[0], live: LiveEvents): Promise<void> => {
  for (const name of ['exams.changed', 'films.changed', 'gate.changed', 'forwards.changed'] as const)
    await live.publishWith(unit, name);
};

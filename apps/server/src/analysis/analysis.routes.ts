import {
  answerFindingRequest,
  backlogSchema,
  dayRangeQuery,
  distributionQuery,
  distributionSchema,
  dosePageSchema,
  doseQuery,
  exposureQuery,
  exposureSchema,
  filmAnalysisSchema,
  metricListSchema,
  patientDoseSchema,
  ruleListSchema,
  typedDoseRequest,
  uuidSchema,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { answersBeforeSilence } from '@jiapian/rules';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import { blindViewerOf, recordViewing } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { answerFinding } from './answer-finding.ts';
import { describeDistribution } from './describe-distribution.ts';
import { describeDose, describePatientDose } from './describe-dose.ts';
import { describeExposure } from './describe-exposure.ts';
import { describeExamAnalysis, describeFilmAnalysis } from './describe-film-analysis.ts';
import { describeRules, liftSilence } from './describe-rules.ts';
import { findMetrics } from './statistics.repository.ts';
import { countBacklog } from './tasks.repository.ts';
import { typeDose } from './type-dose.ts';

const tags = ['analysis'];
const reading = { permission: 'analysis.read' } as const;
const done = { 204: z.null() };

export const analysisRoutes = (app: App, database: Database, clock: Clock): void => {
  filmRoutes(app, database, clock);
  ruleRoutes(app, database, clock);
  statisticsRoutes(app, database, clock);
};

const filmRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/films/:filmId/analysis',
    {
      config: { permission: 'review.read' },
      schema: {
        tags,
        operationId: 'getFilmAnalysis',
        params: z.object({ filmId: uuidSchema }),
        response: { 200: filmAnalysisSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { filmId } = request.params;
        const { examId, ...analysis } = await describeFilmAnalysis(unit, filmId, request.caller.accountId);
        await recordViewing(unit, actorOf(request), examId, clock.now());
        return analysis;
      }),
  );
  app.get(
    '/api/v1/exams/:examId/analysis',
    {
      config: { permission: 'exams.read' },
      schema: {
        tags,
        operationId: 'getExamAnalysis',
        params: z.object({ examId: uuidSchema }),
        response: { 200: filmAnalysisSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { examId } = request.params;
        await recordViewing(unit, actorOf(request), examId, clock.now());
        return describeExamAnalysis(unit, examId, null, request.caller.accountId);
      }),
  );
  app.get(
    '/api/v1/exams/:examId/patient-dose',
    {
      config: { permission: 'exams.read' },
      schema: {
        tags,
        operationId: 'getPatientDose',
        params: z.object({ examId: uuidSchema }),
        response: { 200: patientDoseSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { examId } = request.params;
        const dose = await describePatientDose(unit, examId);
        if (dose.exams.length === 0) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
        await recordViewing(unit, actorOf(request), examId, clock.now());
        return dose;
      }),
  );
  app.post(
    '/api/v1/exams/:examId/typed-dose',
    {
      config: { permission: 'exams.correct' },
      schema: {
        tags,
        operationId: 'typeDose',
        params: z.object({ examId: uuidSchema }),
        body: typedDoseRequest,
        response: done,
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      const { accountId, name } = caller;
      await database.withHospital(caller.hospitalId, (unit) =>
        typeDose(unit, clock, actorOf(request), { ...params, ...body, accountId, name }),
      );
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/findings/:findingId/answer',
    {
      config: { permission: 'review.grade' },
      schema: {
        tags,
        operationId: 'answerFinding',
        params: z.object({ findingId: uuidSchema }),
        body: answerFindingRequest,
        response: done,
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      await database.withHospital(caller.hospitalId, (unit) =>
        answerFinding(unit, clock, actorOf(request), {
          findingId: params.findingId,
          answer: body.answer,
          accountId: caller.accountId,
        }),
      );
      return reply.code(204).send(null);
    },
  );
};

const ruleRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/analysis/rules',
    { config: reading, schema: { tags, operationId: 'listFindingRules', response: { 200: ruleListSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({
        items: await describeRules(unit, clock.now()),
        answersBeforeSilence,
      })),
  );
  app.delete(
    '/api/v1/analysis/rules/:rule/silence',
    {
      config: { permission: 'analysis.manage' },
      schema: {
        tags,
        operationId: 'liftRuleSilence',
        params: z.object({ rule: z.string().min(1).max(64) }),
        response: done,
      },
    },
    async (request, reply) => {
      const { caller, params } = request;
      await database.withHospital(caller.hospitalId, async (unit) => {
        await liftSilence(unit, { rule: params.rule, accountId: caller.accountId, now: clock.now() });
        await recordEntry(unit, actorOf(request), {
          action: 'analysis.silence-lifted',
          subjectKind: 'rule',
          subjectId: params.rule,
          facts: {},
        });
      });
      return reply.code(204).send(null);
    },
  );
};

const statisticsRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/analysis/metrics',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listMetrics',
        querystring: z.object(dayRangeQuery),
        response: { 200: metricListSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({
        items: await findMetrics(unit, request.query),
      })),
  );
  app.get(
    '/api/v1/analysis/distribution',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'getDistribution',
        querystring: distributionQuery,
        response: { 200: distributionSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        describeDistribution(unit, { ...request.query, viewer: blindViewerOf(request.caller, clock) }),
      ),
  );
  app.get(
    '/api/v1/analysis/exposure',
    {
      config: reading,
      schema: { tags, operationId: 'getExposure', querystring: exposureQuery, response: { 200: exposureSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) => describeExposure(unit, request.query)),
  );
  app.get(
    '/api/v1/analysis/dose',
    {
      config: reading,
      schema: { tags, operationId: 'getDose', querystring: doseQuery, response: { 200: dosePageSchema } },
    },
    async (request) => database.withHospital(request.caller.hospitalId, (unit) => describeDose(unit, request.query)),
  );
  app.get(
    '/api/v1/analysis/backlog',
    { config: reading, schema: { tags, operationId: 'getAnalysisBacklog', response: { 200: backlogSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { oldestQueuedAt, ...counts } = await countBacklog(unit, clock.now());
        return { ...counts, oldestQueuedAt: oldestQueuedAt?.toISOString() ?? null };
      }),
  );
};

import {
  examDetailSchema,
  examQuery,
  examRowSchema,
  examSeriesQuery,
  exportFormatSchema,
  instanceSchema,
  pageOf,
  technologistRequest,
  uidSchema,
  uuidSchema,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/app.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { assignTechnologist } from './assign-technologist.ts';
import { completeExam } from './complete-exams.ts';
import { loadExamDetail, loadInstances } from './exam-detail.repository.ts';
import { asExamRow, loadExamRows } from './exam-rows.repository.ts';
import { exportExams } from './export-exams.ts';
import { blindViewerOf } from './blind-viewer.ts';
import { findHidden, maskExam, maskExamDetail } from './mask-exam.ts';
import { countExams, decodeExamCursor, encodeExamCursor, findExamKeys } from './find-exams.repository.ts';

const tags = ['exams'];
const examParams = z.object({ examId: uuidSchema });
const exportQuery = examQuery
  .omit({ cursor: true, limit: true })
  .extend({ format: exportFormatSchema, locale: z.enum(['zh-CN', 'en']).default('zh-CN') });

export interface ExamRouteParts {
  database: Database;
  clock: Clock;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
}

export const examRoutes = (app: App, parts: ExamRouteParts): void => {
  readingRoutes(app, parts);
  changingRoutes(app, parts);
};

const readingRoutes = (app: App, { database, clock }: ExamRouteParts): void => {
  app.get(
    '/api/v1/exams',
    {
      config: { permission: 'exams.read' },
      schema: { tags, operationId: 'listExams', querystring: examQuery, response: { 200: pageOf(examRowSchema) } },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query;
      const after = cursor === undefined ? null : decodeExamCursor(cursor);
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const keys = await findExamKeys(unit, filter, { after, limit: limit + 1 });
        const shown = keys.slice(0, limit);
        const rows = await loadExamRows(
          unit,
          shown.map(({ examId }) => examId),
        );
        const last = keys.length > limit ? shown.at(-1) : undefined;
        const isWhole = after === null && last === undefined;
        const total = isWhole ? shown.length : await countExams(unit, filter);
        const facts = { ...filter, rows: rows.length, isFirstPage: after === null };
        await recordEntry(unit, actorOf(request), {
          action: 'exams.list',
          subjectKind: 'exams',
          subjectId: 'list',
          facts,
        });
        const viewer = blindViewerOf(request.caller, clock);
        const hidden = await findHidden(
          unit,
          viewer,
          rows.map((row) => row.exam_id),
        );
        const items = rows.map((row) => maskExam(asExamRow(row), viewer, hidden));
        return { items, nextCursor: last === undefined ? null : encodeExamCursor(last), total };
      });
    },
  );

  app.get(
    '/api/v1/exams/export',
    {
      config: { permission: 'exams.export' },
      schema: { tags, operationId: 'exportExams', querystring: exportQuery, response: { 200: z.unknown() } },
    },
    async (request, reply) => {
      const { format, locale, ...filter } = request.query;
      const { hospitalId } = request.caller;
      await database.withHospital(hospitalId, (unit) =>
        recordEntry(unit, actorOf(request), {
          action: 'exams.export',
          subjectKind: 'exams',
          subjectId: 'list',
          facts: { ...filter, format },
        }),
      );
      const file = exportExams(database, { hospitalId, ...blindViewerOf(request.caller, clock) }, filter, {
        format,
        locale,
      });
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="exams.${file.extension}"`)
        .header('cache-control', 'no-store')
        .send(file.body);
    },
  );

  app.get(
    '/api/v1/exams/:examId',
    {
      config: { permission: 'exams.read' },
      schema: { tags, operationId: 'readExam', params: examParams, response: { 200: examDetailSchema } },
    },
    async (request) => {
      const { examId } = request.params;
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const detail = await loadExamDetail(unit, examId);
        await recordEntry(unit, actorOf(request), { action: 'exams.read', subjectKind: 'exam', subjectId: examId });
        const viewer = blindViewerOf(request.caller, clock);
        return maskExamDetail(detail, viewer, await findHidden(unit, viewer, [examId]));
      });
    },
  );

  app.get(
    '/api/v1/exams/:examId/series/:seriesInstanceUid/instances',
    {
      config: { permission: 'exams.read' },
      schema: {
        tags,
        operationId: 'listInstances',
        params: z.object({ examId: uuidSchema, seriesInstanceUid: uidSchema }),
        querystring: examSeriesQuery,
        response: { 200: pageOf(instanceSchema) },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      const offset = cursor === undefined ? 0 : Number(cursor);
      if (!Number.isSafeInteger(offset) || offset < 0) throw new AppError('REQUEST_INVALID', { reason: 'cursor' });
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const found = await loadInstances(unit, request.params, { offset, limit: limit + 1 });
        const items = found.slice(0, limit);
        return { items, nextCursor: found.length > limit ? String(offset + limit) : null, total: null };
      });
    },
  );
};

const changingRoutes = (app: App, { database, clock, liveEvents }: ExamRouteParts): void => {
  app.put(
    '/api/v1/exams/:examId/technologist',
    {
      config: { permission: 'exams.correct' },
      schema: {
        tags,
        operationId: 'assignTechnologist',
        params: examParams,
        body: technologistRequest,
        response: { 200: examRowSchema },
      },
    },
    async (request) => {
      const { examId } = request.params;
      const { staffId, remember } = request.body;
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const assignment = { examId, staffId, isRemembered: remember, now: clock.now() };
        await assignTechnologist(unit, actorOf(request), assignment);
        await liveEvents.publishWith(unit, 'exams.changed');
        const [row] = await loadExamRows(unit, [examId]);
        if (row === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
        const viewer = blindViewerOf(request.caller, clock);
        return maskExam(asExamRow(row), viewer, await findHidden(unit, viewer, [examId]));
      });
    },
  );

  app.post(
    '/api/v1/exams/:examId/complete',
    {
      config: { permission: 'exams.correct' },
      schema: { tags, operationId: 'completeExam', params: examParams, response: { 200: examRowSchema } },
    },
    async (request) => {
      const { examId } = request.params;
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        await completeExam(unit, actorOf(request), examId, { now: clock.now(), liveEvents });
        const [row] = await loadExamRows(unit, [examId]);
        if (row === undefined) throw new AppError('EXAMS_EXAM_NOT_FOUND', { examId });
        const viewer = blindViewerOf(request.caller, clock);
        return maskExam(asExamRow(row), viewer, await findHidden(unit, viewer, [examId]));
      });
    },
  );
};

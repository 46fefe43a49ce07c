import {
  driftQuery,
  driftSchema,
  filmComplianceSchema,
  pageOf,
  uuidSchema,
  violationExportQuery,
  violationQuery,
  violationSchema,
} from '@jiapian/contract';
import { type Clock, DAY_MS } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import { recordViewing } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { listPageOf, pageFrom, rowsOf } from '../platform/list-page.ts';
import { asVerdict, describeDrift, describeExamCompliance, describeFilmCompliance } from './describe-compliance.ts';
import { enter } from './enter.ts';
import { exportViolations } from './export-violations.ts';
import { findViolations } from './verdicts.repository.ts';

const tags = ['protocols'];
const reading = { permission: 'protocols.read' } as const;

export const complianceRoutes = (app: App, database: Database, clock: Clock): void => {
  const sinceDays = (days: number): Date => new Date(clock.now().getTime() - days * DAY_MS);

  app.get(
    '/api/v1/films/:filmId/compliance',
    {
      config: { permission: 'review.read' },
      schema: {
        tags,
        operationId: 'getFilmCompliance',
        params: z.object({ filmId: uuidSchema }),
        response: { 200: filmComplianceSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { examId, ...compliance } = await describeFilmCompliance(unit, request.params.filmId);
        await recordViewing(unit, actorOf(request), examId, clock.now());
        return compliance;
      }),
  );

  app.get(
    '/api/v1/exams/:examId/compliance',
    {
      config: { permission: 'exams.read' },
      schema: {
        tags,
        operationId: 'getExamCompliance',
        params: z.object({ examId: uuidSchema }),
        response: { 200: filmComplianceSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        await recordViewing(unit, actorOf(request), request.params.examId, clock.now());
        return describeExamCompliance(unit, request.params.examId);
      }),
  );

  app.get(
    '/api/v1/protocols/devices/:deviceId/drift',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'getParameterDrift',
        params: z.object({ deviceId: uuidSchema }),
        querystring: driftQuery,
        response: { 200: driftSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        describeDrift(unit, request.params.deviceId, sinceDays(request.query.days)),
      ),
  );

  app.get(
    '/api/v1/protocols/violations',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listViolations',
        querystring: violationQuery,
        response: { 200: pageOf(violationSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const [examAt, verdictId] = page.after ?? [];
      const after = examAt === undefined || verdictId === undefined ? null : { examAt, verdictId };
      const { deviceId, verdict, days } = request.query;
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const rows = await findViolations(
          unit,
          { deviceId, verdict, since: sinceDays(days) },
          { after, limit: rowsOf(page) },
        );
        await enter(unit, actorOf(request), 'violations-read', 'violations', { rows: rows.length });
        return pageFrom(
          rows,
          page,
          (row) => [row.examAt.toISOString(), row.verdictId],
          (row) => ({
            ...asVerdict(row),
            examId: row.examId,
            examAt: row.examAt.toISOString(),
            accessionNumber: row.accessionNumber,
            deviceName: row.deviceName,
          }),
        );
      });
    },
  );

  app.get(
    '/api/v1/protocols/violations/export',
    {
      config: { permission: 'protocols.manage' },
      schema: {
        tags,
        operationId: 'exportViolations',
        querystring: violationExportQuery,
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const { deviceId, verdict, days, format, locale } = request.query;
      const file = await database.withHospital(request.caller.hospitalId, (unit) =>
        exportViolations(unit, actorOf(request), { deviceId, verdict, since: sinceDays(days), format, locale }),
      );
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="parameter-deviations.${file.extension}"`)
        .header('cache-control', 'no-store')
        .send(file.body);
    },
  );
};

import {
  exportFormatSchema,
  hiddenRejectSchema,
  pageOf,
  rateQuery,
  rejectRatesSchema,
  spanQuery,
} from '@jiapian/contract';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { exportRates } from './export-rates.ts';
import { readRejectRates } from './reject-rates.ts';
import { findHiddenRejects } from './reject-rates.repository.ts';

const tags = ['release'];
const reading = { permission: 'release.read' } as const;
const HIDDEN_MAX = 500;

export const rejectRateRoutes = (app: App, database: Database): void => {
  app.get(
    '/api/v1/release/reject-rates',
    {
      config: reading,
      schema: { tags, operationId: 'getRejectRates', querystring: rateQuery, response: { 200: rejectRatesSchema } },
    },
    async (request) => database.withHospital(request.caller.hospitalId, (unit) => readRejectRates(unit, request.query)),
  );

  app.get(
    '/api/v1/release/reject-rates/export',
    {
      config: { permission: 'exams.export' },
      schema: {
        tags,
        operationId: 'exportRejectRates',
        querystring: rateQuery.extend({
          format: exportFormatSchema,
          locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
        }),
        response: { 200: z.any() },
      },
    },
    async (request, reply) => {
      const { format, locale, ...asked } = request.query;
      const rates = await database.withHospital(request.caller.hospitalId, async (unit) => {
        await recordEntry(unit, actorOf(request), {
          action: 'release.rates-exported',
          subjectKind: 'reject-rate',
          subjectId: asked.by,
          facts: { ...asked, format },
        });
        return readRejectRates(unit, asked);
      });
      const file = exportRates(rates, format, locale);
      return reply
        .header('content-type', file.contentType)
        .header('content-disposition', `attachment; filename="reject-rates.${format}"`)
        .send(file.body);
    },
  );

  app.get(
    '/api/v1/release/hidden-rejects',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listHiddenRejects',
        querystring: spanQuery,
        response: { 200: pageOf(hiddenRejectSchema) },
      },
    },
    async (request) => {
      const rows = await database.withHospital(request.caller.hospitalId, (unit) =>
        findHiddenRejects(unit, request.query, HIDDEN_MAX),
      );
      const items = rows.map((row) => ({
        day: row.day,
        shift: row.shift,
        deviceName: row.device,
        source: row.source,
        examId: row.exam_id,
        accessionNumber: row.accession_number,
        exposures: row.exposures,
        images: row.images,
      }));
      return { items, nextCursor: null, total: items.length };
    },
  );
};

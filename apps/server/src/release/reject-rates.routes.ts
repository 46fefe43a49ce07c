import {
  exportFormatSchema,
  hiddenRejectSchema,
  pageOf,
  rateQuery,
  rejectRatesSchema,
  spanQuery,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { exportRates } from './export-rates.ts';
import { findHiddenRejects } from './hidden-rejects.repository.ts';
import { readRejectRates } from './reject-rates.ts';

const tags = ['release'];
const reading = { permission: 'release.read' } as const;
/** An image may still be on its way for so long after its exam or step last changed, ms. [PD] */
const SETTLED_AFTER_MS = 600_000;

export const rejectRateRoutes = (app: App, database: Database, clock: Clock): void => {
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
      const { cursor, limit, ...span } = request.query;
      const page = listPageOf({ cursor, limit });
      const settledBefore = new Date(clock.now().getTime() - SETTLED_AFTER_MS);
      const rows = await database.withHospital(request.caller.hospitalId, async (unit) => {
        await recordEntry(unit, actorOf(request), {
          action: 'release.hidden-rejects-read',
          subjectKind: 'exams',
          subjectId: 'list',
          facts: span,
        });
        return findHiddenRejects(unit, { ...span, settledBefore }, page);
      });
      return pageFrom(
        rows,
        page,
        (row) => [row.sort_key, row.id],
        (row) => ({
          day: row.day,
          shift: row.shift,
          deviceName: row.device,
          source: row.source,
          examId: row.exam_id,
          accessionNumber: row.accession_number,
          exposures: row.exposures,
          images: row.images,
        }),
      );
    },
  );
};

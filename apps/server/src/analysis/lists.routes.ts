import {
  exportFormatSchema,
  type MeasuredFilm,
  measuredFilmExportQuery,
  measuredFilmPageSchema,
  measuredFilmQuery,
  PAGE_LIMIT_MAX,
  ruleWeekQuery,
  ruleWeekSchema,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import { type ExportFile, pdfReply, renderPdf } from '../bulletins/index.ts';
import { blindViewerOf } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { describeMeasuredFilms, type MeasuredFilmsAsked } from './describe-measured-films.ts';
import { describeRuleWeek } from './describe-rule-week.ts';
import { exportMeasuredFilms, exportRuleWeek } from './export-analysis.ts';
import { findHospitalName } from './hospital-name.repository.ts';
import { printRuleWeek } from './print-rule-week.ts';

const tags = ['analysis'];
const reading = { permission: 'analysis.read' } as const;
const exporting = { permission: 'exams.export' } as const;
const localeSchema = z.enum(['zh-CN', 'en']).default('zh-CN');

/** Measured films by a figure, and the card of a week: on the screen, on paper and as a file. */
export const analysisListRoutes = (app: App, database: Database, clock: Clock): void => {
  filmRoutes(app, database, clock);
  weekRoutes(app, database, clock);
};

const filmRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/analysis/films',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listMeasuredFilms',
        querystring: measuredFilmQuery,
        response: { 200: measuredFilmPageSchema },
      },
    },
    async (request) => {
      const { cursor, limit, ...asked } = request.query;
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const page = await describeMeasuredFilms(
          unit,
          { ...asked, viewer: blindViewerOf(request.caller, clock) },
          { cursor, limit },
        );
        await recordEntry(unit, actorOf(request), {
          action: 'analysis.films-listed',
          subjectKind: 'exams',
          subjectId: 'list',
          facts: { ...asked, films: page.items.length, at: clock.now().toISOString() },
        });
        return page;
      });
    },
  );
  app.get(
    '/api/v1/analysis/films/export',
    {
      config: exporting,
      schema: {
        tags,
        operationId: 'exportMeasuredFilms',
        querystring: measuredFilmExportQuery,
        response: { 200: z.any() },
      },
    },
    async (request, reply) => {
      const { format, locale, ...asked } = request.query;
      const { hospitalId } = request.caller;
      await database.withHospital(hospitalId, (unit) =>
        recordEntry(unit, actorOf(request), {
          action: 'analysis.films-exported',
          subjectKind: 'exams',
          subjectId: 'list',
          facts: { ...asked, format },
        }),
      );
      const rows = allFilms(database, hospitalId, { ...asked, viewer: blindViewerOf(request.caller, clock) });
      return fileReply(reply, 'measured-films', exportMeasuredFilms(rows, asked.columns, format, locale));
    },
  );
};

async function* allFilms(
  database: Database,
  hospitalId: string,
  asked: MeasuredFilmsAsked,
): AsyncGenerator<MeasuredFilm> {
  let cursor: string | undefined;
  do {
    const page = await database.withHospital(hospitalId, (unit) =>
      describeMeasuredFilms(unit, asked, { cursor, limit: PAGE_LIMIT_MAX }),
    );
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const weekRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/analysis/rules/week',
    {
      config: reading,
      schema: { tags, operationId: 'getRuleWeek', querystring: ruleWeekQuery, response: { 200: ruleWeekSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) => describeRuleWeek(unit, request.query.day)),
  );
  app.get(
    '/api/v1/analysis/rules/week/export',
    {
      config: exporting,
      schema: {
        tags,
        operationId: 'exportRuleWeek',
        querystring: ruleWeekQuery.extend({ format: exportFormatSchema, locale: localeSchema }),
        response: { 200: z.any() },
      },
    },
    async (request, reply) => {
      const { day, format, locale } = request.query;
      const week = await database.withHospital(request.caller.hospitalId, async (unit) => {
        await recordEntry(unit, actorOf(request), weekEntry(day, format));
        return describeRuleWeek(unit, day);
      });
      return fileReply(reply, `hints-${week.fromDay}`, exportRuleWeek(week, format, locale));
    },
  );
  app.get(
    '/api/v1/analysis/rules/week/print',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'printRuleWeek',
        querystring: ruleWeekQuery.extend({ locale: localeSchema }),
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const { day, locale } = request.query;
      const card = await database.withHospital(request.caller.hospitalId, async (unit) => {
        await recordEntry(unit, actorOf(request), weekEntry(day, 'pdf'));
        const week = await describeRuleWeek(unit, day);
        const hospitalName = await findHospitalName(unit, locale);
        return printRuleWeek(week, { locale, hospitalName, madeAt: clock.now() });
      });
      return pdfReply(reply, 'hints', await renderPdf(card));
    },
  );
};

const weekEntry = (day: string, format: string) => ({
  action: 'analysis.rules-exported',
  subjectKind: 'rule',
  subjectId: day,
  facts: { format },
});

const fileReply = (reply: FastifyReply, name: string, { body, contentType, extension }: ExportFile): FastifyReply =>
  reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="${name}.${extension}"`)
    .send(body);

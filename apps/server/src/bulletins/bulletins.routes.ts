import { auditExportQuery, exportShownRequest } from '@jiapian/contract';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { exportAudit } from './export-audit.ts';
import { exportRows } from './export-rows.ts';

export const bulletinRoutes = (app: App, database: Database): void => {
  exportShown(app, database);
  exportTrail(app, database);
};

/** Short lists have no query to repeat: the page sends what it shows and gets it back as a file. */
const exportShown = (app: App, database: Database): void => {
  app.post(
    '/api/v1/exports',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags: ['bulletins'],
        operationId: 'exportShown',
        body: exportShownRequest,
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const { name, format, titles, rows } = request.body;
      await database.withHospital(request.caller.hospitalId, (unit) =>
        recordEntry(unit, actorOf(request), {
          action: 'bulletins.export',
          subjectKind: 'list',
          subjectId: name,
          facts: { rows: rows.length, format },
        }),
      );
      const columns = titles.map((title, index) => ({ title, value: (row: string[]) => row[index] ?? '' }));
      const file = exportRows(format, columns, rows);
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="${name}.${file.extension}"`)
        .header('cache-control', 'no-store')
        .send(file.body);
    },
  );
};

const exportTrail = (app: App, database: Database): void => {
  app.get(
    '/api/v1/audit/export',
    {
      config: { permission: 'audit.read' },
      schema: {
        tags: ['audit'],
        operationId: 'exportAudit',
        querystring: auditExportQuery,
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const { format, locale, ...filter } = request.query;
      const { hospitalId } = request.caller;
      await database.withHospital(hospitalId, (unit) =>
        recordEntry(unit, actorOf(request), {
          action: 'audit.export',
          subjectKind: 'audit',
          subjectId: 'list',
          facts: { ...filter, format },
        }),
      );
      const file = exportAudit(database, hospitalId, filter, { format, locale });
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="audit.${file.extension}"`)
        .header('cache-control', 'no-store')
        .send(file.body);
    },
  );
};

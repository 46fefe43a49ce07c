import {
  followIncidentRequest,
  incidentExportQuery,
  incidentQuery,
  incidentSchema,
  openIncidentRequest,
  pageOf,
  uuidSchema,
  type Incident,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom, rowsOf } from '../platform/list-page.ts';
import { exportIncidents } from './export-incidents.ts';
import { listIncidents, type IncidentRow } from './incidents.repository.ts';
import { followIncident, openIncident } from './register-incident.ts';

const tags = ['standards'];

export const incidentRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/incidents',
    {
      config: { permission: 'review.read' },
      schema: {
        tags,
        operationId: 'listIncidents',
        querystring: incidentQuery,
        response: { 200: pageOf(incidentSchema) },
      },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const [openedAt, incidentId] = page.after ?? [];
      const after = openedAt === undefined || incidentId === undefined ? null : { openedAt, incidentId };
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const rows = await listIncidents(unit, { state: request.query.state, after, limit: rowsOf(page) });
        await recordEntry(unit, actorOf(request), {
          action: 'standards.incidents-read',
          subjectKind: 'list',
          subjectId: 'incidents',
          facts: { rows: rows.length },
        });
        return pageFrom(rows, page, (row) => [row.opened_at.toISOString(), row.incident_id], asIncident);
      });
    },
  );

  app.post(
    '/api/v1/incidents',
    {
      config: { permission: 'review.grade' },
      schema: { tags, operationId: 'openIncident', body: openIncidentRequest, response: { 201: incidentSchema } },
    },
    async (request, reply) => {
      const { kind, severity, happenedAt, examId, description } = request.body;
      const given = { kind, severity, description, happenedAt: new Date(happenedAt), examId: examId ?? null };
      const row = await database.withHospital(request.caller.hospitalId, (unit) =>
        openIncident(unit, actorOf(request), { ...given, at: clock.now() }),
      );
      return reply.code(201).send(asIncident(row));
    },
  );

  app.put(
    '/api/v1/incidents/:incidentId',
    {
      config: { permission: 'review.plan' },
      schema: {
        tags,
        operationId: 'followIncident',
        params: z.object({ incidentId: uuidSchema }),
        body: followIncidentRequest,
        response: { 200: incidentSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) =>
        asIncident(
          await followIncident(unit, actorOf(request), { ...request.params, ...request.body, at: clock.now() }),
        ),
      ),
  );

  app.get(
    '/api/v1/incidents/export',
    {
      config: { permission: 'review.plan' },
      schema: {
        tags,
        operationId: 'exportIncidents',
        querystring: incidentExportQuery,
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const file = await database.withHospital(request.caller.hospitalId, (unit) =>
        exportIncidents(unit, actorOf(request), request.query),
      );
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="incidents.${file.extension}"`)
        .header('cache-control', 'no-store')
        .send(file.body);
    },
  );
};

const asIncident = (row: IncidentRow): Incident => ({
  incidentId: row.incident_id,
  kind: row.kind as Incident['kind'],
  severity: row.severity,
  happenedAt: row.happened_at.toISOString(),
  openedAt: row.opened_at.toISOString(),
  openedByName: row.opener_name,
  examId: row.exam_id,
  filmId: row.film_id,
  accessionNumber: row.accession_number ?? '',
  description: row.description,
  followUp: row.follow_up,
  closedAt: row.closed_at?.toISOString() ?? null,
  closedByName: row.closer_name,
  version: row.version,
});

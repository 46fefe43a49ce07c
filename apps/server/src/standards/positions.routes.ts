import {
  hospitalPositionSchema,
  importPositionsRequest,
  pageOf,
  positionImportSchema,
  positionSetSchema,
  savePositionRequest,
  saveSetRequest,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { changePosition, changeSet, readSets } from './change-position.ts';
import { importPositions } from './import-positions.ts';
import { listPositions } from './positions.repository.ts';

const tags = ['standards'];
const read = { permission: 'standards.read' } as const;
const manage = { permission: 'standards.manage' } as const;
const codeParams = z.object({ code: z.string().max(20) });

export const positionRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/positions',
    {
      config: read,
      schema: { tags, operationId: 'listOwnPositions', response: { 200: pageOf(hospitalPositionSchema) } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const rows = await listPositions(unit);
        const items = rows.map((row) => ({
          content: row.content as z.infer<typeof hospitalPositionSchema>['content'],
          isVerified: row.is_verified,
          version: row.version,
          changedAt: row.changed_at.toISOString(),
          changedByName: row.display_name,
        }));
        return { items, nextCursor: null, total: items.length };
      }),
  );

  app.put(
    '/api/v1/positions/:code',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'savePosition',
        params: codeParams,
        body: savePositionRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { content, version, isVerified } = request.body;
      const position = { ...content, code: request.params.code };
      await database.withHospital(request.caller.hospitalId, (unit) =>
        changePosition(unit, actorOf(request), { position, version, isVerified, at: clock.now() }),
      );
      return reply.code(204).send(null);
    },
  );
  setRoutes(app, database, clock);
};

const setRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/position-sets',
    {
      config: read,
      schema: { tags, operationId: 'listPositionSets', response: { 200: pageOf(positionSetSchema) } },
    },
    async (request) => {
      const items = await database.withHospital(request.caller.hospitalId, readSets);
      return { items, nextCursor: null, total: items.length };
    },
  );

  app.put(
    '/api/v1/position-sets/:code',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'savePositionSet',
        params: codeParams,
        body: saveSetRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, (unit) =>
        changeSet(unit, actorOf(request), { ...request.params, ...request.body, at: clock.now() }),
      );
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/position-sets/:code/import',
    {
      config: manage,
      schema: {
        tags,
        operationId: 'importPositionSet',
        params: codeParams,
        body: importPositionsRequest,
        response: { 200: positionImportSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        importPositions(unit, actorOf(request), {
          setCode: request.params.code,
          ...request.body,
          at: clock.now(),
        }),
      ),
  );
};

import {
  conflictSchema,
  doorSchema,
  pageOf,
  pageQuery,
  quarantineContentSchema,
  quarantineDismissRequest,
  quarantinedObjectSchema,
  quarantineQuery,
  quarantineRetryResponse,
} from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { describeContent } from './describe-content.ts';
import { dismissQuarantined, retryQuarantined, type QuarantineParts } from './decide-quarantined.ts';
import {
  findQuarantined,
  listConflicts,
  listQuarantined,
  markConflictSeen,
  type QuarantineRow,
} from './intake.repository.ts';
import { rebuildReceived } from './rebuild-received.ts';

const config = { permission: 'intake.quarantine' } as const;
const tags = ['intake'];
const params = z.object({ objectId: z.string().max(64) });

/** What could not be entered into the register, and what was kept apart, with what people may do about it. */
export const quarantineRoutes = (app: App, parts: QuarantineParts & { liveEvents: LiveEvents }): void => {
  const { database, store, clock, liveEvents } = parts;
  const changed = (hospitalId: string): Promise<void> => liveEvents.publish(hospitalId, 'quarantine.changed');

  app.get(
    '/api/v1/quarantine',
    {
      config,
      schema: {
        tags,
        operationId: 'listQuarantine',
        querystring: quarantineQuery,
        response: { 200: pageOf(quarantinedObjectSchema) },
      },
    },
    async ({ caller, query: { state, cursor, limit } }) => {
      const rows = await database.withHospital(caller.hospitalId, (unit) =>
        listQuarantined(unit, { state, after: cursor, limit: limit + 1 }),
      );
      return page(rows, limit, asQuarantined);
    },
  );

  app.get(
    '/api/v1/quarantine/:objectId/content',
    {
      config,
      schema: { tags, operationId: 'readQuarantinedContent', params, response: { 200: quarantineContentSchema } },
    },
    async (request) => {
      const { objectId } = request.params;
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        if ((await findQuarantined(unit, objectId)) === undefined) throw notFound(objectId);
        await recordEntry(unit, actorOf(request), {
          action: 'intake.look',
          subjectKind: 'object',
          subjectId: objectId,
        });
      });
      const received = await rebuildReceived(store, objectId);
      if (received === undefined) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { objectId });
      return describeContent(received);
    },
  );

  app.post(
    '/api/v1/quarantine/:objectId/retry',
    { config, schema: { tags, operationId: 'retryQuarantined', params, response: { 200: quarantineRetryResponse } } },
    async (request) => {
      const { hospitalId } = request.caller;
      const outcome = await retryQuarantined(parts, {
        hospitalId,
        objectId: request.params.objectId,
        by: actorOf(request),
      });
      await changed(hospitalId);
      return { outcome: outcome.kind, reason: outcome.kind === 'quarantined' ? outcome.reason : null };
    },
  );

  app.post(
    '/api/v1/quarantine/:objectId/dismiss',
    {
      config,
      schema: {
        tags,
        operationId: 'dismissQuarantined',
        params,
        body: quarantineDismissRequest,
        response: { 200: quarantinedObjectSchema },
      },
    },
    async (request) => {
      const { hospitalId } = request.caller;
      const { objectId } = request.params;
      await dismissQuarantined(parts, { hospitalId, objectId, by: actorOf(request), note: request.body.note });
      await changed(hospitalId);
      const row = await database.withHospital(hospitalId, (unit) => findQuarantined(unit, objectId));
      if (row === undefined) throw notFound(objectId);
      return asQuarantined(row);
    },
  );

  app.get(
    '/api/v1/conflicts',
    {
      config,
      schema: {
        tags,
        operationId: 'listConflicts',
        querystring: z.object(pageQuery),
        response: { 200: pageOf(conflictSchema) },
      },
    },
    async ({ caller, query: { cursor, limit } }) => {
      const rows = await database.withHospital(caller.hospitalId, (unit) =>
        listConflicts(unit, { after: cursor, limit: limit + 1 }),
      );
      return page(rows, limit, (row) => ({
        ...row,
        receivedAt: row.receivedAt.toISOString(),
        seenAt: row.seenAt?.toISOString() ?? null,
      }));
    },
  );

  app.post(
    '/api/v1/conflicts/:objectId/seen',
    { config, schema: { tags, operationId: 'markConflictSeen', params, response: { 204: z.null() } } },
    async (request, reply) => {
      const { hospitalId } = request.caller;
      const { objectId } = request.params;
      await database.withHospital(hospitalId, async (unit) => {
        const by = actorOf(request);
        if (!(await markConflictSeen(unit, { objectId, at: clock.now(), by: by.accountId }))) throw notFound(objectId);
        await recordEntry(unit, by, { action: 'intake.see-conflict', subjectKind: 'object', subjectId: objectId });
      });
      await changed(hospitalId);
      return reply.code(204).send(null);
    },
  );
};

/** Rows come one beyond the page; the id of its last row is where the next begins. */
const page = <Row extends { objectId: string }, Item>(
  rows: readonly Row[],
  limit: number,
  asItem: (row: Row) => Item,
) => {
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(asItem),
    nextCursor: rows.length > limit ? (shown.at(-1)?.objectId ?? null) : null,
    total: null,
  };
};

const asQuarantined = (row: QuarantineRow) => ({
  ...row,
  door: doorSchema.parse(row.door),
  sizeBytes: Number(row.sizeBytes),
  receivedAt: row.receivedAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
});

const notFound = (objectId: string): AppError => new AppError('INTAKE_QUARANTINE_NOT_FOUND', { objectId });

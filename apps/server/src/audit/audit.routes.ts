import { auditEntrySchema, auditQuery, auditVerificationSchema, pageOf } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { asAuditEntry } from './audit-entry.ts';
import { findEntries } from './audit.repository.ts';
import { actorOf, recordEntry } from './record-entry.ts';
import { verifyChain } from './verify-chain.ts';

export const auditRoutes = (app: App, database: Database): void => {
  app.get(
    '/api/v1/audit',
    {
      config: { permission: 'audit.read' },
      schema: {
        tags: ['audit'],
        operationId: 'listAuditEntries',
        querystring: auditQuery,
        response: { 200: pageOf(auditEntrySchema) },
      },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query;
      const rows = await database.withHospital(request.caller.hospitalId, (unit) =>
        findEntries(unit, { ...filter, before: positionOf(cursor), limit: limit + 1 }),
      );
      const items = rows.slice(0, limit).map(asAuditEntry);
      const last = items.at(-1);
      return { items, nextCursor: rows.length > limit && last ? String(last.auditId) : null, total: null };
    },
  );

  app.get(
    '/api/v1/audit/verification',
    {
      config: { permission: 'audit.read' },
      schema: { tags: ['audit'], operationId: 'verifyAuditChain', response: { 200: auditVerificationSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const verification = await verifyChain(unit);
        await recordEntry(unit, actorOf(request), {
          action: 'audit.verify',
          subjectKind: 'audit',
          subjectId: 'chain',
          facts: { isIntact: verification.isIntact },
        });
        return verification;
      }),
  );
};

/** A page begins behind an entry's number; anything else did not come from here. */
const positionOf = (cursor: string | undefined): number | undefined => {
  if (cursor === undefined) return undefined;
  const position = Number(cursor);
  if (!Number.isSafeInteger(position)) throw new AppError('REQUEST_INVALID', { reason: 'cursor' });
  return position;
};

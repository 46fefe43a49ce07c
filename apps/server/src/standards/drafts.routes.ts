import {
  beginDraftRequest,
  pageOf,
  publishDraftRequest,
  saveDraftRequest,
  standardDraftSchema,
  uuidSchema,
  versionSchema,
  type StandardDraft,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { standardChanges, type ReviewStandard } from '@jiapian/rules';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { beginDraft, dropDraft, openDraft, saveDraft } from './edit-draft.ts';
import { faultsOf, publishDraft } from './publish-draft.ts';
import { findVersion, listDrafts, type DraftRow } from './standards.repository.ts';

const tags = ['standards'];
const config = { permission: 'standards.manage' } as const;
const params = z.object({ draftId: uuidSchema });
/** A department has one draft on the table, seldom two. */
const DRAFTS_SHOWN = 50;

export const draftRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/standards/drafts',
    { config, schema: { tags, operationId: 'listStandardDrafts', response: { 200: pageOf(standardDraftSchema) } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const items: StandardDraft[] = [];
        for (const row of await listDrafts(unit, DRAFTS_SHOWN)) items.push(await asDraft(unit, row));
        return { items, nextCursor: null, total: items.length };
      }),
  );

  app.post(
    '/api/v1/standards/drafts',
    {
      config,
      schema: {
        tags,
        operationId: 'beginStandardDraft',
        body: beginDraftRequest,
        response: { 201: standardDraftSchema },
      },
    },
    async (request, reply) => {
      const draft = await database.withHospital(request.caller.hospitalId, async (unit) =>
        asDraft(unit, await beginDraft(unit, actorOf(request), { ...request.body, at: clock.now() })),
      );
      return reply.code(201).send(draft);
    },
  );

  app.get(
    '/api/v1/standards/drafts/:draftId',
    { config, schema: { tags, operationId: 'getStandardDraft', params, response: { 200: standardDraftSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) =>
        asDraft(unit, await openDraft(unit, request.params.draftId)),
      ),
  );

  app.put(
    '/api/v1/standards/drafts/:draftId',
    {
      config,
      schema: {
        tags,
        operationId: 'saveStandardDraft',
        params,
        body: saveDraftRequest,
        response: { 200: standardDraftSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { version, content } = request.body;
        const change = { ...request.params, version, content: content as ReviewStandard, at: clock.now() };
        return asDraft(unit, await saveDraft(unit, actorOf(request), change));
      }),
  );

  app.delete(
    '/api/v1/standards/drafts/:draftId',
    { config, schema: { tags, operationId: 'deleteStandardDraft', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, (unit) =>
        dropDraft(unit, actorOf(request), request.params.draftId),
      );
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/standards/drafts/:draftId/publication',
    {
      config,
      schema: {
        tags,
        operationId: 'publishStandardDraft',
        params,
        body: publishDraftRequest,
        response: { 201: z.object({ version: versionSchema }) },
      },
    },
    async (request, reply) => {
      const { version, effectiveFrom, note } = request.body;
      const publication = {
        ...request.params,
        version,
        effectiveFrom: effectiveFrom === undefined ? null : new Date(effectiveFrom),
        note,
        at: clock.now(),
      };
      const published = await database.withHospital(request.caller.hospitalId, (unit) =>
        publishDraft(unit, actorOf(request), publication),
      );
      return reply.code(201).send({ version: published });
    },
  );
};

const asDraft = async (unit: UnitOfWork, row: DraftRow): Promise<StandardDraft> => {
  const content = row.content as unknown as ReviewStandard;
  const base = await findVersion(unit, row.based_on_version);
  return {
    draftId: row.draft_id,
    basedOnVersion: row.based_on_version,
    content: content as StandardDraft['content'],
    version: row.version,
    changedAt: row.changed_at.toISOString(),
    changedByName: row.display_name,
    faults: faultsOf(content),
    changes: base ? standardChanges(base, content) : [],
  };
};

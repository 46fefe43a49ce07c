import { uidSchema } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import type { RegisterOutcome } from '../exams/index.ts';
import type { DurableObject } from './durable-object.ts';
import type { OpenDoors } from './open-doors.ts';
import { boundaryOf, readMultipart } from './multipart-related.ts';
import { receiveFile } from './receive-file.ts';

/** Most parts of one request; a client with more sends more requests. */
const PARTS_LIMIT = 10_000;
/** How long a request waits for the register before it answers for durability alone, ms. */
const OUTCOME_WITHIN_MS = 5_000;

/** Failure reasons of PS3.18 table I.2-2. */
const failureReasons = { processingFailure: 0x0110, cannotUnderstand: 0xc000, outOfResources: 0xa700 } as const;

const responseSchema = z.record(z.string(), z.unknown());

/** STOW-RS, Store Transaction (PS3.18 section 10.5): `multipart/related; type="application/dicom"`. */
export const stowRoutes = (app: App, doors: OpenDoors, database: Database): void => {
  const schema = {
    tags: ['dicomweb'],
    consumes: ['multipart/related'],
    produces: ['application/dicom+json'],
    response: { 200: responseSchema, 202: responseSchema, 409: responseSchema },
  };
  const config = { permission: 'intake.upload' } as const;
  app.post(
    '/dicomweb/studies',
    { config, schema: { ...schema, operationId: 'storeInstances' } },
    async (request, reply) => answer(reply, await store(request, doors, database)),
  );
  app.post(
    '/dicomweb/studies/:studyInstanceUid',
    {
      config,
      schema: { ...schema, operationId: 'storeInstancesOfStudy', params: z.object({ studyInstanceUid: uidSchema }) },
    },
    async (request, reply) => answer(reply, await store(request, doors, database)),
  );
};

interface StoredPart {
  received: DurableObject | undefined;
  outcome: RegisterOutcome | undefined;
  failureReason: number | undefined;
}

const store = async (request: FastifyRequest, doors: OpenDoors, database: Database): Promise<StoredPart[]> => {
  const contentType = request.headers['content-type'] ?? '';
  if (!/^multipart\/related\b/iu.test(contentType))
    throw new AppError('REQUEST_INVALID', { reason: 'multipart-related-wanted' });
  const source = {
    door: 'stow',
    callingAeTitle: '',
    calledAeTitle: '',
    remoteAddress: request.ip,
    fileName: '',
  } as const;
  const stored: StoredPart[] = [];
  for await (const part of readMultipart(request.body as Readable, boundaryOf(contentType))) {
    if (stored.length >= PARTS_LIMIT) throw new AppError('REQUEST_TOO_LARGE', { parts: PARTS_LIMIT });
    const type = part.headers.get('content-type') ?? '';
    if (type !== '' && !/^application\/(dicom|octet-stream)\b/iu.test(type)) {
      throw new AppError('REQUEST_INVALID', { reason: 'part-type', type });
    }
    stored.push(await storePart(doors, source, part.content));
  }
  for (const part of stored) {
    if (part.received !== undefined) part.outcome = await doors.outcomes.of(part.received.objectId, OUTCOME_WITHIN_MS);
  }
  await recordStored(request, database, stored);
  return stored;
};

const storePart = async (
  doors: OpenDoors,
  source: Parameters<typeof receiveFile>[1],
  content: AsyncIterable<Uint8Array>,
): Promise<StoredPart> => {
  try {
    return {
      received: await receiveFile(doors.corridor, source, content),
      outcome: undefined,
      failureReason: undefined,
    };
  } catch (cause) {
    // A request that is broken off or malformed ends here; a full disk is this part's failure alone.
    if (!(cause instanceof AppError) || cause.kind === 'invalid') throw cause;
    const reason =
      cause.kind === 'limit' || cause.kind === 'unavailable'
        ? failureReasons.outOfResources
        : failureReasons.processingFailure;
    return { received: undefined, outcome: undefined, failureReason: reason };
  }
};

const recordStored = async (
  request: FastifyRequest,
  database: Database,
  stored: readonly StoredPart[],
): Promise<void> => {
  const objectIds = stored.flatMap(({ received }) => (received === undefined ? [] : [received.objectId]));
  await database
    .withHospital(request.caller.hospitalId, (unit) =>
      recordEntry(unit, actorOf(request), {
        action: 'intake.store',
        subjectKind: 'request',
        subjectId: request.id,
        facts: { objects: objectIds.length },
      }),
    )
    // What is durable is answered for, also while the database is away.
    .catch((cause: unknown) => {
      if (!(cause instanceof AppError && cause.kind === 'unavailable')) throw cause;
    });
};

/** PS3.18 table 10.5.3-1: 200 all stored, 202 some, 409 none. */
const answer = (reply: FastifyReply, parts: readonly StoredPart[]) => {
  if (parts.length === 0) throw new AppError('REQUEST_INVALID', { reason: 'no-parts' });
  const failed = parts.filter((part) => reasonOf(part) !== undefined);
  const kept = parts.filter((part) => reasonOf(part) === undefined);
  const body = {
    '00081198': {
      vr: 'SQ',
      Value: failed.map((part) => ({ ...reference(part), '00081197': { vr: 'US', Value: [reasonOf(part)] } })),
    },
    '00081199': { vr: 'SQ', Value: kept.map(reference) },
  };
  const status = failed.length === 0 ? 200 : kept.length === 0 ? 409 : 202;
  return reply.code(status).type('application/dicom+json').serializer(JSON.stringify).send(body);
};

const reasonOf = ({ outcome, failureReason }: StoredPart): number | undefined =>
  failureReason ?? (outcome?.kind === 'quarantined' ? failureReasons.cannotUnderstand : undefined);

const reference = ({ received }: StoredPart) => ({
  ...(received?.sopClassUid === undefined ? {} : { '00081150': { vr: 'UI', Value: [received.sopClassUid] } }),
  ...(received?.sopInstanceUid === undefined ? {} : { '00081155': { vr: 'UI', Value: [received.sopInstanceUid] } }),
});

import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { startUploadResponse, uploadFileSchema, uploadSchema, uuidSchema, type UploadFile } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { z } from 'zod';
import type { RegisterOutcome } from '../exams/index.ts';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { findUpload, findUploadFile, listUploadFiles, recordUploadFile, startUpload } from './intake.repository.ts';
import type { OpenDoors } from './open-doors.ts';
import { receiveUpload, type UploadedFile } from './receive-upload.ts';

/** How long a file waits for the register before it counts as received, ms. */
const OUTCOME_WITHIN_MS = 10_000;

const config = { permission: 'intake.upload' } as const;
const tags = ['intake'];
const params = z.object({ uploadId: uuidSchema });
const fileQuery = z.object({
  fileKey: z.string().min(1).max(500),
  /** With its folders, as the browser names it. */
  fileName: z.string().min(1).max(1000),
  /** The command line comes through this door as well, and says so. */
  door: z.enum(['upload', 'import']).default('upload'),
});

/** Files, folders and archives from the browser, file by file: after a break the client asks what has arrived. */
export const uploadRoutes = (app: App, doors: OpenDoors, database: Database): void => {
  app.post(
    '/api/v1/uploads',
    { config, schema: { tags, operationId: 'startUpload', response: { 201: startUploadResponse } } },
    async ({ caller }, reply) => {
      const uploadId = randomUUID();
      await database.withHospital(caller.hospitalId, (unit) => startUpload(unit, uploadId, caller.accountId));
      return reply.code(201).send({ uploadId });
    },
  );

  app.get(
    '/api/v1/uploads/:uploadId',
    { config, schema: { tags, operationId: 'readUpload', params, response: { 200: uploadSchema } } },
    async ({ caller, params: { uploadId } }) =>
      database.withHospital(caller.hospitalId, async (unit) => {
        if ((await findUpload(unit, uploadId, caller.accountId)) === undefined) throw notFound(uploadId);
        return { uploadId, files: await listUploadFiles(unit, uploadId) };
      }),
  );

  app.put(
    '/api/v1/uploads/:uploadId/files',
    {
      config,
      schema: {
        tags,
        operationId: 'uploadFile',
        consumes: ['application/octet-stream', 'application/dicom', 'application/zip'],
        params,
        querystring: fileQuery,
        response: { 200: uploadFileSchema },
      },
    },
    async (request) => {
      const { caller, params: wanted, query } = request;
      const { uploadId } = wanted;
      const arrived = await database.withHospital(caller.hospitalId, async (unit) => {
        if ((await findUpload(unit, uploadId, caller.accountId)) === undefined) throw notFound(uploadId);
        return findUploadFile(unit, uploadId, query.fileKey);
      });
      if (arrived !== undefined) return arrived;
      const source = {
        door: query.door,
        callingAeTitle: '',
        calledAeTitle: '',
        remoteAddress: request.ip,
        fileName: query.fileName,
      };
      const body = contentOf(request.body);
      const uploaded = await receiveUpload(doors, source, body);
      const { fileKey, fileName } = query;
      const file = { fileKey, fileName, ...(await summarize(uploaded, doors)) };
      await database.withHospital(caller.hospitalId, async (unit) => {
        const sizeBytes = uploaded.received.reduce((sum, object) => sum + object.sizeBytes, 0);
        await recordUploadFile(unit, uploadId, { ...file, sizeBytes });
        await recordEntry(unit, actorOf(request), {
          action: 'intake.upload',
          subjectKind: 'upload',
          subjectId: uploadId,
          facts: { objects: file.objects, outcome: file.outcome },
        });
      });
      return file;
    },
  );
};

/** A body that no stream parser took is no file. */
const contentOf = (body: unknown): Readable => {
  if (body === null || typeof body !== 'object' || !(Symbol.asyncIterator in body)) {
    throw new AppError('REQUEST_INVALID', { reason: 'file-bytes-wanted' });
  }
  return body as Readable;
};

const summarize = async (
  { isArchive, received, refusal }: UploadedFile,
  { outcomes }: OpenDoors,
): Promise<Pick<UploadFile, 'outcome' | 'reason' | 'objects'>> => {
  const known: (RegisterOutcome | undefined)[] = [];
  for (const { objectId } of received) known.push(await outcomes.of(objectId, OUTCOME_WITHIN_MS));
  if (isArchive || received.length === 0) {
    const unread = known.filter((outcome) => outcome?.kind === 'quarantined').length;
    return {
      outcome: 'archive',
      reason: refusal ?? (unread > 0 ? `quarantined: ${unread}` : null),
      objects: received.length,
    };
  }
  const [only] = known;
  const reason = only?.kind === 'quarantined' ? only.reason : null;
  return { outcome: only === undefined || only.kind === 'registered' ? 'received' : only.kind, reason, objects: 1 };
};

const notFound = (uploadId: string): AppError => new AppError('INTAKE_UPLOAD_NOT_FOUND', { uploadId });

import {
  frameQuery,
  pageOf,
  teachingCaseQuery,
  teachingCaseRequest,
  teachingCaseRowSchema,
  teachingCaseSchema,
  teachingCleaningRequest,
  teachingDecisionRequest,
  teachingWordsRequest,
  uuidSchema,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { frameReply, type Frames } from '../analysis/index.ts';
import { actorOf, recordEntry } from '../audit/index.ts';
import { blindViewerOf } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import type { Caller } from '../platform/caller.ts';
import type { Database } from '../platform/database.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { findCases } from './cases.repository.ts';
import { changeWords, cleanAgain, decideCase } from './change-case.ts';
import { asCaseRow, describeCase, requireSeen, type TeachingViewer } from './describe-case.ts';
import { findObjects, type StoredObject } from './objects.repository.ts';
import { requestCase } from './request-case.ts';
import type { TeachingStore } from './teaching-store.ts';

const tags = ['teaching'];
const reading = { permission: 'teaching.read' } as const;
const managing = { permission: 'teaching.manage' } as const;
const caseParams = z.object({ caseId: uuidSchema });
const imageParams = caseParams.extend({ number: z.coerce.number().int().min(1) });
const done = { 204: z.null() };

export interface TeachingRouteParts {
  database: Database;
  clock: Clock;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
  store: TeachingStore;
  frames: Frames;
}

export const teachingViewerOf = ({ accountId, permissions }: Caller): TeachingViewer => ({
  accountId,
  isManager: permissions.has('teaching.manage'),
});

export const caseRoutes = (app: App, parts: TeachingRouteParts): void => {
  readingRoutes(app, parts);
  imageRoutes(app, parts);
  managingRoutes(app, parts);
};

const readingRoutes = (app: App, { database }: TeachingRouteParts): void => {
  app.get(
    '/api/v1/teaching/cases',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listTeachingCases',
        querystring: teachingCaseQuery,
        response: { 200: pageOf(teachingCaseRowSchema) },
      },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query;
      const page = listPageOf({ cursor, limit });
      const rows = await database.withHospital(request.caller.hospitalId, (unit) =>
        findCases(unit, filter, teachingViewerOf(request.caller), page),
      );
      return pageFrom(rows, page, (row) => [row.requested_text, row.case_id], asCaseRow);
    },
  );

  app.get(
    '/api/v1/teaching/cases/:caseId',
    {
      config: reading,
      schema: { tags, operationId: 'getTeachingCase', params: caseParams, response: { 200: teachingCaseSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        describeCase(unit, teachingViewerOf(request.caller), request.params.caseId),
      ),
  );
};

const imageRoutes = (app: App, { database, store, frames }: TeachingRouteParts): void => {
  const find = (caller: Caller, { caseId, number }: z.infer<typeof imageParams>): Promise<StoredObject> =>
    database.withHospital(caller.hospitalId, async (unit) => {
      await requireSeen(unit, teachingViewerOf(caller), caseId);
      const object = (await findObjects(unit, caseId)).find((one) => one.number === number);
      if (!object) throw new AppError('TEACHING_CASE_NOT_FOUND', { caseId, number });
      return object;
    });

  app.get(
    '/api/v1/teaching/cases/:caseId/images/:number/frames/:frame',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'readTeachingFrame',
        params: imageParams.extend({ frame: z.coerce.number().int().min(0) }),
        querystring: frameQuery,
        response: { 200: z.unknown().describe('Samples, row-major, little endian; the head is in Jiapian-Frame.') },
      },
    },
    async (request, reply) => {
      const { frame } = request.params;
      const object = await find(request.caller, request.params);
      if (frame >= object.number_of_frames)
        throw new AppError('DICOM_FRAME_NOT_FOUND', { frameIndex: frame, numberOfFrames: object.number_of_frames });
      const decoded = await frames.frame(frameObjectOf(object), frame, request.query.reduce, 'viewer');
      return frameReply(reply.header('cache-control', 'private, no-cache'), decoded);
    },
  );

  app.get(
    '/api/v1/teaching/cases/:caseId/images/:number/thumbnail',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'readTeachingThumbnail',
        params: imageParams,
        response: { 200: z.unknown().describe('PNG, 96 pixels at its longer edge.') },
      },
    },
    async (request, reply) => {
      const object = await find(request.caller, request.params);
      const png = Buffer.from(await frames.thumbnail(frameObjectOf(object)));
      return reply.type('image/png').header('cache-control', 'private, no-cache').send(png);
    },
  );

  app.get(
    '/api/v1/teaching/cases/:caseId/images/:number/file',
    {
      config: { permission: 'teaching.download' },
      schema: {
        tags,
        operationId: 'downloadTeachingFile',
        params: imageParams,
        response: { 200: z.unknown().describe('The de-identified DICOM file.') },
      },
    },
    async (request, reply) => {
      const { caseId, number } = request.params;
      const object = await find(request.caller, request.params);
      await database.withHospital(request.caller.hospitalId, (unit) =>
        recordEntry(unit, actorOf(request), {
          action: 'teaching.file-downloaded',
          subjectKind: 'teaching-case',
          subjectId: caseId,
          facts: { number },
        }),
      );
      return reply
        .type('application/dicom')
        .header('content-length', object.size_bytes)
        .header('content-disposition', `attachment; filename="${object.sop_instance_uid}.dcm"`)
        .send(await store.stream(object.object_id));
    },
  );
};

const frameObjectOf = (object: StoredObject) => ({
  objectId: object.object_id,
  dataSetOffset: object.data_set_offset,
  transferSyntaxUid: object.transfer_syntax_uid,
  numberOfFrames: object.number_of_frames,
});

const managingRoutes = (app: App, { database, clock, liveEvents, store }: TeachingRouteParts): void => {
  app.post(
    '/api/v1/teaching/cases',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'requestTeachingCase',
        body: teachingCaseRequest,
        response: { 201: z.object({ caseId: uuidSchema }) },
      },
    },
    async (request, reply) => {
      const { filmId, title, explanation, tags: labels, ...cleaning } = request.body;
      const words = { title, explanation, tags: labels };
      const caseId = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const viewer = blindViewerOf(request.caller, clock);
        const made = await requestCase(unit, viewer, actorOf(request), { filmId, words, cleaning });
        await liveEvents.publishWith(unit, 'teaching.changed', { caseId: made });
        return made;
      });
      return reply.code(201).send({ caseId });
    },
  );

  app.put(
    '/api/v1/teaching/cases/:caseId/words',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'describeTeachingCase',
        params: caseParams,
        body: teachingWordsRequest,
        response: done,
      },
    },
    async (request, reply) => {
      const { version, ...words } = request.body;
      const { caseId } = request.params;
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await changeWords(unit, actorOf(request), { caseId, version, words });
        await liveEvents.publishWith(unit, 'teaching.changed', { caseId });
      });
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/api/v1/teaching/cases/:caseId/cleaning',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'cleanTeachingCase',
        params: caseParams,
        body: teachingCleaningRequest,
        response: done,
      },
    },
    async (request, reply) => {
      const { version, ...cleaning } = request.body;
      const { caseId } = request.params;
      const dropped = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const files = await cleanAgain(unit, actorOf(request), { caseId, version, cleaning });
        await liveEvents.publishWith(unit, 'teaching.changed', { caseId });
        return files;
      });
      for (const objectId of dropped) await store.remove(objectId);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/teaching/cases/:caseId/decision',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'decideTeachingCase',
        params: caseParams,
        body: teachingDecisionRequest,
        response: done,
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      const decision = { ...params, ...body, accountId: caller.accountId, at: clock.now() };
      const dropped = await database.withHospital(caller.hospitalId, async (unit) => {
        const files = await decideCase(unit, actorOf(request), decision);
        await liveEvents.publishWith(unit, 'teaching.changed', params);
        return files;
      });
      for (const objectId of dropped) await store.remove(objectId);
      return reply.code(204).send(null);
    },
  );
};

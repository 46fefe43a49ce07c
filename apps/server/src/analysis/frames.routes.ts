import { frameQuery, uidSchema } from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import { blindViewerOf, findBlindExams, findInstance, recordViewing, type RegisteredInstance } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { priorities, type Priority } from './decode-pool.ts';
import { frameReply } from './frame-reply.ts';
import type { Frames } from './frames.ts';
import { maskCorners } from './mask-corners.ts';

const tags = ['archive'];
/** Changes when the same bytes would be decoded or averaged differently: browsers keep frames for good. */
const decoderVersion = 1;
const keepForGood = 'private, max-age=31536000, immutable';
/** A masked picture is asked for again each time: once the reading is saved it is another one. */
const askAgain = 'private, no-cache';
const isPriority = (text: unknown): text is Priority => typeof text === 'string' && text in priorities;

export interface FrameRouteParts {
  database: Database;
  clock: Clock;
  frames: Frames;
}

export const frameRoutes = (app: App, { database, clock, frames }: FrameRouteParts): void => {
  const find = (
    request: FastifyRequest,
    sopInstanceUid: string,
  ): Promise<{ instance: RegisteredInstance; isMasked: boolean }> =>
    database.withHospital(request.caller.hospitalId, async (unit) => {
      const instance = await findInstance(unit, sopInstanceUid);
      const blind = await findBlindExams(unit, blindViewerOf(request.caller, clock), [instance.examId]);
      await recordViewing(unit, actorOf(request), instance.examId, clock.now());
      return { instance, isMasked: blind.size > 0 };
    });

  app.get(
    '/api/v1/instances/:sopInstanceUid/frames/:frame',
    {
      config: { permission: 'archive.read' },
      schema: {
        tags,
        operationId: 'readFrame',
        params: z.object({ sopInstanceUid: uidSchema, frame: z.coerce.number().int().min(0) }),
        querystring: frameQuery,
        response: { 200: z.unknown().describe('Samples, row-major, little endian; the head is in Jiapian-Frame.') },
      },
    },
    async (request, reply) => {
      const { sopInstanceUid, frame } = request.params;
      const { reduce } = request.query;
      const { instance, isMasked } = await find(request, sopInstanceUid);
      refuseMissingFrame(instance, frame);
      const kept = keptAs(`${instance.sha256}-${frame}-${reduce}`, isMasked);
      if (isKnown(request, kept.etag)) return keep(reply, kept).code(304).send();
      const wanted = request.headers['jiapian-priority'];
      const whole = await frames.frame(instance, frame, reduce, isPriority(wanted) ? wanted : 'viewer');
      const decoded = isMasked ? maskCorners(whole) : whole;
      return frameReply(keep(reply, kept), decoded);
    },
  );

  app.get(
    '/api/v1/instances/:sopInstanceUid/thumbnail',
    {
      config: { permission: 'archive.read' },
      schema: {
        tags,
        operationId: 'readThumbnail',
        params: z.object({ sopInstanceUid: uidSchema }),
        response: { 200: z.unknown().describe('PNG, 96 pixels at its longer edge.') },
      },
    },
    async (request, reply) => {
      const { instance, isMasked } = await find(request, request.params.sopInstanceUid);
      refuseMissingFrame(instance, 0);
      const kept = keptAs(`${instance.sha256}-thumbnail`, isMasked);
      if (isKnown(request, kept.etag)) return keep(reply, kept).code(304).send();
      const png = Buffer.from(await frames.thumbnail(instance, isMasked));
      return keep(reply, kept).type('image/png').send(png);
    },
  );
};

const refuseMissingFrame = ({ numberOfFrames }: RegisteredInstance, frame: number): void => {
  if (numberOfFrames === 0) throw new AppError('DICOM_NO_PIXELS', { reason: 'the object is no image' });
  if (frame >= numberOfFrames) throw new AppError('DICOM_FRAME_NOT_FOUND', { frameIndex: frame, numberOfFrames });
};

interface Kept {
  etag: string;
  control: string;
}

const keptAs = (name: string, isMasked: boolean): Kept => ({
  etag: `"${name}-${isMasked ? 'masked-' : ''}${decoderVersion}"`,
  control: isMasked ? askAgain : keepForGood,
});

const isKnown = ({ headers }: FastifyRequest, etag: string): boolean =>
  headers['if-none-match']?.split(',').some((one) => one.trim() === etag) ?? false;

/** Only of an answer that was given: a failure must not be kept. */
const keep = (reply: FastifyReply, { etag, control }: Kept): FastifyReply =>
  reply.header('etag', etag).header('cache-control', control);

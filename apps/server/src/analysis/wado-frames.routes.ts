import { uidSchema } from '@jiapian/contract';
import { transferSyntaxFor } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import {
  blindViewerOf,
  findInstances,
  recordViewing,
  refuseBlindReader,
  relatedBody,
  type RegisteredInstance,
  type RelatedPart,
} from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import type { FrameRouteParts } from './frames.routes.ts';
import type { Frames } from './frames.ts';

/** One request asks for no more frames than this; a client asks again. */
const maxFrames = 1_000;

/** WADO-RS frames (PS3.18 §10.4.1.1.6): each a part, in the transfer syntax that the object came in. */
export const wadoFrameRoutes = (app: App, { database, clock, frames }: FrameRouteParts): void => {
  app.get(
    '/dicomweb/studies/:study/series/:series/instances/:instance/frames/:frames',
    {
      config: { permission: 'archive.read' },
      schema: {
        tags: ['dicomweb'],
        operationId: 'retrieveFrames',
        params: z.object({
          study: uidSchema,
          series: uidSchema,
          instance: uidSchema,
          frames: z.string().regex(/^\d{1,6}(,\d{1,6})*$/),
        }),
        response: { 200: z.unknown().describe('multipart/related, a part a frame') },
      },
    },
    async (request, reply) => {
      const { frames: list, ...place } = request.params;
      const numbers = list.split(',').map(Number);
      if (numbers.length > maxFrames) throw new AppError('REQUEST_TOO_LARGE', { frames: numbers.length, maxFrames });
      const instance = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const [found] = await findInstances(unit, place);
        if (found === undefined) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', place);
        await refuseBlindReader(unit, blindViewerOf(request.caller, clock), [found.examId]);
        await recordViewing(unit, actorOf(request), found.examId, clock.now());
        return found;
      });
      const { numberOfFrames } = instance;
      const missing = numbers.find((number) => number < 1 || number > numberOfFrames);
      if (missing !== undefined) throw new AppError('DICOM_FRAME_NOT_FOUND', { frame: missing, numberOfFrames });
      // The first frame is read before the answer begins, so that a broken image is an error and not half an answer.
      const first = await frames.stored(instance, numbers[0]! - 1);
      const type = mediaTypeOf(instance.transferSyntaxUid);
      const { contentType, body } = relatedBody(type, partsOf(frames, instance, numbers, first));
      return reply.type(contentType).send(body);
    },
  );
};

async function* partsOf(
  frames: Frames,
  instance: RegisteredInstance,
  numbers: readonly number[],
  first: Uint8Array,
): AsyncGenerator<RelatedPart> {
  const { transferSyntaxUid } = instance;
  const type = `${mediaTypeOf(transferSyntaxUid)}; transfer-syntax=${transferSyntaxUid}`;
  for (const [index, number] of numbers.entries()) {
    const bytes = index === 0 ? first : await frames.stored(instance, number - 1);
    yield { headers: { 'Content-Type': type }, body: [bytes] };
  }
}

/** PS3.18 table 8.7.3-5: media types of compressed frames. */
const mediaTypes: readonly (readonly [RegExp, string])[] = [
  [/\.4\.(50|51|57|70)$/, 'image/jpeg'],
  [/\.4\.(80|81)$/, 'image/jls'],
  [/\.4\.(90|91)$/, 'image/jp2'],
  [/\.4\.(92|93)$/, 'image/jpx'],
  [/\.4\.20[123]$/, 'image/jphc'],
  [/^1\.2\.840\.10008\.1\.2\.5$/, 'image/dicom-rle'],
];

const mediaTypeOf = (transferSyntaxUid: string): string => {
  if (transferSyntaxFor(transferSyntaxUid).codec === 'native') return 'application/octet-stream';
  return mediaTypes.find(([pattern]) => pattern.test(transferSyntaxUid))?.[1] ?? 'application/octet-stream';
};

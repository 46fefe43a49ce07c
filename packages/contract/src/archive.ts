import { z } from 'zod';

/**
 * A decoded frame for the viewer: `GET /api/v1/instances/:sopInstanceUid/frames/:frame?reduce=1|2|4|8`.
 * The body is the samples, row-major, little endian (8-bit or 16-bit; colour is RGB interleaved); the head is
 * the `Jiapian-Frame` header, one JSON document of this shape.
 */
export const frameHeadSchema = z.object({
  rows: z.number().int(),
  columns: z.number().int(),
  fullRows: z.number().int(),
  fullColumns: z.number().int(),
  kind: z.enum(['grayscale', 'colour']),
  sampleType: z.enum(['uint8', 'uint16', 'int16']),
  isInverted: z.boolean(),
  rescaleSlope: z.number(),
  rescaleIntercept: z.number(),
  minStored: z.number(),
  maxStored: z.number(),
  windows: z.array(z.object({ center: z.number(), width: z.number(), explanation: z.string() })),
  /** Row and column spacing of the full frame, mm; null when the header gives none. */
  pixelSpacingMm: z.tuple([z.number(), z.number()]).nullable(),
  pixelSpacingSource: z.string().nullable(),
  numberOfFrames: z.number().int(),
});
export type FrameHead = z.infer<typeof frameHeadSchema>;
export const frameQuery = z.object({
  reduce: z.coerce
    .number()
    .pipe(z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)]))
    .default(1),
});

import { z } from 'zod';
import { aeTitleSchema, commaList, uuidSchema } from './primitives.ts';

/** Films on one sheet, in the order of its fields. */
export const sheetRequest = z.object({
  filmIds: z.array(uuidSchema).max(20),
  columns: z.number().int().min(1).max(5).default(1),
  rows: z.number().int().min(1).max(5).default(1),
  filmSize: z.enum(['8INX10IN', '10INX12IN', '11INX14IN', '14INX17IN', 'A4', 'A3']).default('14INX17IN'),
  orientation: z.enum(['PORTRAIT', 'LANDSCAPE']).default('PORTRAIT'),
  /** Faults of the sheet that the person has seen and accepts. */
  acceptedFaults: z.array(z.string().max(40)).max(10).default([]),
});
export type SheetRequest = z.infer<typeof sheetRequest>;

/** On a printer that is entered as a DICOM application. */
export const printRequest = sheetRequest.extend({
  printerAeTitle: aeTitleSchema,
  copies: z.number().int().min(1).max(9).default(1),
  /** Of the words burnt in under each film. */
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
});
export type PrintRequest = z.infer<typeof printRequest>;

/** The same in an address, for a document. */
export const sheetPdfQuery = sheetRequest.extend({
  filmIds: commaList(uuidSchema).pipe(sheetRequest.shape.filmIds),
  columns: z.coerce.number().pipe(z.number().int().min(1).max(5)).default(1),
  rows: z.coerce.number().pipe(z.number().int().min(1).max(5)).default(1),
  acceptedFaults: commaList(z.string().max(40)).pipe(z.array(z.string()).max(10)).default([]),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
});
export type SheetPdfQuery = z.infer<typeof sheetPdfQuery>;

export const printAnswer = z.object({
  printed: z.number().int(),
  /** The same for every view; 1 is life size in the plane of the detector. */
  magnification: z.number().nullable(),
  acceptedFaults: z.array(z.string()),
});
export type PrintAnswer = z.infer<typeof printAnswer>;

/** The sheet as it would be printed. */
export const sheetPreview = z.object({
  widthMm: z.number(),
  heightMm: z.number(),
  magnification: z.number().nullable(),
  films: z.array(
    z.object({
      filmId: uuidSchema,
      sopInstanceUid: z.string().nullable(),
      /** Why it may not be printed: `held`, `rejected`, `not-released` and the like; null when it may. */
      refusal: z.string().nullable(),
      /** Of its field, when its scale is unknown. */
      widthMm: z.number(),
      heightMm: z.number(),
    }),
  ),
  faults: z.array(z.object({ code: z.string(), filmId: uuidSchema.nullable(), isFinal: z.boolean() })),
});
export type SheetPreview = z.infer<typeof sheetPreview>;

import { z } from 'zod';
import { aeTitleSchema, uuidSchema } from './primitives.ts';

/** Films on one sheet of a printer that is entered as a DICOM application. */
export const printRequest = z.object({
  filmIds: z.array(uuidSchema).max(20),
  printerAeTitle: aeTitleSchema,
  columns: z.number().int().min(1).max(5).default(1),
  rows: z.number().int().min(1).max(5).default(1),
  filmSize: z.enum(['8INX10IN', '10INX12IN', '11INX14IN', '14INX17IN', 'A4', 'A3']).default('14INX17IN'),
  orientation: z.enum(['PORTRAIT', 'LANDSCAPE']).default('PORTRAIT'),
  copies: z.number().int().min(1).max(9).default(1),
  /** Faults of the sheet that the person has seen and accepts. */
  acceptedFaults: z.array(z.string().max(40)).max(10).default([]),
});
export type PrintRequest = z.infer<typeof printRequest>;
export const printAnswer = z.object({
  printed: z.number().int(),
  /** The same for every view; 1 is life size in the plane of the detector. */
  magnification: z.number().nullable(),
  acceptedFaults: z.array(z.string()),
});
export type PrintAnswer = z.infer<typeof printAnswer>;

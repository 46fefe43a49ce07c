import { z } from 'zod';

const word = z.string().max(2000).optional().catch(undefined);

/** Filters of the register as they stand in the address; a value that is not understood is dropped. */
export const examSearchSchema = z.object({
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  text: z.string().max(100).optional().catch(undefined),
  modality: word,
  deviceId: word,
  state: z.enum(['receiving', 'ready']).optional().catch(undefined),
});
export type ExamSearch = z.infer<typeof examSearchSchema>;

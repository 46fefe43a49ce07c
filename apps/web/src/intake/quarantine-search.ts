import { z } from 'zod';

/** What the address of the quarantine page says. */
export const quarantineSearch = z.object({
  state: z.enum(['waiting', 'registered', 'dismissed']).optional().catch(undefined),
});
export type QuarantineSearch = z.infer<typeof quarantineSearch>;

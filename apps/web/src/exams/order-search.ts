import { z } from 'zod';

/** What the page of orders shows, as it stands in the address. */
export const orderSearchSchema = z.object({
  view: z.enum(['orders', 'messages']).optional().catch(undefined),
  days: z.enum(['today', 'tomorrow', 'all']).optional().catch(undefined),
  state: z.enum(['open', 'arrived', 'ended', 'all']).optional().catch(undefined),
  messages: z.enum(['broken', 'all']).optional().catch(undefined),
  text: z.string().max(100).optional().catch(undefined),
});
export type OrderSearch = z.infer<typeof orderSearchSchema>;

/** States behind the choices of the page; `all` asks for none. */
export const orderStatesOf = {
  open: 'expected,started',
  arrived: 'arrived,done',
  ended: 'cancelled,discontinued',
  all: undefined,
} as const;

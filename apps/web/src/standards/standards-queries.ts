import type { ReviewStandard } from '@jiapian/rules';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from '../api/client.ts';

/** The server sends the content of the standard as it is stored; its shape is that of the rules both sides share. */
const standardSchema = z.custom<ReviewStandard>(
  (value) =>
    z.object({ id: z.string(), version: z.number(), deductions: z.array(z.unknown()) }).safeParse(value).success,
);

export const currentStandardQuery = queryOptions({
  queryKey: ['standards', 'current'],
  queryFn: ({ signal }) => request(standardSchema, 'GET', '/standards/current', { signal }),
});

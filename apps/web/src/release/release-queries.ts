import {
  destinationSchema,
  echoResponse,
  forwardRowSchema,
  gateRowSchema,
  pageOf,
  releaseOverviewSchema,
  repeatOrderSchema,
} from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { command, request } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';

/** Counts drift with the clock (due soon, next attempt), not only with events. */
const OVERVIEW_REFRESH_MS = 30_000;
const ROWS_SHOWN = 50;

export const overviewQuery = queryOptions({
  queryKey: ['release', 'overview'],
  queryFn: ({ signal }) => request(releaseOverviewSchema, 'GET', '/release/overview', { signal }),
  refetchInterval: OVERVIEW_REFRESH_MS,
});
export const gateQuery = queryOptions({
  queryKey: ['release', 'gate'],
  queryFn: ({ signal }) =>
    request(pageOf(gateRowSchema), 'GET', '/release/gate', { query: { limit: ROWS_SHOWN }, signal }),
});
export type ForwardFilter = 'unsent' | 'failed' | 'refused' | 'sent';
export const forwardsQuery = (state: ForwardFilter) =>
  queryOptions({
    queryKey: ['release', 'forwards', state],
    queryFn: ({ signal }) =>
      request(pageOf(forwardRowSchema), 'GET', '/release/forwards', { query: { state, limit: ROWS_SHOWN }, signal }),
  });
export const repeatOrdersQuery = queryOptions({
  queryKey: ['release', 'repeat-orders'],
  queryFn: ({ signal }) =>
    request(pageOf(repeatOrderSchema), 'GET', '/repeat-orders', {
      query: { state: 'open', limit: ROWS_SHOWN },
      signal,
    }),
});
export const destinationsQuery = queryOptions({
  queryKey: ['release', 'destinations'],
  queryFn: ({ signal }) => wholeList(destinationSchema, '/destinations', signal),
});

export type GateRow = z.infer<typeof gateRowSchema>;
export type ForwardRow = z.infer<typeof forwardRowSchema>;
export type RepeatOrder = z.infer<typeof repeatOrderSchema>;

export const retryForwards = (body: { destinationId?: string; examId?: string }) =>
  request(z.object({ queued: z.number() }), 'POST', '/release/forwards/retry', { body });
export const echoDestination = (destinationId: string) =>
  request(echoResponse, 'POST', `/destinations/${destinationId}/echo`);
export const closeRepeatOrder = (repeatOrderId: string, body: { outcome: 'done' | 'cancelled'; note: string }) =>
  command('POST', `/repeat-orders/${repeatOrderId}/close`, { body });

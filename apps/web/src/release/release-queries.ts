import {
  activitySchema,
  destinationSchema,
  deviceStreamSchema,
  dryRunSchema,
  echoResponse,
  forwardRowSchema,
  gateRowSchema,
  hiddenRejectSchema,
  holdPolicyVersionSchema,
  pageOf,
  rejectionDetailSchema,
  rejectionPreviewSchema,
  rejectionSchema,
  rejectRatesSchema,
  releaseOverviewSchema,
  repeatCandidateSchema,
  repeatOrderSchema,
  streamCheckListSchema,
  type DeviceStream,
  type HoldPolicyContent,
  substitutesSchema,
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
export const activityQuery = queryOptions({
  queryKey: ['release', 'activity'],
  queryFn: ({ signal }) => request(activitySchema, 'GET', '/release/activity', { signal }),
  refetchInterval: OVERVIEW_REFRESH_MS,
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

export type RejectionFilter = 'open' | 'for-a-person' | 'all';
export const rejectionsQuery = (list: RejectionFilter) =>
  queryOptions({
    queryKey: ['release', 'rejections', list],
    queryFn: ({ signal }) =>
      request(pageOf(rejectionSchema), 'GET', '/release/rejections', { query: { list, limit: ROWS_SHOWN }, signal }),
  });
export const rejectionQuery = (rejectionId: string) =>
  queryOptions({
    queryKey: ['release', 'rejection', rejectionId],
    queryFn: ({ signal }) => request(rejectionDetailSchema, 'GET', `/release/rejections/${rejectionId}`, { signal }),
  });
export const rejectionPreviewQuery = (filmId: string) =>
  queryOptions({
    queryKey: ['release', 'rejection-preview', filmId],
    queryFn: ({ signal }) =>
      request(rejectionPreviewSchema, 'GET', `/release/films/${filmId}/rejection-preview`, { signal }),
  });
export const holdPolicyQuery = queryOptions({
  queryKey: ['release', 'policy'],
  queryFn: ({ signal }) => request(holdPolicyVersionSchema, 'GET', '/release/policy', { signal }),
});
export const substitutesQuery = queryOptions({
  queryKey: ['release', 'policy', 'substitutes'],
  queryFn: ({ signal }) => request(substitutesSchema, 'GET', '/release/policy/substitutes', { signal }),
});
export const deviceStreamsQuery = queryOptions({
  queryKey: ['release', 'devices'],
  queryFn: ({ signal }) => wholeList(deviceStreamSchema, '/release/devices', signal),
});
export const streamChecksQuery = (deviceId: string, mode: DeviceStream['mode']) =>
  queryOptions({
    queryKey: ['release', 'checks', deviceId, mode],
    queryFn: ({ signal }) =>
      request(streamCheckListSchema, 'GET', `/release/devices/${deviceId}/checks`, { query: { mode }, signal }),
  });
export const repeatCandidatesQuery = (repeatOrderId: string) =>
  queryOptions({
    queryKey: ['release', 'candidates', repeatOrderId],
    queryFn: ({ signal }) =>
      request(pageOf(repeatCandidateSchema), 'GET', `/repeat-orders/${repeatOrderId}/candidates`, { signal }),
  });
export type RateGroup = 'reason' | 'technologist' | 'device' | 'position' | 'hour';
export const rejectRatesQuery = (span: { from: string; to: string }, by: RateGroup) =>
  queryOptions({
    queryKey: ['release', 'reject-rates', span, by],
    queryFn: ({ signal }) =>
      request(rejectRatesSchema, 'GET', '/release/reject-rates', { query: { ...span, by }, signal }),
  });
export const hiddenRejectsQuery = (span: { from: string; to: string }) =>
  queryOptions({
    queryKey: ['release', 'hidden-rejects', span],
    queryFn: ({ signal }) => wholeList(hiddenRejectSchema, '/release/hidden-rejects', signal, span),
  });

export const dryRunPolicy = (content: HoldPolicyContent) =>
  request(dryRunSchema, 'POST', '/release/policy/dry-run', { body: { content } });
export const publishPolicy = (body: { content: HoldPolicyContent; note: string; basedOn: number }) =>
  request(z.object({ version: z.number() }), 'POST', '/release/policy', { body });
export const switchStream = (deviceId: string, body: Record<string, unknown>) =>
  request(deviceStreamSchema, 'PUT', `/release/devices/${deviceId}`, { body });
export const actOnRejection = (rejectionId: string, body: { event: 'retried' | 'done-by-hand'; note: string }) =>
  command('POST', `/release/rejections/${rejectionId}/act`, { body });
export const linkRepeat = (repeatOrderId: string, filmId: string) =>
  command('POST', `/repeat-orders/${repeatOrderId}/link`, { body: { filmId } });

export type GateRow = z.infer<typeof gateRowSchema>;
export type ForwardRow = z.infer<typeof forwardRowSchema>;
export type RejectionItem = z.infer<typeof rejectionSchema>;
export type RepeatOrder = z.infer<typeof repeatOrderSchema>;

export const retryForwards = (body: { destinationId?: string; examId?: string }) =>
  request(z.object({ queued: z.number() }), 'POST', '/release/forwards/retry', { body });
export const echoDestination = (destinationId: string) =>
  request(echoResponse, 'POST', `/destinations/${destinationId}/echo`);
export const closeRepeatOrder = (
  repeatOrderId: string,
  body: { outcome: 'done' | 'cancelled'; reason: string | null; note: string },
) => command('POST', `/repeat-orders/${repeatOrderId}/close`, { body });

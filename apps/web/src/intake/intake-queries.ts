import {
  conflictSchema,
  pageOf,
  quarantineContentSchema,
  quarantinedObjectSchema,
  quarantineRetryResponse,
} from '@jiapian/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { command, request } from '../api/client.ts';
import type { QuarantineSearch } from './quarantine-search.ts';

export const QUARANTINE_PAGE_SIZE = 50;
export type Conflict = z.infer<typeof conflictSchema>;

export const quarantineQuery = (search: QuarantineSearch, cursor?: string) =>
  queryOptions({
    queryKey: ['intake', 'quarantine', search, cursor],
    queryFn: ({ signal }) =>
      request(pageOf(quarantinedObjectSchema), 'GET', '/quarantine', {
        query: { state: search.state ?? 'waiting', cursor, limit: QUARANTINE_PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
export const conflictsQuery = queryOptions({
  queryKey: ['intake', 'conflicts'],
  queryFn: ({ signal }) => request(pageOf(conflictSchema), 'GET', '/conflicts', { query: { limit: 100 }, signal }),
});
export const quarantineContentQuery = (objectId: string) =>
  queryOptions({
    queryKey: ['intake', 'content', objectId],
    queryFn: ({ signal }) => request(quarantineContentSchema, 'GET', `/quarantine/${objectId}/content`, { signal }),
    staleTime: Infinity,
  });
export const retryQuarantined = (objectId: string) =>
  request(quarantineRetryResponse, 'POST', `/quarantine/${objectId}/retry`);
export const dismissQuarantined = (objectId: string, note: string) =>
  command('POST', `/quarantine/${objectId}/dismiss`, { body: { note } });
export const markConflictSeen = (objectId: string) => command('POST', `/conflicts/${objectId}/seen`);

import {
  correctionPreviewSchema,
  correctionRulesSchema,
  correctionSchema,
  originalFactsSchema,
  pageOf,
  type CorrectionChange,
  type CorrectionRequest,
  type CorrectionRules,
} from '@jiapian/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { command, request } from '../api/client.ts';

/** Corrections of one page, and of one exam. */
export const CORRECTIONS_PAGE_SIZE = 50;
const madeSchema = z.object({ correctionId: z.string(), state: z.string() });

export const correctionsQuery = (filter: { list: 'open' | 'all'; examId?: string }, cursor?: string) =>
  queryOptions({
    queryKey: ['exams', 'corrections', filter, cursor],
    queryFn: ({ signal }) =>
      request(pageOf(correctionSchema), 'GET', '/corrections', {
        query: { ...filter, cursor, limit: CORRECTIONS_PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const originalQuery = (sopInstanceUid: string) =>
  queryOptions({
    queryKey: ['exams', 'original', sopInstanceUid],
    queryFn: ({ signal }) => request(originalFactsSchema, 'GET', `/instances/${sopInstanceUid}/original`, { signal }),
  });

export const undoPreviewQuery = (correctionId: string) =>
  queryOptions({
    queryKey: ['exams', 'undo-preview', correctionId],
    queryFn: ({ signal }) =>
      request(correctionPreviewSchema, 'GET', `/corrections/${correctionId}/undo-preview`, { signal }),
    gcTime: 0,
  });

export const rulesQuery = queryOptions({
  queryKey: ['organization', 'correction-rules'],
  queryFn: ({ signal }) => request(correctionRulesSchema, 'GET', '/corrections/rules', { signal }),
});

export const previewCorrection = (examId: string, change: CorrectionChange) =>
  request(correctionPreviewSchema, 'POST', `/exams/${examId}/corrections/preview`, { body: { change } });
export const makeCorrection = (examId: string, body: CorrectionRequest) =>
  request(madeSchema, 'POST', `/exams/${examId}/corrections`, { body });
export const decideCorrection = (correctionId: string, body: { event: 'signed' | 'refused'; note: string }) =>
  command('POST', `/corrections/${correctionId}/decide`, { body });
export const undoCorrection = (correctionId: string, reason: string) =>
  request(madeSchema, 'POST', `/corrections/${correctionId}/undo`, { body: { reason } });
export const saveRules = (rules: CorrectionRules) =>
  command('PUT', '/corrections/rules', {
    body: {
      policy: rules.policy,
      destinations: rules.destinations.map(({ destinationId, correction, merge }) => ({
        destinationId,
        correction,
        merge,
      })),
    },
  });

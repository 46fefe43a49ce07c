import {
  pageOf,
  standardComparisonSchema,
  standardDraftSchema,
  standardSimulationSchema,
  standardVersionSchema,
  type StandardDraft,
} from '@jiapian/contract';
import type { ReviewStandard, TemplateName } from '@jiapian/rules';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { command, request } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';
import { showGradeNames } from './grade-names.ts';

/** The server sends the content of the standard as it is stored; its shape is that of the rules both sides share. */
const standardSchema = z.custom<ReviewStandard>(
  (value) =>
    z.object({ id: z.string(), version: z.number(), deductions: z.array(z.unknown()) }).safeParse(value).success,
);

export const currentStandardQuery = queryOptions({
  queryKey: ['standards', 'current'],
  queryFn: async ({ signal }) => {
    const standard = await request(standardSchema, 'GET', '/standards/current', { signal });
    showGradeNames(standard);
    return standard;
  },
});
export const versionsQuery = queryOptions({
  queryKey: ['standards', 'versions'],
  queryFn: ({ signal }) => wholeList(standardVersionSchema, '/standards', signal),
});
export const draftsQuery = queryOptions({
  queryKey: ['standards', 'drafts'],
  queryFn: ({ signal }) => request(pageOf(standardDraftSchema), 'GET', '/standards/drafts', { signal }),
});
export const draftQuery = (draftId: string) =>
  queryOptions({
    queryKey: ['standards', 'draft', draftId],
    queryFn: ({ signal }) => request(standardDraftSchema, 'GET', `/standards/drafts/${draftId}`, { signal }),
  });
export const comparisonQuery = (one: number, other: number) =>
  queryOptions({
    queryKey: ['standards', 'comparison', one, other],
    queryFn: ({ signal }) =>
      request(standardComparisonSchema, 'GET', '/standards/comparison', { query: { one, other }, signal }),
  });
/** Tried on the grades of so many days; the draft's version belongs to the key, so that a change is tried anew. */
export const simulationQuery = (draft: Pick<StandardDraft, 'draftId' | 'version'>, days: number) =>
  queryOptions({
    queryKey: ['standards', 'simulation', draft.draftId, draft.version, days],
    queryFn: ({ signal }) =>
      request(standardSimulationSchema, 'GET', `/standards/drafts/${draft.draftId}/simulation`, {
        query: { days },
        signal,
      }),
  });

export const beginDraft = (begun: { basedOnVersion: number; template?: TemplateName }) =>
  request(standardDraftSchema, 'POST', '/standards/drafts', { body: begun });
export const saveDraft = (draft: Pick<StandardDraft, 'draftId' | 'version'>, content: StandardDraft['content']) =>
  request(standardDraftSchema, 'PUT', `/standards/drafts/${draft.draftId}`, {
    body: { version: draft.version, content },
  });
export const deleteDraft = (draftId: string) => command('DELETE', `/standards/drafts/${draftId}`);
export const publishDraft = (
  draft: Pick<StandardDraft, 'draftId' | 'version'>,
  body: { effectiveFrom?: string; note: string },
) =>
  request(z.object({ version: z.number() }), 'POST', `/standards/drafts/${draft.draftId}/publication`, {
    body: { version: draft.version, ...body },
  });

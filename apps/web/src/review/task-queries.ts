import {
  agreementPageSchema,
  currentPolicySchema,
  drawCheckSchema,
  drawSchema,
  filmDetailSchema,
  samplingRateSchema,
  taskListSchema,
  taskOutcomeSchema,
  uuidSchema,
  type ReviewPolicyContent,
  type TaskReadingRequest,
} from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from '../api/client.ts';

export const tasksQuery = queryOptions({
  queryKey: ['tasks', 'list'],
  queryFn: ({ signal }) => request(taskListSchema, 'GET', '/review-tasks', { signal }),
});
/** Not under `tasks`: a live event must not exchange the film under the reader's hands. */
export const taskQuery = (taskId: string) =>
  queryOptions({
    queryKey: ['task', taskId],
    queryFn: ({ signal }) => request(filmDetailSchema, 'GET', `/review-tasks/${taskId}`, { signal }),
    staleTime: Infinity,
    gcTime: 0,
  });
export const saveTaskReading = (taskId: string, body: TaskReadingRequest) =>
  request(taskOutcomeSchema, 'POST', `/review-tasks/${taskId}/reading`, { body });

export type AgreementKind = 'second' | 'repeat';
export const agreementQuery = (kind: AgreementKind, days: number) =>
  queryOptions({
    queryKey: ['tasks', 'agreement', kind, days],
    queryFn: ({ signal }) =>
      request(agreementPageSchema, 'GET', '/reading-agreement', { query: { kind, days }, signal }),
  });

export const policyQuery = queryOptions({
  queryKey: ['review-policy'],
  queryFn: ({ signal }) => request(currentPolicySchema, 'GET', '/review-policy', { signal }),
});
export const savePolicy = (body: { content: ReviewPolicyContent; basedOn: number }) =>
  request(currentPolicySchema, 'PUT', '/review-policy', { body });
const drawsSchema = z.object({ items: z.array(drawSchema) });
export const drawsQuery = queryOptions({
  queryKey: ['films', 'draws'],
  queryFn: ({ signal }) => request(drawsSchema, 'GET', '/sampling-draws', { signal }),
});
const drawnSchema = z.object({ drawId: uuidSchema, drawn: z.number(), candidates: z.number() });
export const drawFilms = (days: { fromDay: string; toDay: string }) =>
  request(drawnSchema, 'POST', '/sampling-draws', { body: days });
export const checkDraw = (drawId: string) => request(drawCheckSchema, 'GET', `/sampling-draws/${drawId}/check`);
export const rateQuery = (days: { fromDay: string; toDay: string }) =>
  queryOptions({
    queryKey: ['films', 'rate', days],
    queryFn: ({ signal }) => request(samplingRateSchema, 'GET', '/sampling-rate', { query: days, signal }),
  });

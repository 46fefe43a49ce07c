import {
  checkAgreementSchema,
  checkPolicySchema,
  checksToDoSchema,
  filmChecksSchema,
  uuidSchema,
  type CheckRequest,
} from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from '../api/client.ts';

/** Under `tasks`: a film that was drawn comes as that live event. */
export const checksToDoQuery = queryOptions({
  queryKey: ['tasks', 'checks'],
  queryFn: ({ signal }) => request(checksToDoSchema, 'GET', '/self-checks/to-do', { signal }),
});
export const filmChecksQuery = (filmId: string) =>
  queryOptions({
    queryKey: ['films', 'checks', filmId],
    queryFn: ({ signal }) => request(filmChecksSchema, 'GET', `/films/${filmId}/checks`, { signal }),
  });
export const checkAgreementQuery = queryOptions({
  queryKey: ['films', 'check-agreement'],
  queryFn: ({ signal }) => request(checkAgreementSchema, 'GET', '/self-check-agreement', { signal }),
});
export const checkPolicyQuery = queryOptions({
  queryKey: ['tasks', 'check-policy'],
  queryFn: ({ signal }) => request(checkPolicySchema, 'GET', '/self-check-policy', { signal }),
});
export const checkFilm = (filmId: string, body: CheckRequest) =>
  request(z.object({ checkId: uuidSchema }), 'POST', `/films/${filmId}/checks`, { body });
export const saveCheckPolicy = (body: { isSelfCheckOn: boolean; crossShare: number; basedOn: number }) =>
  request(checkPolicySchema, 'PUT', '/self-check-policy', { body });

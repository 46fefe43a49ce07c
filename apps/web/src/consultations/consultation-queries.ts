import {
  benchPeopleSchema,
  consultationSchema,
  consultationsSchema,
  filmDetailSchema,
  uuidSchema,
  type SignatureRequest,
  type TaskReadingRequest,
} from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { command, request } from '../api/client.ts';

const made = z.object({ consultationId: uuidSchema });
export interface Bench {
  readonly chairAccountId: string;
  readonly judgeAccountIds: readonly string[];
}

/** Under `tasks`: what happens to a consultation comes as that live event. */
export const consultationsQuery = (list: 'current' | 'closed') =>
  queryOptions({
    queryKey: ['tasks', 'consultations', list],
    queryFn: ({ signal }) => request(consultationsSchema, 'GET', '/consultations', { query: { list }, signal }),
  });
export const consultationQuery = (consultationId: string) =>
  queryOptions({
    queryKey: ['tasks', 'consultation', consultationId],
    queryFn: ({ signal }) => request(consultationSchema, 'GET', `/consultations/${consultationId}`, { signal }),
  });
export const benchQuery = (of: { consultationId: string } | { taskId: string }) =>
  queryOptions({
    queryKey: ['consultation-bench', of],
    queryFn: ({ signal }) => request(benchPeopleSchema, 'GET', '/consultation-bench', { query: { ...of }, signal }),
  });
/** Not under `tasks`: a live event must not exchange the film under the judge's hands. */
export const benchFilmQuery = (consultationId: string, number: number) =>
  queryOptions({
    queryKey: ['consultation-film', consultationId, number],
    queryFn: ({ signal }) =>
      request(filmDetailSchema, 'GET', `/consultations/${consultationId}/films/${number}`, { signal }),
    staleTime: Infinity,
    gcTime: 0,
  });

export const askConsultation = (body: { examId: string; filmIds: readonly string[]; question: string }) =>
  request(made, 'POST', '/consultations', { body });
export const sendArbitration = (body: Bench & { taskId: string; question: string }) =>
  request(made, 'POST', '/consultations/from-arbitration', { body });
const act = (consultationId: string, what: string, body?: unknown) =>
  command('POST', `/consultations/${consultationId}/${what}`, body === undefined ? {} : { body });
export const withdrawConsultation = (consultationId: string) => act(consultationId, 'withdrawal');
export const conveneConsultation = (consultationId: string, bench: Bench) => act(consultationId, 'bench', bench);
export const declineConsultation = (consultationId: string, reason: string) =>
  act(consultationId, 'refusal', { reason });
export const stopConsultation = (consultationId: string, reason: string) => act(consultationId, 'stop', { reason });
export const excuseJudge = (consultationId: string, accountId: string, reason: string) =>
  act(consultationId, 'excuse', { accountId, reason });
export const addNote = (consultationId: string, text: string) => act(consultationId, 'notes', { text });
export const signConsultation = (consultationId: string, signed: SignatureRequest) =>
  act(consultationId, 'signature', signed);
export const judgeFilm = (consultationId: string, number: number, body: TaskReadingRequest) =>
  request(
    z.object({ nextNumber: z.number().int().nullable() }),
    'POST',
    `/consultations/${consultationId}/films/${number}/opinion`,
    { body },
  );

import {
  pageOf,
  teachingAnswerSchema,
  teachingAttemptSchema,
  teachingAttemptsSchema,
  teachingCaseRowSchema,
  teachingCaseSchema,
  teachingCollectionsSchema,
  type TeachingCase,
} from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import type { PictureRegion } from '@jiapian/rules';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { command, request } from '../api/client.ts';

/** Rows of one page of cases. */
export const CASE_PAGE_SIZE = 50;

export interface CaseSearch {
  readonly text?: string | undefined;
  readonly state?: string | undefined;
  readonly grade?: string | undefined;
  readonly collection?: string | undefined;
}

export const casesQuery = ({ collection, ...search }: CaseSearch, cursor?: string) =>
  queryOptions({
    queryKey: ['teaching', 'cases', search, collection, cursor],
    queryFn: ({ signal }) =>
      request(pageOf(teachingCaseRowSchema), 'GET', '/teaching/cases', {
        query: { ...search, collectionId: collection, cursor, limit: CASE_PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['teaching', 'case', caseId],
    queryFn: ({ signal }) => request(teachingCaseSchema, 'GET', `/teaching/cases/${caseId}`, { signal }),
  });

export const collectionsQuery = queryOptions({
  queryKey: ['teaching', 'collections'],
  queryFn: ({ signal }) => request(teachingCollectionsSchema, 'GET', '/teaching/collections', { signal }),
});

export const attemptsQuery = queryOptions({
  queryKey: ['teaching', 'attempts'],
  queryFn: ({ signal }) => request(teachingAttemptsSchema, 'GET', '/teaching/attempts', { signal }),
});

export const attemptQuery = (attemptId: string) =>
  queryOptions({
    queryKey: ['teaching', 'attempt', attemptId],
    queryFn: ({ signal }) => request(teachingAttemptSchema, 'GET', `/teaching/attempts/${attemptId}`, { signal }),
  });

export interface Cleaning {
  readonly dates: 'removed' | 'moved';
  readonly keepsCharacteristics: boolean;
  readonly masksCorners: boolean;
  readonly regions: readonly PictureRegion[];
}
export interface Words {
  readonly title: string;
  readonly explanation: string;
  readonly tags: readonly string[];
}

export const keepFilm = (filmId: string, words: Words) =>
  request(z.object({ caseId: z.uuid() }), 'POST', '/teaching/cases', { body: { filmId, ...words } });
export const saveWords = ({ caseId, version }: TeachingCase, words: Words) =>
  command('PUT', `/teaching/cases/${caseId}/words`, { body: { ...words, version } });
export const cleanAgain = ({ caseId, version }: TeachingCase, cleaning: Cleaning) =>
  command('PUT', `/teaching/cases/${caseId}/cleaning`, { body: { ...cleaning, version } });
export const decideCase = (
  { caseId, version }: TeachingCase,
  body: { decision: 'confirmed' | 'refused'; sawPictures: boolean },
) => command('POST', `/teaching/cases/${caseId}/decision`, { body: { ...body, version } });
export const openCollection = (body: { name: string; description: string }) =>
  request(z.object({ collectionId: z.uuid() }), 'POST', '/teaching/collections', { body });
export const dropCollection = (collectionId: string) => command('DELETE', `/teaching/collections/${collectionId}`);
export const setMembership = (collectionId: string, caseId: string, isIn: boolean) =>
  command(isIn ? 'PUT' : 'DELETE', `/teaching/collections/${collectionId}/cases/${caseId}`);
export const startQuiz = (collectionId: string) =>
  request(z.object({ attemptId: z.uuid() }), 'POST', `/teaching/collections/${collectionId}/attempts`);
export const answerQuiz = (attemptId: string, body: { caseId: string; grade: Grade; defects: readonly string[] }) =>
  request(teachingAnswerSchema, 'POST', `/teaching/attempts/${attemptId}/answers`, { body });
export const endQuiz = (attemptId: string) => command('POST', `/teaching/attempts/${attemptId}/end`);

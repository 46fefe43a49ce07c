import {
  auditEntrySchema,
  examDetailSchema,
  examRowSchema,
  filmPageSchema,
  instanceSchema,
  pageOf,
  type FilmRow,
} from '@jiapian/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { command, request } from '../api/client.ts';
import type { ExamSearch } from './exam-search.ts';

/** Rows of one page of the register. */
export const EXAM_PAGE_SIZE = 50;
/** Entries shown under "who looked, who changed". */
const TRAIL_SIZE = 30;
const FILMS_MAX = 200;

export const examsQuery = (search: ExamSearch, cursor?: string, limit = EXAM_PAGE_SIZE) =>
  queryOptions({
    queryKey: ['exams', 'list', search, cursor, limit],
    queryFn: ({ signal }) =>
      request(pageOf(examRowSchema), 'GET', '/exams', { query: { ...search, cursor, limit }, signal }),
    placeholderData: keepPreviousData,
  });

export const examQueryOf = (examId: string) =>
  queryOptions({
    queryKey: ['exams', 'one', examId],
    queryFn: ({ signal }) => request(examDetailSchema, 'GET', `/exams/${examId}`, { signal }),
  });

export const examFilmsQuery = ({ examId }: { examId: string }) =>
  queryOptions({
    queryKey: ['films', 'of-exam', examId],
    queryFn: async ({ signal }): Promise<FilmRow[]> =>
      (await request(filmPageSchema, 'GET', '/films', { query: { examId, limit: FILMS_MAX }, signal })).items,
  });

export const seriesInstancesQuery = (examId: string, seriesInstanceUid: string, cursor: string) =>
  queryOptions({
    queryKey: ['exams', 'instances', examId, seriesInstanceUid, cursor],
    queryFn: ({ signal }) =>
      request(pageOf(instanceSchema), 'GET', `/exams/${examId}/series/${seriesInstanceUid}/instances`, {
        query: { cursor },
        signal,
      }),
  });

export const examTrailQuery = (examId: string) =>
  queryOptions({
    queryKey: ['audit', 'exam', examId],
    queryFn: ({ signal }) =>
      request(pageOf(auditEntrySchema), 'GET', '/audit', {
        query: { subjectKind: 'exam', subjectId: examId, limit: TRAIL_SIZE },
        signal,
      }),
  });

export const assignTechnologist = (examId: string, body: { staffId: string | null; remember: boolean }) =>
  request(examRowSchema, 'PUT', `/exams/${examId}/technologist`, { body });
export const completeExam = (examId: string) => request(examRowSchema, 'POST', `/exams/${examId}/complete`);
export const releaseExam = (examId: string, reason: string) =>
  command('POST', `/release/exams/${examId}/release`, { body: { reason } });
export const correctFilmPosition = (
  filmId: string,
  body: { positionCode: string; laterality: 'L' | 'R' | 'B' | null; remember: boolean },
) => command('PUT', `/films/${filmId}/position`, { body });

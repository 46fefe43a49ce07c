import {
  analyserListSchema,
  distributionSchema,
  dosePageSchema,
  exposureSchema,
  filmAnalysisSchema,
  measuredFilmPageSchema,
  metricListSchema,
  patientDoseSchema,
  ruleListSchema,
  ruleWeekSchema,
  type exposureGroupings,
} from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { command, request } from '../api/client.ts';

export interface DayRange {
  readonly fromDay: string;
  readonly toDay: string;
}

export const filmAnalysisQuery = (filmId: string) =>
  queryOptions({
    queryKey: ['analysis', 'film', filmId],
    queryFn: ({ signal }) => request(filmAnalysisSchema, 'GET', `/films/${filmId}/analysis`, { signal }),
  });
export const patientDoseQuery = (examId: string) =>
  queryOptions({
    queryKey: ['analysis', 'patient-dose', examId],
    queryFn: ({ signal }) => request(patientDoseSchema, 'GET', `/exams/${examId}/patient-dose`, { signal }),
  });
export const answerFinding = (findingId: string, answer: 'agree' | 'disagree'): Promise<void> =>
  command('POST', `/findings/${findingId}/answer`, { body: { answer } });

export type ExposureGrouping = (typeof exposureGroupings)[number];
export const exposurePageQuery = (days: DayRange, by: ExposureGrouping) =>
  queryOptions({
    queryKey: ['analysis', 'exposure', days, by],
    queryFn: ({ signal }) => request(exposureSchema, 'GET', '/analysis/exposure', { query: { ...days, by }, signal }),
  });
export const dosePageQuery = (days: DayRange) =>
  queryOptions({
    queryKey: ['analysis', 'dose', days],
    queryFn: ({ signal }) => request(dosePageSchema, 'GET', '/analysis/dose', { query: { ...days }, signal }),
  });
export const metricsQuery = (days: DayRange) =>
  queryOptions({
    queryKey: ['analysis', 'metrics', days],
    queryFn: ({ signal }) => request(metricListSchema, 'GET', '/analysis/metrics', { query: { ...days }, signal }),
  });
export const MEASURED_FILM_PAGE = 25;
export const measuredFilmsQuery = (
  asked: DayRange & Readonly<Record<string, string | undefined>>,
  cursor: string | undefined,
) =>
  queryOptions({
    queryKey: ['analysis', 'films', asked, cursor],
    queryFn: ({ signal }) =>
      request(measuredFilmPageSchema, 'GET', '/analysis/films', {
        query: { ...asked, cursor, limit: MEASURED_FILM_PAGE },
        signal,
      }),
    enabled: asked['columns'] !== '',
  });
export const ruleWeekQueryOf = (day: string) =>
  queryOptions({
    queryKey: ['analysis', 'week', day],
    queryFn: ({ signal }) => request(ruleWeekSchema, 'GET', '/analysis/rules/week', { query: { day }, signal }),
  });
export const distributionQueryOf = (
  days: DayRange,
  filter: { readonly deviceId?: string | undefined; readonly positionCode?: string | undefined },
  metric: string,
  where: string,
) =>
  queryOptions({
    queryKey: ['analysis', 'distribution', days, filter, metric, where],
    queryFn: ({ signal }) =>
      request(distributionSchema, 'GET', '/analysis/distribution', {
        query: { ...days, ...filter, metric, where },
        signal,
      }),
    enabled: metric !== '',
  });
export const analysersQuery = queryOptions({
  queryKey: ['analysis', 'analysers'],
  queryFn: ({ signal }) => request(analyserListSchema, 'GET', '/analysers', { signal }),
});
export const rulesQuery = queryOptions({
  queryKey: ['analysis', 'rules'],
  queryFn: ({ signal }) => request(ruleListSchema, 'GET', '/analysis/rules', { signal }),
});
export const liftSilence = (rule: string): Promise<void> => command('DELETE', `/analysis/rules/${rule}/silence`);

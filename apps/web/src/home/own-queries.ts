import { noticesSchema, ownFilmsSchema, trendSchema } from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { command, request } from '../api/client.ts';

/** Films of the person who looks, of the last so many days. */
export const ownFilmsQuery = (days: { fromDay: string; toDay: string }) =>
  queryOptions({
    queryKey: ['own-films', days],
    queryFn: ({ signal }) => request(ownFilmsSchema, 'GET', '/own-films', { query: days, signal }),
  });
export const ownTrendQuery = queryOptions({
  queryKey: ['own-films', 'trend'],
  queryFn: ({ signal }) => request(trendSchema, 'GET', '/own-trend', { signal }),
});
export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: ({ signal }) => request(noticesSchema, 'GET', '/notices', { signal }),
});

export const acknowledgeGrade = (filmId: string) => command('POST', `/films/${filmId}/acknowledgement`);
export const appealGrade = (filmId: string, reason: string) =>
  command('POST', `/films/${filmId}/appeal`, { body: { reason } });
export const withdrawAppeal = (appealId: string) => command('DELETE', `/appeals/${appealId}`);
export const markNoticesRead = () => command('POST', '/notices/read');

import {
  filmDetailSchema,
  joinedSchema,
  joinListSchema,
  meetingSchema,
  meetingsSchema,
  minutesSchema,
  phoneSchema,
  uuidSchema,
  type Meeting,
} from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { command, request } from '../api/client.ts';

/** Everybody sees a result within a second: the screens ask twice in it. */
const ASK_MS = 500;

export const meetingsQuery = queryOptions({
  queryKey: ['meetings'],
  queryFn: ({ signal }) => request(meetingsSchema, 'GET', '/meetings', { signal }),
});
export const openMeeting = (body: {
  title: string;
  decideBy: 'leader' | 'majority';
  filmIds: readonly string[];
  staffIds: readonly string[];
}) => request(z.object({ meetingId: uuidSchema }), 'POST', '/meetings', { body });
export const meetingQuery = (meetingId: string) =>
  queryOptions({
    queryKey: ['meeting', meetingId],
    queryFn: ({ signal }) => request(meetingSchema, 'GET', `/meetings/${meetingId}`, { signal }),
    refetchInterval: ASK_MS,
  });
export const meetingFilmQuery = (meetingId: string, number: number) =>
  queryOptions({
    queryKey: ['meeting-film', meetingId, number],
    queryFn: ({ signal }) => request(filmDetailSchema, 'GET', `/meetings/${meetingId}/film`, { signal }),
    staleTime: Infinity,
  });
export const moveMeeting = (meetingId: string, body: { number: number; phase: Meeting['phase'] }) =>
  request(meetingSchema, 'PUT', `/meetings/${meetingId}/place`, { body });
export interface Decision {
  readonly number: number;
  readonly grade: Grade;
  readonly marks: readonly { code: string; step: number }[];
  readonly rejectReasonCode: string | null;
  readonly note: string;
  readonly isKeptForTeaching: boolean;
  readonly standardVersion: number;
}
export const decideInMeeting = (meetingId: string, body: Decision) =>
  request(meetingSchema, 'POST', `/meetings/${meetingId}/decision`, { body });
export const freeName = (meetingId: string, attendeeId: string) =>
  command('DELETE', `/meetings/${meetingId}/attendees/${attendeeId}/phone`);
export const closeMeeting = (meetingId: string) => command('POST', `/meetings/${meetingId}/close`);
export const minutesQuery = (meetingId: string) =>
  queryOptions({
    queryKey: ['minutes', meetingId],
    queryFn: ({ signal }) => request(minutesSchema, 'GET', `/meetings/${meetingId}/minutes`, { signal }),
  });

export const joinListQuery = (code: string) =>
  queryOptions({
    queryKey: ['join', code],
    queryFn: ({ signal }) => request(joinListSchema, 'GET', `/join/${code}`, { signal }),
  });
export const joinMeeting = (code: string, attendeeId: string) =>
  request(joinedSchema, 'POST', `/join/${code}`, { body: { attendeeId } });
export const phoneQueryOf = (code: string, token: string) =>
  queryOptions({
    queryKey: ['phone', code, token],
    queryFn: ({ signal }) => request(phoneSchema, 'GET', `/join/${code}/phone`, { query: { token }, signal }),
    refetchInterval: ASK_MS,
    refetchIntervalInBackground: true,
  });
export const vote = (code: string, body: { token: string; number: number; grade: Grade }) =>
  request(phoneSchema, 'PUT', `/join/${code}/vote`, { body });

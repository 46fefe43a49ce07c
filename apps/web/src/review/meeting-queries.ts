import {
  filmDetailSchema,
  meetingCandidatesSchema,
  meetingSchema,
  meetingsSchema,
  minutesSchema,
  uuidSchema,
  type Meeting,
} from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { command, request } from '../api/client.ts';

/** The stream tells of every change; this is for the case that it is gone for good. */
const ASK_MS = 20_000;

export const meetingsQuery = queryOptions({
  queryKey: ['meetings'],
  queryFn: ({ signal }) => request(meetingsSchema, 'GET', '/meetings', { signal }),
});
export const openMeeting = (body: {
  title: string;
  decideBy: 'leader' | 'majority';
  plannedMinutes: number;
  minimumVotes: number;
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
  readonly overrideReason: string;
  readonly reject: {
    readonly reasonCode: string;
    readonly affectsDiagnosis: 'repeat' | 'no-repeat';
    readonly confirmation: string;
  } | null;
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

export const candidatesQuery = queryOptions({
  queryKey: ['meeting-candidates'],
  queryFn: ({ signal }) => request(meetingCandidatesSchema, 'GET', '/meeting-candidates', { signal }),
});
export const noteInMeeting = (meetingId: string, text: string) =>
  request(meetingSchema, 'POST', `/meetings/${meetingId}/notes`, { body: { text } });
export const pointInMeeting = (meetingId: string, place: { x: number; y: number } | null) =>
  command('PUT', `/meetings/${meetingId}/pointer`, { body: { place } });

import {
  joinCodeParams,
  meetingCandidatesSchema,
  meetingNoteRequest,
  meetingPointerRequest,
  meetingSchema,
  phoneQuery,
  uuidSchema,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { inMeetingOf, requireAttendee } from './attend-meeting.ts';
import { describeCandidates } from './meeting-candidates.ts';
import { noteInMeeting } from './meeting-notes.ts';
import type { MeetingStream } from './meeting-stream.ts';
import { readerOf } from './reader.ts';
import { describeMeeting, requireLedOpen } from './run-meeting.ts';

const tags = ['review'];
const leading = { permission: 'review.arbitrate' } as const;
const meetingParams = z.object({ meetingId: uuidSchema });
const streamed = { produces: ['text/event-stream'], response: { 200: z.string() } };
/** A phone opens its stream again whenever it wakes; one hall shares one address. */
const streamRate = { rateLimit: { max: 600, timeWindow: '1 minute' } };

/** What may come to a meeting, and what of it lives: streams, pointer, notes. */
export const meetingLiveRoutes = (app: App, database: Database, clock: Clock, stream: MeetingStream): void => {
  app.get(
    '/api/v1/meeting-candidates',
    {
      config: leading,
      schema: { tags, operationId: 'listMeetingCandidates', response: { 200: meetingCandidatesSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const candidates = await describeCandidates(unit, clock, readerOf(request.caller));
        await recordEntry(unit, actorOf(request), {
          action: 'review.meeting-candidates',
          subjectKind: 'meeting',
          subjectId: 'candidates',
          facts: { shown: candidates.films.length },
        });
        return candidates;
      }),
  );

  app.post(
    '/api/v1/meetings/:meetingId/notes',
    {
      config: leading,
      schema: {
        tags,
        operationId: 'noteInMeeting',
        params: meetingParams,
        body: meetingNoteRequest,
        response: { 201: meetingSchema },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      const meeting = await database.withHospital(caller.hospitalId, async (unit) => {
        const note = { accountId: caller.accountId, text: body.text };
        await noteInMeeting(unit, clock, actorOf(request), params.meetingId, note);
        await stream.publishWith(unit, params.meetingId, 'counted');
        return describeMeeting(unit, params.meetingId, caller.accountId);
      });
      return reply.code(201).send(meeting);
    },
  );

  app.put(
    '/api/v1/meetings/:meetingId/pointer',
    {
      config: leading,
      schema: {
        tags,
        operationId: 'pointInMeeting',
        params: meetingParams,
        body: meetingPointerRequest,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { meetingId } = request.params;
      const { hospitalId, accountId } = request.caller;
      await database.withHospital(hospitalId, (unit) => requireLedOpen(unit, meetingId, accountId));
      await stream.point(meetingId, request.body.place);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/meetings/:meetingId/events',
    { config: leading, schema: { tags, operationId: 'streamMeeting', params: meetingParams, ...streamed } },
    async (request, reply) => {
      const { meetingId } = request.params;
      const { hospitalId, accountId } = request.caller;
      await database.withHospital(hospitalId, (unit) => describeMeeting(unit, meetingId, accountId));
      reply.hijack();
      stream.attach(meetingId, reply.raw);
    },
  );

  app.get(
    '/api/v1/join/:code/events',
    {
      config: { permission: 'public', ...streamRate },
      schema: {
        tags,
        operationId: 'streamMeetingToPhone',
        params: joinCodeParams,
        querystring: phoneQuery,
        ...streamed,
      },
    },
    async (request, reply) => {
      const joined = await inMeetingOf(database, request.params.code, async (unit, meetingId) => {
        await requireAttendee(unit, meetingId, request.query.token);
        return meetingId;
      });
      reply.hijack();
      stream.attach(joined, reply.raw);
    },
  );
};

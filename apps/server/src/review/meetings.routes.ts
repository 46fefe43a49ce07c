import {
  joinCodeParams,
  joinedSchema,
  joinListSchema,
  joinRequest,
  typedCodeRequest,
  typedCodeSchema,
  meetingDecisionRequest,
  meetingMoveRequest,
  meetingRequest,
  meetingSchema,
  meetingsSchema,
  minutesSchema,
  phoneQuery,
  phoneSchema,
  uuidSchema,
  voteRequest,
  filmDetailSchema,
  type Meeting,
} from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { codeOfTyped, describePhone, inMeetingOf, joinMeeting, voteInMeeting } from './attend-meeting.ts';
import { openFilm, viewerOf } from './films.routes.ts';
import { findAttendees, findMeetingFilms, findMeeting, findMeetings, freeName } from './meeting.repository.ts';
import type { MeetingStream } from './meeting-stream.ts';
import { readerOf } from './reader.ts';
import {
  closeMeeting,
  decideInMeeting,
  describeMeeting,
  describeMinutes,
  moveMeeting,
  openMeeting,
  requireLedOpen,
} from './run-meeting.ts';

const tags = ['review'];
const leading = { permission: 'review.arbitrate' } as const;
const anybody = { permission: 'public' } as const;
const meetingParams = z.object({ meetingId: uuidSchema });
const done = { 204: z.null() };
/** One hall of phones shares one address, and each asks again after every change. */
const phoneRate = { rateLimit: { max: 6000, timeWindow: '1 minute' } };
/** A hall that types all at once, and far too few to guess a code. [PD] */
const typingRate = { rateLimit: { max: 60, timeWindow: '1 minute' } };

/** The leader's side. */
export const meetingRoutes = (
  app: App,
  database: Database,
  clock: Clock,
  live: LiveEvents,
  stream: MeetingStream,
): void => {
  app.get(
    '/api/v1/meetings',
    { config: leading, schema: { tags, operationId: 'listMeetings', response: { 200: meetingsSchema } } },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => ({
        items: (await findMeetings(unit)).map((row) => ({
          meetingId: row.meeting_id,
          title: row.title,
          openedAt: row.opened_at.toISOString(),
          closedAt: row.closed_at?.toISOString() ?? null,
          films: row.films,
          decided: row.decided,
          attended: row.attended,
        })),
      })),
  );

  app.post(
    '/api/v1/meetings',
    {
      config: leading,
      schema: {
        tags,
        operationId: 'openMeeting',
        body: meetingRequest,
        response: { 201: z.object({ meetingId: uuidSchema }) },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const opened = await database.withHospital(caller.hospitalId, (unit) =>
        openMeeting(unit, clock, readerOf(caller), actorOf(request), body),
      );
      return reply.code(201).send(opened);
    },
  );

  app.get(
    '/api/v1/meetings/:meetingId',
    {
      config: leading,
      schema: { tags, operationId: 'getMeeting', params: meetingParams, response: { 200: meetingSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, (unit) =>
        describeMeeting(unit, request.params.meetingId, request.caller.accountId),
      ),
  );

  app.get(
    '/api/v1/meetings/:meetingId/film',
    {
      config: leading,
      schema: { tags, operationId: 'getMeetingFilm', params: meetingParams, response: { 200: filmDetailSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { meetingId } = request.params;
        const meeting = await findMeeting(unit, meetingId);
        const film = (await findMeetingFilms(unit, meetingId)).find((each) => each.number === meeting?.current_film);
        if (!film) throw new AppError('REVIEW_MEETING_NOT_FOUND');
        return openFilm(unit, request, viewerOf(request.caller, clock), film.film_id);
      }),
  );

  app.put(
    '/api/v1/meetings/:meetingId/place',
    {
      config: leading,
      schema: {
        tags,
        operationId: 'moveMeeting',
        params: meetingParams,
        body: meetingMoveRequest,
        response: { 200: meetingSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { meetingId } = request.params;
        await moveMeeting(unit, meetingId, request.caller.accountId, request.body);
        return tellMeeting(unit, stream, await describeMeeting(unit, meetingId, request.caller.accountId));
      }),
  );

  app.post(
    '/api/v1/meetings/:meetingId/decision',
    {
      config: leading,
      schema: {
        tags,
        operationId: 'decideInMeeting',
        params: meetingParams,
        body: meetingDecisionRequest,
        response: { 200: meetingSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { meetingId } = request.params;
        await decideInMeeting(unit, clock, readerOf(request.caller), actorOf(request), meetingId, request.body);
        for (const name of ['films.changed', 'tasks.changed', 'notices.changed'] as const) {
          await live.publishWith(unit, name, {});
        }
        return tellMeeting(unit, stream, await describeMeeting(unit, meetingId, request.caller.accountId));
      }),
  );

  app.delete(
    '/api/v1/meetings/:meetingId/attendees/:attendeeId/phone',
    {
      config: leading,
      schema: {
        tags,
        operationId: 'freeMeetingName',
        params: meetingParams.extend({ attendeeId: uuidSchema }),
        response: done,
      },
    },
    async (request, reply) => {
      const { meetingId, attendeeId } = request.params;
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        await requireLedOpen(unit, meetingId, request.caller.accountId);
        await freeName(unit, meetingId, attendeeId);
        await stream.publishWith(unit, meetingId, 'changed');
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/meetings/:meetingId/close',
    { config: leading, schema: { tags, operationId: 'closeMeeting', params: meetingParams, response: done } },
    async (request, reply) => {
      const { caller, params } = request;
      await database.withHospital(caller.hospitalId, async (unit) => {
        await closeMeeting(unit, clock, actorOf(request), params.meetingId, caller.accountId);
        await stream.publishWith(unit, params.meetingId, 'changed');
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/v1/meetings/:meetingId/minutes',
    {
      config: leading,
      schema: { tags, operationId: 'getMinutes', params: meetingParams, response: { 200: minutesSchema } },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { meetingId } = request.params;
        const fact = { action: 'review.minutes-read', subjectKind: 'meeting', subjectId: meetingId };
        await recordEntry(unit, actorOf(request), fact);
        return describeMinutes(unit, meetingId);
      }),
  );
};

/** Every screen and phone hears how the meeting stands now. */
const tellMeeting = async (unit: UnitOfWork, stream: MeetingStream, meeting: Meeting): Promise<Meeting> => {
  const { meetingId, number, isOpen, phase, tally, decidedGrade } = meeting;
  await stream.publishWith(unit, meetingId, 'changed', { number, isOpen, phase, tally, decidedGrade });
  return meeting;
};

/** The phones' side: no account, only the code of an open meeting and the token of the name that was taken. */
export const phoneRoutes = (app: App, database: Database, clock: Clock, stream: MeetingStream): void => {
  app.post(
    '/api/v1/join',
    {
      config: { ...anybody, ...typingRate },
      schema: { tags, operationId: 'findTypedMeeting', body: typedCodeRequest, response: { 200: typedCodeSchema } },
    },
    async (request) => ({ code: await codeOfTyped(database, request.body.typedCode) }),
  );

  app.get(
    '/api/v1/join/:code',
    {
      config: { ...anybody, ...phoneRate },
      schema: { tags, operationId: 'listMeetingNames', params: joinCodeParams, response: { 200: joinListSchema } },
    },
    async (request) =>
      inMeetingOf(database, request.params.code, async (unit, meetingId) => ({
        title: (await findMeeting(unit, meetingId))?.title ?? '',
        names: (await findAttendees(unit, meetingId)).map(({ attendee_id, name, token }) => ({
          attendeeId: attendee_id,
          name,
          isTaken: token !== null,
        })),
      })),
  );

  app.post(
    '/api/v1/join/:code',
    {
      config: { ...anybody, ...phoneRate },
      schema: {
        tags,
        operationId: 'joinMeeting',
        params: joinCodeParams,
        body: joinRequest,
        response: { 201: joinedSchema },
      },
    },
    async (request, reply) => {
      const { code } = request.params;
      const joined = await inMeetingOf(database, code, async (unit, meetingId) => {
        await stream.publishWith(unit, meetingId, 'counted');
        return joinMeeting(unit, clock, meetingId, request.body.attendeeId);
      });
      return reply.code(201).send(joined);
    },
  );

  app.get(
    '/api/v1/join/:code/phone',
    {
      config: { ...anybody, ...phoneRate },
      schema: {
        tags,
        operationId: 'getPhoneView',
        params: joinCodeParams,
        querystring: phoneQuery,
        response: { 200: phoneSchema },
      },
    },
    async (request) =>
      inMeetingOf(database, request.params.code, (unit, meetingId) =>
        describePhone(unit, meetingId, request.query.token),
      ),
  );

  app.put(
    '/api/v1/join/:code/vote',
    {
      config: { ...anybody, ...phoneRate },
      schema: {
        tags,
        operationId: 'voteInMeeting',
        params: joinCodeParams,
        body: voteRequest,
        response: { 200: phoneSchema },
      },
    },
    async (request) =>
      inMeetingOf(database, request.params.code, async (unit, meetingId) => {
        await voteInMeeting(unit, clock, meetingId, request.body);
        await stream.publishWith(unit, meetingId, 'counted');
        return describePhone(unit, meetingId, request.body.token);
      }),
  );
};

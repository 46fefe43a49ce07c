import type { MeetingNews } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { ServerResponse } from 'node:http';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { notifyWith } from '../platform/notify.ts';

/** `changed` the course of the meeting; `counted` who is there or has voted; `pointer` where the leader points. */
export type MeetingEventName = 'changed' | 'counted' | 'pointer';

export interface MeetingStream {
  /** Tells the screens and phones of the meeting, in every process, when the transaction commits. */
  publishWith(unit: UnitOfWork, meetingId: string, name: MeetingEventName, data?: MeetingNews): Promise<void>;
  /** Where the leader points, in pixels of the full frame; null takes the pointer away. Nothing of it is kept. */
  point(meetingId: string, place: { x: number; y: number } | null): Promise<void>;
  attach(meetingId: string, response: ServerResponse): void;
  close(): void;
}

const channel = 'jiapian_meeting';
/** A proxy closes a connection that is silent for a minute. */
const heartbeatMs = 25_000;
/** A hall of phones and a few screens; more is a runaway client. */
const maxStreamsPerMeeting = 400;

interface Message {
  meetingId: string;
  name: MeetingEventName;
  data?: unknown;
}

/** A stream for each open meeting: phones have no account and must hear nothing of the hospital's other events. */
export const createMeetingStream = (database: Database): MeetingStream => {
  const streams = new Map<string, Set<ServerResponse>>();
  const deliver = (meetingId: string, name: MeetingEventName, data: unknown = {}): void => {
    for (const stream of streams.get(meetingId) ?? []) {
      stream.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  };
  const unlisten = database.listen(channel, (payload) => {
    // An empty payload follows a lost connection: something may have been missed, so everybody looks again.
    if (payload === '') for (const meetingId of streams.keys()) deliver(meetingId, 'changed');
    else {
      const { meetingId, name, data } = JSON.parse(payload) as Message;
      deliver(meetingId, name, data);
    }
  });
  const heartbeat = setInterval(() => {
    for (const group of streams.values()) for (const stream of group) stream.write(': alive\n\n');
  }, heartbeatMs);
  heartbeat.unref();
  return {
    publishWith: (unit, meetingId, name, data) => notifyWith(unit, channel, JSON.stringify({ meetingId, name, data })),
    point: (meetingId, data) => database.notify(channel, JSON.stringify({ meetingId, name: 'pointer', data })),
    attach: (meetingId, response) => {
      const group = streams.get(meetingId) ?? new Set();
      if (group.size >= maxStreamsPerMeeting) throw new AppError('REQUEST_TOO_MANY', { streams: group.size });
      streams.set(meetingId, group.add(response));
      response.on('close', () => {
        group.delete(response);
        if (group.size === 0) streams.delete(meetingId);
      });
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write('retry: 1000\n\n');
    },
    close: () => {
      unlisten();
      clearInterval(heartbeat);
      for (const group of streams.values()) for (const stream of group) stream.end();
    },
  };
};

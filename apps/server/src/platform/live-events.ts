import { liveEventNames, type LiveEventName } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { ServerResponse } from 'node:http';
import { notifyWith } from './notify.ts';
import type { Database, UnitOfWork } from './database.ts';

/** Small facts such as identifiers; the page asks for the rest with its own permissions. */
export type LiveData = Readonly<Record<string, string | number | boolean | null>>;

export interface LiveEvents {
  /** Tells the open screens of the hospital at once, in every process. */
  publish(hospitalId: string, name: LiveEventName, data?: LiveData): Promise<void>;
  /** The same when the transaction commits; nothing when it does not. */
  publishWith(unit: UnitOfWork, name: LiveEventName, data?: LiveData): Promise<void>;
  attach(hospitalId: string, response: ServerResponse): void;
  close(): void;
}

const channel = 'jiapian_live';
/** A proxy closes a connection that is silent for a minute. */
const heartbeatMs = 25_000;
/** A department has tens of screens; more is a runaway client. */
const maxStreamsPerHospital = 500;

export const createLiveEvents = (database: Database): LiveEvents => {
  const streams = new Map<string, Set<ServerResponse>>();
  const unlisten = database.listen(channel, (payload) => {
    const message = parse(payload);
    if (message) deliver(streams.get(message.hospitalId), message.name, message.data);
    else for (const group of streams.values()) for (const name of liveEventNames) deliver(group, name, {});
  });
  const heartbeat = setInterval(() => {
    for (const group of streams.values()) for (const stream of group) stream.write(': alive\n\n');
  }, heartbeatMs);
  heartbeat.unref();
  return {
    publish: (hospitalId, name, data = {}) => database.notify(channel, JSON.stringify({ hospitalId, name, data })),
    publishWith: async ({ db, hospitalId }, name, data = {}) => {
      await notifyWith({ db }, channel, JSON.stringify({ hospitalId, name, data }));
    },
    attach: (hospitalId, response) => {
      const group = streams.get(hospitalId) ?? new Set();
      if (group.size >= maxStreamsPerHospital) throw new AppError('REQUEST_TOO_MANY', { streams: group.size });
      streams.set(hospitalId, group.add(response));
      response.on('close', () => group.delete(response));
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write('retry: 2000\n\n');
    },
    close: () => {
      unlisten();
      clearInterval(heartbeat);
      for (const group of streams.values()) for (const stream of group) stream.end();
    },
  };
};

interface LiveMessage {
  hospitalId: string;
  name: LiveEventName;
  data: LiveData;
}

/** An empty payload follows a lost connection: something may have been missed, so every screen looks again. */
const parse = (payload: string): LiveMessage | null => (payload === '' ? null : (JSON.parse(payload) as LiveMessage));

const deliver = (group: Set<ServerResponse> | undefined, name: LiveEventName, data: LiveData): void => {
  for (const stream of group ?? []) stream.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
};

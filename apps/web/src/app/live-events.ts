import { liveEventNames, type LiveEventName } from '@jiapian/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { addressOf } from '../api/address.ts';

/** First parts of the query keys that a live event makes stale. */
const staleKeys: Readonly<Record<LiveEventName, readonly string[]>> = {
  'films.changed': ['films', 'release'],
  'gate.changed': ['films', 'release', 'exams'],
  'forwards.changed': ['release'],
  'exams.changed': ['exams', 'release'],
  'quarantine.changed': ['intake', 'release'],
  'tasks.changed': ['tasks', 'films'],
  'notices.changed': ['notices', 'own-films'],
  'orders.changed': ['exams'],
  'analysis.changed': ['analysis'],
  'parameters.changed': ['protocols'],
  'teaching.changed': ['teaching'],
};
/** A busy morning sends many events a second; the pages ask at most this often. */
const QUIET_MS = 800;
const SHARED = 'jiapian.live-events';

/** Keeps every open list current while somebody is signed in. */
export const useLiveEvents = (): void => {
  const client = useQueryClient();
  useEffect(() => {
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      for (const key of waiting) void client.invalidateQueries({ queryKey: [key] });
      waiting.clear();
    };
    const stop = listen((name) => {
      for (const key of staleKeys[name]) waiting.add(key);
      timer ??= setTimeout(flush, QUIET_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client]);
};

/**
 * One stream for all tabs: a browser opens six connections to a server over HTTP/1.1, and a stream holds one for good,
 * so that a few tabs with their own would leave none. The tab with the lock listens and tells the others.
 */
const listen = (onEvent: (name: LiveEventName) => void): (() => void) => {
  // Absent over plain HTTP, whatever its type says; then each tab has its own stream.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) {
    const source = openStream(onEvent);
    return () => source.close();
  }
  const leaving = new AbortController();
  const channel = new BroadcastChannel(SHARED);
  channel.addEventListener('message', ({ data }) => onEvent(data as LiveEventName));
  const hold = (): Promise<void> => {
    const source = openStream((name) => {
      onEvent(name);
      channel.postMessage(name);
    });
    return new Promise((resolve) => {
      leaving.signal.addEventListener('abort', () => {
        source.close();
        resolve();
      });
    });
  };
  // Rejected only when the page leaves before its turn has come.
  locks.request(SHARED, { signal: leaving.signal }, hold).catch(() => undefined);
  return () => {
    leaving.abort();
    channel.close();
  };
};

const openStream = (onEvent: (name: LiveEventName) => void): EventSource => {
  const source = new EventSource(addressOf('/events'));
  for (const name of liveEventNames) source.addEventListener(name, () => onEvent(name));
  return source;
};

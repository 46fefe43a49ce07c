import { liveEventNames, type LiveEventName } from '@jiapian/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { addressOf } from '../api/client.ts';

/** First parts of the query keys that a live event makes stale. */
const staleKeys: Readonly<Record<LiveEventName, readonly string[]>> = {
  'films.changed': ['films', 'release'],
  'gate.changed': ['films', 'release', 'exams'],
  'forwards.changed': ['release'],
  'exams.changed': ['exams', 'release'],
  'quarantine.changed': ['intake', 'release'],
};
/** A busy morning sends many events a second; the pages ask at most this often. */
const QUIET_MS = 800;

/** Keeps every open list current while somebody is signed in. */
export const useLiveEvents = (): void => {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(addressOf('/events'));
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      for (const key of waiting) void client.invalidateQueries({ queryKey: [key] });
      waiting.clear();
    };
    for (const name of liveEventNames) {
      source.addEventListener(name, () => {
        for (const key of staleKeys[name]) waiting.add(key);
        timer ??= setTimeout(flush, QUIET_MS);
      });
    }
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [client]);
};

import type { ObjectStore, Spool } from '../archive/index.ts';
import type { Log } from '../platform/log.ts';
import type { IndexQueue } from './index-received.ts';
import { rebuildReceived } from './rebuild-received.ts';

/**
 * Brings into the queue what lies in the spool and does not wait there: left by an earlier process, beyond what the
 * memory holds, or given up for the time being. Answers how many objects were brought in.
 */
export const replaySpool = async (parts: {
  spool: Spool;
  store: ObjectStore;
  queue: IndexQueue;
  log: Log;
}): Promise<number> => {
  const { spool, store, queue, log } = parts;
  let replayed = 0;
  for (const objectId of await spool.list()) {
    if (queue.has(objectId)) continue;
    const received = await rebuildReceived(store, objectId);
    if (received === undefined) {
      // Gone since it was listed: registered in the meantime. Else it is a stranger's file, which nothing here may remove.
      if ((await store.head(objectId)) !== undefined) log.warn('intake.foreign-file-in-spool', { objectId });
      continue;
    }
    if (queue.has(objectId) || (await store.head(objectId))?.place !== 'spool') continue;
    if (!queue.add(received)) break;
    replayed++;
  }
  if (replayed > 0) log.info('intake.replayed', { objects: replayed });
  return replayed;
};

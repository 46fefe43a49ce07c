import type { Database } from '../platform/database.ts';
import { findNamed } from './sweep.repository.ts';
import type { TeachingStore } from './teaching-store.ts';

/** A file younger than this may still be waiting for its row. */
const restMs = 3_600_000;

/** Removes files that a stop between writing and saving left without a row. */
export const sweepFiles = async (database: Database, store: TeachingStore, now: Date): Promise<void> => {
  const files = (await store.list()).filter(({ writtenAt }) => now.getTime() - writtenAt.getTime() > restMs);
  const ids = files.map(({ objectId }) => objectId);
  if (ids.length === 0) return;
  const named = await database.withSystem(({ db }) => findNamed(db, ids));
  for (const objectId of ids) if (!named.has(objectId)) await store.remove(objectId);
};

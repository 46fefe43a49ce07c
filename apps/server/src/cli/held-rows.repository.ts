import type { SystemUnitOfWork } from '../platform/database.ts';

export type HeldTable = 'stored_object' | 'quarantined_object';

export interface HeldRow {
  object_id: string;
  sha256: Buffer;
}

/** Rows that say that bytes are here, of every hospital, in order of their object ids. */
export const listHeldRows = (
  { db }: SystemUnitOfWork,
  table: HeldTable,
  after: string,
  limit: number,
): Promise<HeldRow[]> => {
  const rows = db.selectFrom(table).select(['object_id', 'sha256']).where('object_id', '>', after);
  // A person may have dismissed the bytes of a quarantined object; only what still waits must be there.
  const wanted = table === 'quarantined_object' ? rows.where('state', '=', 'waiting') : rows;
  return wanted.orderBy('object_id').limit(limit).execute();
};

export const isHeld = async ({ db }: SystemUnitOfWork, objectId: string): Promise<boolean> => {
  const tables = ['stored_object', 'quarantined_object'] as const;
  for (const table of tables) {
    const row = await db.selectFrom(table).select('object_id').where('object_id', '=', objectId).executeTakeFirst();
    if (row !== undefined) return true;
  }
  return false;
};

export const listTeachingRows = ({ db }: SystemUnitOfWork): Promise<HeldRow[]> =>
  db.selectFrom('teaching_object').select(['object_id', 'sha256']).orderBy('object_id').execute();

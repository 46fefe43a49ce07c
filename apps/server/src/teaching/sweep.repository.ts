import type { Sql } from '../platform/unit-of-work.ts';

/** Which of these files have a row, in whatever hospital. */
export const findNamed = async (db: Sql, objectIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('teaching_object')
    .select('object_id')
    .where('object_id', 'in', [...objectIds])
    .execute();
  return new Set(rows.map((row) => row.object_id));
};

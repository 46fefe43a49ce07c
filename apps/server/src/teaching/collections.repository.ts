import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface CollectionRow {
  collection_id: string;
  name: string;
  description: string;
  created_at: Date;
  case_count: number;
}

const columns = sql`c.collection_id, c.name, c.description, c.created_at, (
  select count(*)::integer from teaching_collection_case m join teaching_case t
    on t.hospital_id = m.hospital_id and t.case_id = m.case_id and t.state = 'confirmed'
  where m.hospital_id = c.hospital_id and m.collection_id = c.collection_id) as case_count`;

/** In order of their names; only those that hold a case when one is given. */
export const findCollections = async (
  { db, hospitalId }: UnitOfWork,
  holding: string | null = null,
): Promise<CollectionRow[]> => {
  const found = await sql<CollectionRow>`select ${columns} from teaching_collection c
    where c.hospital_id = ${hospitalId}
      ${holding === null ? sql`` : sql`and exists (select from teaching_collection_case h where h.hospital_id = c.hospital_id and h.collection_id = c.collection_id and h.case_id = ${holding})`}
    order by c.name`.execute(db);
  return found.rows;
};

/** False when another collection has the name. */
export const insertCollection = async (
  unit: UnitOfWork,
  one: { collectionId: string; name: string; description: string; by: string; at: Date },
): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('teaching_collection')
    .values({
      hospital_id: unit.hospitalId,
      collection_id: one.collectionId,
      name: one.name,
      description: one.description,
      created_by: one.by,
      created_at: one.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('collection_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

export const deleteCollection = async (unit: UnitOfWork, collectionId: string): Promise<boolean> => {
  const deleted = await unit.db
    .deleteFrom('teaching_collection')
    .where('hospital_id', '=', unit.hospitalId)
    .where('collection_id', '=', collectionId)
    .returning('collection_id')
    .executeTakeFirst();
  return deleted !== undefined;
};

export const findCollection = (unit: UnitOfWork, collectionId: string) =>
  unit.db
    .selectFrom('teaching_collection')
    .selectAll()
    .where('hospital_id', '=', unit.hospitalId)
    .where('collection_id', '=', collectionId)
    .executeTakeFirst();

export const addToCollection = async (
  unit: UnitOfWork,
  one: { collectionId: string; caseId: string; at: Date },
): Promise<void> => {
  await unit.db
    .insertInto('teaching_collection_case')
    .values({
      hospital_id: unit.hospitalId,
      collection_id: one.collectionId,
      case_id: one.caseId,
      added_at: one.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const takeFromCollection = async (
  unit: UnitOfWork,
  { collectionId, caseId }: { collectionId: string | null; caseId: string },
): Promise<void> => {
  let query = unit.db
    .deleteFrom('teaching_collection_case')
    .where('hospital_id', '=', unit.hospitalId)
    .where('case_id', '=', caseId);
  if (collectionId !== null) query = query.where('collection_id', '=', collectionId);
  await query.execute();
};

/** Confirmed cases of a collection, as they were added. */
export const findCaseIds = async ({ db, hospitalId }: UnitOfWork, collectionId: string): Promise<string[]> => {
  const found = await sql<{ case_id: string }>`select m.case_id from teaching_collection_case m
    join teaching_case t on t.hospital_id = m.hospital_id and t.case_id = m.case_id and t.state = 'confirmed'
    where m.hospital_id = ${hospitalId} and m.collection_id = ${collectionId}
    order by m.added_at, m.case_id`.execute(db);
  return found.rows.map((row) => row.case_id);
};

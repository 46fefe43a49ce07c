import type { HospitalPosition } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';

interface Change {
  version: number;
  at: Date;
  by: string | null;
}

/** The last version of each of the hospital's own positions. */
export const listPositions = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('hospital_position as own')
    .leftJoin('account', (join) =>
      join.onRef('account.hospital_id', '=', 'own.hospital_id').onRef('account.account_id', '=', 'own.changed_by'),
    )
    .distinctOn('own.code')
    .select(['own.code', 'own.version', 'content', 'is_verified', 'changed_at', 'account.display_name'])
    .where('own.hospital_id', '=', unit.hospitalId)
    .orderBy('own.code')
    .orderBy('own.version', 'desc')
    .execute();

/** False when somebody else was quicker. */
export const insertPosition = async (
  unit: UnitOfWork,
  position: HospitalPosition,
  { version, at, by, isVerified }: Change & { isVerified: boolean },
): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('hospital_position')
    .values({
      hospital_id: unit.hospitalId,
      code: position.code,
      version,
      content: JSON.stringify(position),
      is_verified: isVerified,
      changed_at: at,
      changed_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
};

/** The last version of each set the hospital has changed. */
export const listSets = (unit: UnitOfWork) =>
  unit.db
    .selectFrom('hospital_position_set')
    .distinctOn('set_code')
    .select(['set_code', 'version', 'members', 'is_confirmed'])
    .where('hospital_id', '=', unit.hospitalId)
    .orderBy('set_code')
    .orderBy('version', 'desc')
    .execute();

/** False when somebody else was quicker. */
export const insertSet = async (
  unit: UnitOfWork,
  set: { code: string; members: readonly string[]; isConfirmed: boolean },
  { version, at, by }: Change,
): Promise<boolean> => {
  const inserted = await unit.db
    .insertInto('hospital_position_set')
    .values({
      hospital_id: unit.hospitalId,
      set_code: set.code,
      version,
      members: JSON.stringify(set.members),
      is_confirmed: set.isConfirmed,
      changed_at: at,
      changed_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
};

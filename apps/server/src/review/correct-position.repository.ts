import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** A person's word stands above what the header says; whoever is grading the film meanwhile has to look again. */
export const setPosition = async (
  unit: UnitOfWork,
  filmId: string,
  position: { positionCode: string; laterality: 'L' | 'R' | 'B' | null },
): Promise<void> => {
  await unit.db
    .updateTable('film')
    .set({
      position_code: position.positionCode,
      laterality: position.laterality,
      position_source: 'person',
      version: sql`version + 1`,
    })
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .execute();
};

export interface RememberedPosition {
  deviceId: string;
  mappingKey: string;
  positionCode: string;
  accountId: string | null;
  now: Date;
}

/** Later films of this device with the same header words are this position, and so are the unread ones. */
export const rememberPosition = async (
  unit: UnitOfWork,
  { deviceId, mappingKey, positionCode, accountId, now }: RememberedPosition,
): Promise<void> => {
  const values = { position_code: positionCode, mapped_by: accountId, mapped_at: now };
  await unit.db
    .insertInto('position_mapping')
    .values({ hospital_id: unit.hospitalId, device_id: deviceId, mapping_key: mappingKey, ...values })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'device_id', 'mapping_key']).doUpdateSet(values))
    .execute();
  await unit.db
    .updateTable('film')
    .from('exam')
    .set({ position_code: positionCode, position_source: 'remembered', version: sql`film.version + 1` })
    .whereRef('exam.hospital_id', '=', 'film.hospital_id')
    .whereRef('exam.exam_id', '=', 'film.exam_id')
    .where('film.hospital_id', '=', unit.hospitalId)
    .where('exam.device_id', '=', deviceId)
    .where('film.mapping_key', '=', mappingKey)
    .where('film.state', '=', 'waiting')
    .where('film.position_source', '<>', 'person')
    .where('film.position_code', 'is distinct from', positionCode)
    .execute();
};

import { AppError, type Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { lockFilmRow } from './review.repository.ts';

export interface PositionCorrection {
  positionCode: string;
  laterality: 'L' | 'R' | 'B' | null;
  /** Use it for every later film of this device with the same header words, and for the unread ones. */
  remember: boolean;
}

/** A person says which position a film is; remembered per device if wanted. */
export const correctPosition = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  filmId: string,
  correction: PositionCorrection,
): Promise<void> => {
  const film = await lockFilmRow(unit, filmId);
  if (!film) throw new AppError('REVIEW_FILM_NOT_FOUND');
  await unit.db
    .updateTable('film')
    .set({ position_code: correction.positionCode, laterality: correction.laterality, position_source: 'person' })
    .where('hospital_id', '=', unit.hospitalId)
    .where('film_id', '=', filmId)
    .execute();
  const isRemembered = correction.remember && film.device_id !== null && film.mapping_key !== '';
  if (isRemembered && film.device_id !== null) {
    await rememberPosition(unit, film.device_id, film.mapping_key, correction.positionCode, by.accountId, clock.now());
  }
  await recordEntry(unit, by, {
    action: 'review.position-corrected',
    subjectKind: 'film',
    subjectId: filmId,
    facts: { ...correction, remembered: isRemembered },
  });
};

const rememberPosition = async (
  unit: UnitOfWork,
  deviceId: string,
  mappingKey: string,
  positionCode: string,
  accountId: string | null,
  now: Date,
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
    .set({ position_code: positionCode, position_source: 'remembered' })
    .whereRef('exam.hospital_id', '=', 'film.hospital_id')
    .whereRef('exam.exam_id', '=', 'film.exam_id')
    .where('film.hospital_id', '=', unit.hospitalId)
    .where('exam.device_id', '=', deviceId)
    .where('film.mapping_key', '=', mappingKey)
    .where('film.state', '=', 'waiting')
    .where('film.position_source', '<>', 'person')
    .execute();
};

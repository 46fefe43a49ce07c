import { AppError, type Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { rememberPosition, setPosition } from './correct-position.repository.ts';
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
  await setPosition(unit, filmId, correction);
  const isRemembered = correction.remember && film.device_id !== null && film.mapping_key !== '';
  if (isRemembered && film.device_id !== null) {
    await rememberPosition(unit, {
      deviceId: film.device_id,
      mappingKey: film.mapping_key,
      positionCode: correction.positionCode,
      accountId: by.accountId,
      now: clock.now(),
    });
  }
  await unit.emit({ name: 'film.repositioned', payload: { filmId, examId: film.exam_id } });
  await recordEntry(unit, by, {
    action: 'review.position-corrected',
    subjectKind: 'film',
    subjectId: filmId,
    facts: { ...correction, remembered: isRemembered },
  });
};

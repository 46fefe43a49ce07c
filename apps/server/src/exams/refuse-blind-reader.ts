import { AppError } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { findBlindExams } from './blind-reading.repository.ts';
import type { BlindViewer } from './blind-viewer.ts';

/**
 * Refuses the stored bytes of a film while its fully blind reader (全盲) has not saved: they carry people, room and
 * device, and what is burnt into the picture.
 */
export const refuseBlindReader = async (
  unit: UnitOfWork,
  viewer: BlindViewer,
  examIds: readonly string[],
): Promise<void> => {
  const blind = await findBlindExams(unit, viewer, [...new Set(examIds)]);
  if (blind.size > 0) throw new AppError('EXAMS_BLIND_READING');
};

import { AppError, transition } from '@jiapian/kernel';
import { correctionTable } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { lockCorrection, markUndone } from './correction.repository.ts';

/** A correction ends in the transaction in which its undo comes into force. Throws `CORRECTIONS_ILLEGAL`. */
export const endUndone = async (unit: UnitOfWork, correctionId: string): Promise<void> => {
  const row = await lockCorrection(unit, correctionId);
  const next = row && transition(correctionTable, row.state, 'undone');
  if (!next?.ok) throw new AppError('CORRECTIONS_ILLEGAL', { state: row?.state ?? '' });
  await markUndone(unit, correctionId);
};

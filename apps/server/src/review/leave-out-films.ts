import type { Clock } from '@jiapian/kernel';
import type { UnitOfWork } from '../platform/database.ts';
import { leaveOut, markApplied } from './draw.repository.ts';

/** Films at a time: about what a busy day leaves out, and a tenth of a second of rows that nobody else can save. [PD] */
export const filmsAtATime = 2000;

/**
 * The films a draw left out become 未抽中: those of a day in the transaction of the draw, those of a long list in
 * batches behind it (`sample.drawn`), so that no reader's saving waits for all of them.
 */
export const leaveOutFilms = async (unit: UnitOfWork, clock: Clock, drawId: string): Promise<void> => {
  if (await leaveOutSome(unit, clock, drawId)) await unit.emit({ name: 'sample.drawn', payload: { drawId } });
};

/** All of them, now. */
export const leaveOutAll = async (unit: UnitOfWork, clock: Clock, drawId: string): Promise<void> => {
  while (await leaveOutSome(unit, clock, drawId));
};

/** Answers whether there are more. */
const leaveOutSome = async (unit: UnitOfWork, clock: Clock, drawId: string): Promise<boolean> => {
  const { examIds, isMore } = await leaveOut(unit, drawId, filmsAtATime);
  for (const examId of examIds) await unit.emit({ name: 'films.sampled', payload: { examId } });
  if (!isMore) await markApplied(unit, drawId, clock.now());
  return isMore;
};

import { DAY_MS, transition, type Clock } from '@jiapian/kernel';
import { crossCheckTable, drawColleague, fallsIntoShare, shiftOf } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findCheckPolicy } from './check-policy.repository.ts';
import {
  closeCrossCheck,
  findCheckers,
  findFilmsToDraw,
  findOverdue,
  insertCrossCheck,
} from './cross-check.repository.ts';

/** Days a colleague has for a cross-check; later, the film is forgotten and the grade known. [PD] */
const CROSS_CHECK_DAYS = 7;

/** A share of the films of an exam is drawn for a colleague of another shift; nobody can choose or foresee it. */
export const drawCrossChecks = async (unit: UnitOfWork, clock: Clock, examId: string): Promise<void> => {
  const policy = await findCheckPolicy(unit);
  if (!policy || policy.cross_share === 0) return;
  for (const film of await findFilmsToDraw(unit, examId)) {
    // Who took it is not known yet: the colleague could be the one.
    if (film.technologist_id === null || !fallsIntoShare(policy.seed, film.film_id, policy.cross_share)) continue;
    const shift = shiftOf(film.hour);
    const colleagues = (await findCheckers(unit, film.day)).map(({ account_id, staff_id, hours }) => ({
      accountId: account_id,
      staffId: staff_id,
      isOfSameShift: hours.some((hour) => shiftOf(hour) === shift),
    }));
    const drawn = drawColleague(
      policy.seed,
      { filmId: film.film_id, ownStaffIds: [film.technologist_id, film.accountable_id] },
      colleagues,
    );
    if (!drawn) continue;
    await insertCrossCheck(unit, {
      ...{ filmId: film.film_id, accountId: drawn.accountId, shift, policyVersion: policy.version, at: clock.now() },
    });
  }
};

/** Cross-checks that nobody made in time; their colleagues may see the grade from then on. */
export const endOverdueChecks = async (unit: UnitOfWork, clock: Clock): Promise<number> => {
  const at = clock.now();
  const overdue = await findOverdue(unit, new Date(at.getTime() - CROSS_CHECK_DAYS * DAY_MS));
  for (const { film_id, state } of overdue) {
    const next = transition(crossCheckTable, state, 'time-passed');
    if (next.ok) await closeCrossCheck(unit, film_id, { state: next.value, at });
  }
  return overdue.length;
};

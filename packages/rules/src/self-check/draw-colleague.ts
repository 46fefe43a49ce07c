import { placeInOrder, type Seed } from '../sampling/seeded-order.ts';

/** A colleague who may be drawn, and the shifts they worked on the day of the film. */
export interface Colleague {
  readonly accountId: string;
  readonly staffId: string;
  /** Took films in the shift of the film, on its day. */
  readonly isOfSameShift: boolean;
}

/**
 * Who of another shift checks a film (互评): the first in the random order of seed and film, so that nobody chooses
 * whose films they see, and anybody can repeat it. Never whoever took the film or answers for it. Null when there is
 * nobody of another shift. The order in which colleagues are given is no matter.
 */
export const drawColleague = (
  seed: Seed,
  film: { readonly filmId: string; readonly ownStaffIds: readonly (string | null)[] },
  colleagues: readonly Colleague[],
): Colleague | null => {
  const [first] = colleagues
    .filter(({ staffId, isOfSameShift }) => !isOfSameShift && !film.ownStaffIds.includes(staffId))
    .map((colleague) => ({ colleague, place: placeInOrder(seed, `${film.filmId} ${colleague.accountId}`) }))
    .sort((one, other) => one.place - other.place || (one.colleague.accountId < other.colleague.accountId ? -1 : 1));
  return first?.colleague ?? null;
};

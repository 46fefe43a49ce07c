import { stratumOf, type Candidate, type SamplingPlan } from './sampling-plan.ts';
import { placeInOrder, type Seed } from './seeded-order.ts';

/** Why a film is to be read. */
export type DrawnBecause = 'every-film' | 'emergency' | 'finding' | 'not-reviewed-for-long' | 'random';

/** A candidate after the draw; `because` null means not drawn (未抽中). */
export interface DrawnCandidate {
  readonly filmId: string;
  readonly stratum: string;
  readonly because: DrawnBecause | null;
}

/** What the draw made of one stratum. */
export interface StratumDraw {
  readonly stratum: string;
  readonly candidates: number;
  /** Read whatever the chance: emergencies, findings, what nobody has reviewed for long. */
  readonly certain: number;
  readonly random: number;
}

/** A draw, films in their random order within each stratum. */
export interface Draw {
  readonly films: readonly DrawnCandidate[];
  readonly strata: readonly StratumDraw[];
}

interface Placed {
  readonly candidate: Candidate;
  readonly place: number;
}

/**
 * Which films are reviewed: those the plan names whatever the chance, then from each stratum by chance until its share
 * and its least number are reached, certain films included. The same plan, candidates and seed give the same draw, in
 * whatever order the candidates come; what is drawn in one stratum does not depend on another.
 */
export const drawSample = (plan: SamplingPlan, candidates: readonly Candidate[], seed: Seed): Draw => {
  const placed = candidates
    .map((candidate): Placed => ({ candidate, place: placeInOrder(seed, candidate.filmId) }))
    .sort((one, other) => one.place - other.place || (one.candidate.filmId < other.candidate.filmId ? -1 : 1));
  const longUnread = plan.notReviewedForDays === null ? new Set<string>() : firstOfLongUnread(plan, placed);
  const strata = new Map<string, Candidate[]>();
  for (const { candidate } of placed) {
    const stratum = stratumOf(plan, candidate);
    const held = strata.get(stratum);
    if (held) held.push(candidate);
    else strata.set(stratum, [candidate]);
  }
  const drawn = [...strata]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([stratum, films]) => drawStratum(plan, stratum, films, longUnread));
  return { films: drawn.flatMap(({ films }) => films), strata: drawn.map((each) => each.strata) };
};

const drawStratum = (plan: SamplingPlan, stratum: string, films: readonly Candidate[], longUnread: Set<string>) => {
  const reasons = films.map((film) => certainReason(plan, film, longUnread));
  const certain = reasons.filter((reason) => reason !== null).length;
  const wanted = Math.min(films.length, Math.max(plan.atLeast, Math.ceil(plan.share * films.length)));
  let random = Math.max(0, wanted - certain);
  const byChance = random;
  const drawn = films.map(({ filmId }, index): DrawnCandidate => {
    const reason = reasons[index] ?? null;
    if (reason !== null) return { filmId, stratum, because: reason };
    if (random === 0) return { filmId, stratum, because: null };
    random -= 1;
    return { filmId, stratum, because: 'random' };
  });
  return { films: drawn, strata: { stratum, candidates: films.length, certain, random: byChance } };
};

const certainReason = (plan: SamplingPlan, film: Candidate, longUnread: Set<string>): DrawnBecause | null => {
  if (plan.scope === 'all') return 'every-film';
  if (plan.everyEmergency && film.isEmergency) return 'emergency';
  if (plan.everyWithFinding && film.hasFinding) return 'finding';
  return longUnread.has(film.filmId) ? 'not-reviewed-for-long' : null;
};

/** One film, the first by chance, of each device and position that has waited for long, or was never reviewed. */
const firstOfLongUnread = (plan: SamplingPlan, placed: readonly Placed[]): Set<string> => {
  const seen = new Set<string>();
  const chosen = new Set<string>();
  for (const { candidate } of placed) {
    const { filmId, device, position, daysUnreviewed } = candidate;
    if (daysUnreviewed !== null && daysUnreviewed < (plan.notReviewedForDays ?? 0)) continue;
    const pair = `${device ?? '?'}|${position ?? '?'}`;
    if (seen.has(pair)) continue;
    seen.add(pair);
    chosen.add(filmId);
  }
  return chosen;
};

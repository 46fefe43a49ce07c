import { randomUUID } from 'node:crypto';
import { DAY_MS, AppError, type Clock } from '@jiapian/kernel';
import { drawSample, shiftOf, type Candidate, type Draw } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import {
  findCandidates,
  findUnapplied,
  insertDraw,
  type CandidateGroup,
  type DrawnGroup,
  type StratumFilms,
} from './draw.repository.ts';
import { leaveOutAll, leaveOutFilms } from './leave-out-films.ts';
import { lockPolicy } from './policy.repository.ts';
import { freshSeed, policyInForce } from './review-policy.ts';

/** Farther back nobody asks when a device and position was last reviewed. */
const longestUnreviewedDays = 400;

/**
 * Draws which unread films of some days are reviewed. The seed is made after the candidates are known and fixed, so
 * that nobody can wish for a sample; what is drawn stays drawn, and a second draw sees only films that came later.
 */
export const drawFilms = async (
  unit: UnitOfWork,
  clock: Clock,
  by: AuditActor,
  days: { fromDay: string; toDay: string },
): Promise<{ drawId: string; drawn: number; candidates: number }> => {
  await lockPolicy(unit);
  const now = clock.now();
  const policy = await policyInForce(unit, now);
  const plan = policy.content.sampling;
  if (plan.scope === 'all') throw new AppError('REVIEW_EVERY_FILM');
  const reviewedSince = new Date(now.getTime() - longestUnreviewedDays * DAY_MS);
  // What an earlier draw left out is no candidate of this one.
  for (const earlier of await findUnapplied(unit)) await leaveOutAll(unit, clock, earlier);
  const groups = await findCandidates(unit, { ...days, reviewedSince, now });
  if (groups.length === 0) throw new AppError('REVIEW_NOTHING_TO_DRAW');
  const candidates = groups.flatMap(({ filmIds, hour, ...known }) => {
    const shift = shiftOf(hour);
    return filmIds.map((filmId): Candidate => ({ filmId, shift, ...known }));
  });
  const seed = freshSeed();
  const draw = drawSample(plan, candidates, seed);
  const drawn = draw.films.filter((film) => film.because !== null).length;
  const drawId = randomUUID();
  await insertDraw(unit, {
    ...{ drawId, at: now, accountId: by.accountId, ...days, policyVersion: policy.version, plan, seed },
    ...{ strata: JSON.stringify(draw.strata), drawnCount: drawn, candidateCount: candidates.length },
    strataFilms: byStratum(draw, groups),
  });
  await leaveOutFilms(unit, clock, drawId);
  await recordEntry(unit, by, {
    action: 'review.sample-drawn',
    subjectKind: 'sampling-draw',
    subjectId: drawId,
    facts: { ...days, candidates: candidates.length, drawn, seed, policyVersion: policy.version },
  });
  return { drawId, drawn, candidates: candidates.length };
};

const byStratum = (draw: Draw, groups: readonly CandidateGroup[]): readonly StratumFilms[] => {
  const drawn = new Map(draw.films.map((film) => [film.filmId, film]));
  const strata = new Map<string, DrawnGroup[]>();
  for (const { hour, ...group } of groups) {
    // A stratum is made of what is the same in a group.
    const stratum = drawn.get(group.filmIds[0] ?? '')?.stratum ?? '';
    const held = strata.get(stratum) ?? [];
    if (held.length === 0) strata.set(stratum, held);
    const because = group.filmIds.map((filmId) => drawn.get(filmId)?.because ?? null);
    held.push({ ...group, shift: shiftOf(hour), because });
  }
  return [...strata].map(([stratum, held]) => ({ stratum, groups: held }));
};

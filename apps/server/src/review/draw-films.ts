import { randomUUID } from 'node:crypto';
import { DAY_MS, AppError, type Clock } from '@jiapian/kernel';
import { drawSample, shiftOf, type Candidate, type Draw } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { findCandidates, insertDraw, leaveOut, type StratumFilms } from './draw.repository.ts';
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
  const found = await findCandidates(unit, { ...days, reviewedSince, now });
  if (found.length === 0) throw new AppError('REVIEW_NOTHING_TO_DRAW');
  const candidates = found.map(({ hour, ...candidate }) => ({ ...candidate, shift: shiftOf(hour) }));
  const seed = freshSeed();
  const draw = drawSample(plan, candidates, seed);
  const drawn = draw.films.filter((film) => film.because !== null).length;
  const drawId = randomUUID();
  await insertDraw(unit, {
    ...{ drawId, at: now, accountId: by.accountId, ...days, policyVersion: policy.version, plan, seed },
    ...{ strata: JSON.stringify(draw.strata), drawnCount: drawn, candidateCount: candidates.length },
    strataFilms: byStratum(draw, candidates),
  });
  for (const examId of await leaveOut(unit, drawId)) await unit.emit({ name: 'films.sampled', payload: { examId } });
  await recordEntry(unit, by, {
    action: 'review.sample-drawn',
    subjectKind: 'sampling-draw',
    subjectId: drawId,
    facts: { ...days, candidates: candidates.length, drawn, seed, policyVersion: policy.version },
  });
  return { drawId, drawn, candidates: candidates.length };
};

const byStratum = (draw: Draw, candidates: readonly Candidate[]): readonly StratumFilms[] => {
  const known = new Map(candidates.map((candidate) => [candidate.filmId, candidate]));
  const strata = new Map<string, (Candidate & Pick<Draw['films'][number], 'because'>)[]>();
  for (const { filmId, stratum, because } of draw.films) {
    const candidate = known.get(filmId);
    if (!candidate) continue;
    const films = strata.get(stratum) ?? [];
    if (films.length === 0) strata.set(stratum, films);
    films.push({ ...candidate, because });
  }
  return [...strata].map(([stratum, films]) => ({ stratum, films }));
};

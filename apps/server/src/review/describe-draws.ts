import type { SamplingDraw, SamplingRate } from '@jiapian/contract';
import { samplingPlanSchema } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { drawSample, positionOf, stratifiedProportion, wilsonInterval, type StratumDraw } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { countRead, countStates, findDrawnFrom, findDraws, findNames, type DrawRow } from './draw.repository.ts';

/** Draws that a page shows. */
const shownDraws = 30;

/** The last draws, newest first, each stratum with its quota. */
export const describeDraws = async (unit: UnitOfWork): Promise<SamplingDraw[]> => {
  const draws = await findDraws(unit, shownDraws);
  const read = await countRead(
    unit,
    draws.map((draw) => draw.draw_id),
  );
  const names = await findNames(unit);
  return draws.map((draw) => describeDraw(draw, read, names));
};

const describeDraw = (
  draw: DrawRow,
  read: Awaited<ReturnType<typeof countRead>>,
  names: ReadonlyMap<string, string>,
): SamplingDraw => {
  const own = read.filter((row) => row.draw_id === draw.draw_id);
  return {
    drawId: draw.draw_id,
    drawnAt: draw.drawn_at.toISOString(),
    drawnBy: draw.display_name,
    fromDay: draw.from_day,
    toDay: draw.to_day,
    policyVersion: draw.policy_version,
    plan: samplingPlanSchema.parse(draw.plan),
    seed: draw.seed,
    candidateCount: draw.candidate_count,
    drawnCount: draw.drawn_count,
    readCount: own.reduce((sum, row) => sum + row.read, 0),
    strata: (draw.strata as unknown as StratumDraw[]).map((stratum) => ({
      ...stratum,
      label: stratum.stratum.split('|').map((part) => names.get(part) ?? positionOf(part)?.name.zh ?? part),
      read: own.find((row) => row.stratum === stratum.stratum)?.read ?? 0,
    })),
  };
};

/** Draws again from the stored candidates and seed, and says whether every film comes out the same. */
export const repeatDraw = async (
  unit: UnitOfWork,
  drawId: string,
): Promise<{ isRepeatable: boolean; compared: number }> => {
  const draw = (await findDraws(unit, shownDraws)).find((each) => each.draw_id === drawId);
  if (!draw) throw new AppError('REVIEW_DRAW_NOT_FOUND');
  const stored = await findDrawnFrom(unit, drawId);
  const again = drawSample(samplingPlanSchema.parse(draw.plan), stored, draw.seed);
  const because = new Map(again.films.map((film) => [film.filmId, film.because]));
  return { isRepeatable: stored.every((film) => because.get(film.filmId) === film.because), compared: stored.length };
};

/** Rates of some days: with the interval of the sample when films were left out, else of what has been read. */
export const describeRate = async (
  unit: UnitOfWork,
  days: { fromDay: string; toDay: string },
): Promise<SamplingRate> => {
  const strata = await countStates(unit, days);
  const total = (pick: (row: (typeof strata)[number]) => number): number =>
    strata.reduce((sum, row) => sum + pick(row), 0);
  const [films, read, notSampled] = [
    total((row) => row.films),
    total((row) => row.read),
    total((row) => row.not_sampled),
  ];
  const isSampled = notSampled > 0;
  const rate = (pick: (row: (typeof strata)[number]) => number) =>
    isSampled
      ? stratifiedProportion(strata.map((row) => ({ population: row.films, read: row.read, counted: pick(row) })))
      : wilsonInterval(total(pick), read);
  return {
    isSampled,
    films,
    read,
    notSampled,
    missed: total((row) => row.missed),
    late: total((row) => row.late),
    gradeA: rate((row) => row.grade_a),
    gradeAOrB: rate((row) => row.grade_a_or_b),
  };
};

import type { Distribution } from '@jiapian/contract';
import type { BlindViewer } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { percentileOf } from './describe-dose.ts';
import { type DayRange, findDistribution } from './statistics.repository.ts';

/** Points that a chart still shows apart; the newest are kept. */
const mostPoints = 5_000;

/** One figure over time, each point opening its film. */
export const describeDistribution = async (
  unit: UnitOfWork,
  wanted: DayRange & {
    metric: string;
    where: string;
    deviceId?: string | undefined;
    positionCode?: string | undefined;
    viewer: BlindViewer;
  },
): Promise<Distribution> => {
  const found = await findDistribution(unit, wanted, mostPoints + 1);
  const points = found.slice(0, mostPoints);
  const sorted = points.map(({ value }) => value).sort((one, other) => one - other);
  const at = (share: number): number => percentileOf(sorted, share);
  return {
    unit: points[0]?.unit ?? '',
    points: points.map(({ examId, filmId, at: moment, value, deviceId, positionCode }) => ({
      examId,
      filmId,
      at: moment.toISOString(),
      value,
      deviceId,
      positionCode,
    })),
    isCut: found.length > mostPoints,
    percentiles:
      sorted.length === 0 ? null : { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) },
  };
};

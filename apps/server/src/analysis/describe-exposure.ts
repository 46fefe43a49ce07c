import type { Exposure, ExposureGroup, exposureGroupings } from '@jiapian/contract';
import type { UnitOfWork } from '../platform/database.ts';
import { type DayRange, type ExposureRow, findExposure } from './statistics.repository.ts';

/** Two-sided 99.8 % point of the normal distribution: the outer limits of a funnel. */
const z998 = 3.090232306167813;

/** Deviation indices by device, position or technologist, each group set against the share of all. */
export const describeExposure = async (
  unit: UnitOfWork,
  wanted: DayRange & { by: (typeof exposureGroupings)[number] },
): Promise<Exposure> => {
  const rows = await findExposure(unit, wanted);
  const films = rows.reduce((sum, row) => sum + row.films, 0);
  const withIndex = rows.reduce((sum, row) => sum + row.withIndex, 0);
  const off = rows.reduce((sum, row) => sum + row.over + row.under, 0);
  const share = withIndex === 0 ? null : off / withIndex;
  return { films, offTargetShare: share, groups: rows.map((row) => groupOf(row, share)) };
};

const groupOf = (row: ExposureRow, share: number | null): ExposureGroup => ({
  ...row,
  isOutsideFunnel: share !== null && isOutside(row, share),
});

/** A small group may differ by chance; the funnel is as wide as its size makes it. */
const isOutside = ({ withIndex, over, under }: ExposureRow, share: number): boolean => {
  if (withIndex === 0) return false;
  const spread = z998 * Math.sqrt((share * (1 - share)) / withIndex);
  return Math.abs((over + under) / withIndex - share) > spread;
};

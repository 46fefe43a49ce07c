import type { RejectRates } from '@jiapian/contract';
import { rejectReasons, wilsonInterval } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { countRates, type RateGroup, type RateRow } from './reject-rates.repository.ts';

/** Below so many exposures a rate says little; TG-305 gives no figure [S50], product default [PD], unverified. */
export const RATE_EXPOSURES_MIN = 250;

/** Reject rate over all exposures and repeat rate, with Wilson's interval, of a span of days. */
export const readRejectRates = async (
  unit: UnitOfWork,
  asked: { from: string; to: string; by: RateGroup },
): Promise<RejectRates> => {
  const [total] = await countRates(unit, { ...asked, by: 'total' });
  const groups = asked.by === 'total' ? [] : await countRates(unit, asked);
  return {
    from: asked.from,
    to: asked.to,
    by: asked.by,
    minimum: RATE_EXPOSURES_MIN,
    total: rateOf(total ?? nothing),
    groups: (asked.by === 'reason' ? mergeReasons(groups) : groups).map(rateOf),
  };
};

const nothing: RateRow = { key: '', exposures: 0, rejected: 0, repeats: 0, reported_rejects: 0, reported_repeats: 0 };

const codeOfMeaning = new Map(rejectReasons.map(({ code, meaning }) => [meaning.toLowerCase(), code]));

/** A dose report says the meaning of a code of CID 7011 (130504), or words of its own, which stay as they are. */
const mergeReasons = (rows: readonly RateRow[]): RateRow[] => {
  const codeOf = ({ key }: RateRow): string | null =>
    key === null ? null : (codeOfMeaning.get(key.trim().toLowerCase()) ?? key);
  return [...Map.groupBy(rows, codeOf)]
    .map(([key, same]) => ({
      ...nothing,
      key,
      exposures: same[0]?.exposures ?? 0,
      rejected: sumOf(same, 'rejected'),
      reported_rejects: sumOf(same, 'reported_rejects'),
    }))
    .toSorted((one, other) => other.rejected - one.rejected);
};

const sumOf = (rows: readonly RateRow[], name: 'rejected' | 'reported_rejects'): number =>
  rows.reduce((sum, row) => sum + row[name], 0);

const rateOf = (row: RateRow) => ({
  key: row.key,
  exposures: row.exposures,
  rejected: row.rejected,
  repeats: row.repeats,
  reportedRejects: row.reported_rejects,
  reportedRepeats: row.reported_repeats,
  rejectRate: wilsonInterval(row.rejected, row.exposures),
  repeatRate: wilsonInterval(row.repeats, row.exposures),
  isTooFew: row.exposures < RATE_EXPOSURES_MIN,
});

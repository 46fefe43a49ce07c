import type { RejectRates } from '@jiapian/contract';
import { wilsonInterval } from '@jiapian/rules';
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
    total: rateOf(total ?? { key: '', exposures: 0, rejected: 0, repeats: 0 }),
    groups: groups.map(rateOf),
  };
};

const rateOf = (row: RateRow) => ({
  key: row.key,
  exposures: row.exposures,
  rejected: row.rejected,
  repeats: row.repeats,
  rejectRate: wilsonInterval(row.rejected, row.exposures),
  repeatRate: wilsonInterval(row.repeats, row.exposures),
  isTooFew: row.exposures < RATE_EXPOSURES_MIN,
});

import type { UnitOfWork } from '../platform/database.ts';
import { countEntries, lastSeal, sealedEntriesAfter } from './audit.repository.ts';
import { chainHash, GENESIS } from './hash-chain.ts';

interface ChainVerification {
  isIntact: boolean;
  sealedCount: number;
  unsealedCount: number;
  firstBrokenAuditId: number | null;
}

const VERIFY_BATCH = 5000;

/** Recomputes every hash from the first entry on; a changed, removed or inserted entry shows as the first broken one. */
export const verifyChain = async (unit: UnitOfWork): Promise<ChainVerification> => {
  // Seals that come while this reads are welcome; one that stood here before and is not read again has lost its entry.
  const newest = Number((await lastSeal(unit))?.seal_number ?? 0);
  let previous: Buffer = GENESIS;
  let number = 0;
  let broken: number | null = null;
  for (;;) {
    const batch = await sealedEntriesAfter(unit, number, VERIFY_BATCH);
    for (const entry of batch) {
      const fits =
        entry.seal_number === number + 1 &&
        entry.previous_hash.equals(previous) &&
        entry.hash.equals(chainHash(previous, entry));
      if (!fits) {
        broken = entry.audit_id;
        break;
      }
      number = entry.seal_number;
      previous = entry.hash;
    }
    if (broken !== null || batch.length < VERIFY_BATCH) break;
  }
  const { entries, seals } = await countEntries(unit);
  return {
    isIntact: broken === null && number >= newest,
    sealedCount: number,
    unsealedCount: entries - seals,
    firstBrokenAuditId: broken,
  };
};

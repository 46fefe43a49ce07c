import type { UnitOfWork } from '../platform/database.ts';
import { countEntries, sealedEntriesAfter } from './audit.repository.ts';
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
    // Entries may be sealed while this reads: what was read fits, and that is what is said.
    isIntact: broken === null,
    sealedCount: number,
    unsealedCount: entries - seals,
    firstBrokenAuditId: broken,
  };
};

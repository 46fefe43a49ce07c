import type { UnitOfWork } from '../platform/database.ts';
import { insertSeals, lastSeal, lockChain, unsealedEntries } from './audit.repository.ts';
import { chainHash, GENESIS } from './hash-chain.ts';

/** Entries sealed in one transaction. */
const SEAL_BATCH = 1000;

/** Seals what is unsealed, oldest first; answers how many entries were sealed. */
export const sealChain = async (unit: UnitOfWork): Promise<number> => {
  await lockChain(unit);
  const last = await lastSeal(unit);
  const entries = await unsealedEntries(unit, SEAL_BATCH);
  if (entries.length === 0) return 0;
  let previous = last?.hash ?? GENESIS;
  let number = Number(last?.seal_number ?? 0);
  const seals = entries.map((entry) => {
    const hash = chainHash(previous, entry);
    number += 1;
    const seal = { seal_number: number, audit_id: entry.audit_id, previous_hash: previous, hash };
    previous = hash;
    return seal;
  });
  await insertSeals(unit, seals);
  return seals.length;
};

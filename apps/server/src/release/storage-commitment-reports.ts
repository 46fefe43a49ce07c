import type { Clock } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';
import { answerAsk } from './storage-commitment-asks.repository.ts';
import type { DecidedObject } from './storage-commitment-data.ts';

/** Takes in what an archive reports; false for a transaction that nobody here began. Duplicates change nothing. */
export const takeCommitmentReport = async (
  { database, clock }: { database: Database; clock: Clock },
  hospitalId: string,
  report: { transactionUid: string; objects: readonly DecidedObject[] },
): Promise<boolean> =>
  database.withHospital(hospitalId, async (unit) => {
    const destinationId = await answerAsk(unit, report.transactionUid, report.objects, clock.now());
    if (destinationId === null) return false;
    await unit.emit({
      name: 'commitment.answered',
      payload: { destinationId, transactionUid: report.transactionUid },
    });
    return true;
  });

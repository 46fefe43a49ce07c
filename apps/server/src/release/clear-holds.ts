import type { Clock } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { findClearExams } from './clear-holds.repository.ts';
import { moveGate } from './move-gate.ts';

const CLEAR_BATCH = 100;

/** Lets go what was held only until its automatic checks had run and found nothing. What they did not measure is no yes. */
export const clearHolds = (database: Database, clock: Clock, live: LiveEvents): Promise<void> =>
  forEachHospital(database, async (unit) => {
    const clear = await findClearExams(unit, CLEAR_BATCH);
    for (const examId of clear) await moveGate(unit, { examId, event: 'findings-clear', at: clock.now() });
    if (clear.length > 0) await live.publishWith(unit, 'gate.changed');
  });

import type { Clock } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { markMissed } from '../review/index.ts';
import { findOverdueGates } from './gate.repository.ts';
import { moveGate } from './move-gate.ts';

/** Exams let go in one transaction when a clock has run out. */
const OVERDUE_BATCH = 100;

/** Opens every gate whose time is up (漏评): nothing waits for ever, and what left unread says so. */
export const runClock = async (database: Database, clock: Clock, live: LiveEvents): Promise<void> =>
  forEachHospital(database, async (unit) => {
    const at = clock.now();
    const overdue = await findOverdueGates(unit, at, OVERDUE_BATCH);
    for (const examId of overdue) {
      await moveGate(unit, { examId, event: 'clock-ran-out', at });
      await markMissed(unit, examId);
    }
    if (overdue.length > 0) {
      await live.publishWith(unit, 'gate.changed');
      await live.publishWith(unit, 'films.changed');
    }
  });

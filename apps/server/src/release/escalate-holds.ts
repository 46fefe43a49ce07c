import type { Clock } from '@jiapian/kernel';
import { recordExamEvent } from '../exams/index.ts';
import type { Database } from '../platform/database.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { findActiveAccounts, findGatesToEscalate, markEscalated } from './gate.repository.ts';
import { readHoldPolicy } from './hold-policy.ts';

/** Holds escalated in one transaction. */
const ESCALATION_BATCH = 100;

/** Before a clock runs out unread somebody else is called: the first substitute who is active, else all who may decide. */
export const escalateHolds = (database: Database, clock: Clock, live: LiveEvents): Promise<void> =>
  forEachHospital(database, async (unit) => {
    const at = clock.now();
    const exams = await findGatesToEscalate(unit, at, ESCALATION_BATCH);
    if (exams.length === 0) return;
    const { policy } = await readHoldPolicy(unit);
    const active = new Set(await findActiveAccounts(unit, policy.substitutes));
    const substitute = policy.substitutes.find((accountId) => active.has(accountId)) ?? null;
    for (const examId of exams) {
      await markEscalated(unit, examId, at, substitute);
      await recordExamEvent(unit, { examId, at, event: 'gate.escalated', facts: { to: substitute } });
    }
    await live.publishWith(unit, 'gate.changed', { escalated: exams.length, to: substitute });
  });

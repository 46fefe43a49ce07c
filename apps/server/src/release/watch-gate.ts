import type { Clock } from '@jiapian/kernel';
import { mayClose, mustOpen, type OpeningReason } from '@jiapian/rules';
import { recordEntry, systemActor } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { markMissed } from '../review/index.ts';
import { closeOpening, findOpening, insertOpening, readDepartment } from './gate-opening.repository.ts';
import { findHeldExams } from './gate.repository.ts';
import { readHoldPolicy } from './hold-policy.ts';
import { moveGate } from './move-gate.ts';
import { reviewerRoles } from './reviewer-roles.ts';

/** Exams let go in one transaction when the gate opens. */
const OPENING_BATCH = 100;
/** A job that has been due for so long means that the system does not keep up. [PD] */
const STUCK_MS = 5 * 60_000;
/** Exams that left unread longer ago say nothing about now. [PD] */
const EVIDENCE_MS = 12 * 60 * 60_000;

const actor = systemActor('gate');

/** Opens the gate when it must open, lets everything go that is held, and closes it when it may. */
export const watchGate = (database: Database, clock: Clock, live: LiveEvents): Promise<void> =>
  forEachHospital(database, async (unit) => {
    const now = clock.now();
    const { policy } = await readHoldPolicy(unit);
    const department = await readDepartment(unit, {
      now,
      absentSince: new Date(now.getTime() - EVIDENCE_MS),
      stuckSince: new Date(now.getTime() - STUCK_MS),
      reviewerRoles,
    });
    const open = await findOpening(unit);
    const because = mustOpen(policy.opening, department);
    if (open === undefined && because === null) return;
    if (open === undefined && because !== null) {
      await openGate(unit, because, now, { held: department.held, leftUnread: department.leftUnread });
    } else if (open !== undefined && mayClose(policy.opening, open.opened_at.getTime(), department)) {
      await closeOpening(unit, open.gate_opening_id, now);
      await recordEntry(unit, actor, {
        action: 'release.gate-closed',
        subjectKind: 'gate',
        subjectId: String(open.gate_opening_id),
      });
      await live.publishWith(unit, 'gate.changed');
      return;
    }
    const reason = open === undefined ? because : (open.because as OpeningReason);
    if (await letAllGo(unit, reason, now)) {
      await live.publishWith(unit, 'gate.changed');
      await live.publishWith(unit, 'films.changed');
    }
  });

const openGate = async (
  unit: UnitOfWork,
  because: OpeningReason,
  at: Date,
  facts: Record<string, number>,
): Promise<void> => {
  await insertOpening(unit, { because, opened_at: at, facts: JSON.stringify(facts) });
  await recordEntry(unit, actor, {
    action: 'release.gate-opened',
    subjectKind: 'gate',
    subjectId: unit.hospitalId,
    facts: { because, ...facts },
  });
};

/** What is held leaves unread, provisionally, and is read later. */
const letAllGo = async (unit: UnitOfWork, opening: OpeningReason | null, at: Date): Promise<boolean> => {
  const held = await findHeldExams(unit, OPENING_BATCH);
  for (const examId of held) {
    await moveGate(unit, { examId, event: 'gate-opened', at, facts: { opening } });
    await markMissed(unit, examId);
  }
  return held.length > 0;
};

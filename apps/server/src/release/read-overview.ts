import type { ReleaseOverview } from '@jiapian/contract';
import { findOpening } from './gate-opening.repository.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { countForwarded, countReleased, countStages, readDestinationQueues, readFlow } from './overview.repository.ts';

/** The corridor of the hospital's day in one look: received, registered, held, released, forwarded. */
export const readOverview = async (unit: UnitOfWork, now: Date): Promise<ReleaseOverview> => {
  const stage = await countStages(unit, now);
  const released = await countReleased(unit, now);
  const releasedBy = countsOf(released);
  const forwardedAs = countsOf(await countForwarded(unit, now));
  const flow = await readFlow(unit, now);
  const opening = await findOpening(unit);
  const destinations = await readDestinationQueues(unit);
  return {
    received: {
      exams: stage?.exams ?? 0,
      instances: stage?.instances ?? 0,
      lastAt: stage?.last_at?.toISOString() ?? null,
    },
    registered: {
      ready: stage?.ready ?? 0,
      receiving: stage?.receiving ?? 0,
      unknownDevice: stage?.unknown_device ?? 0,
    },
    gate: { held: stage?.held ?? 0, dueSoon: stage?.due_soon ?? 0 },
    released: {
      graded: releasedBy('graded'),
      missed: releasedBy('missed'),
      emergency: releasedBy('emergency') + releasedBy('unnamed-device'),
      byPerson: releasedBy('by-person'),
      byRule: ['findings-clear', 'icu', 'intraoperative', 'copy', 'review-afterwards', 'not-sampled'].reduce(
        (sum, reason) => sum + releasedBy(reason),
        0,
      ),
      gateOpen: releasedBy('gate-open'),
      total: released.reduce((sum, [, exams]) => sum + exams, 0),
    },
    forwarded: {
      sentExams: forwardedAs('sent'),
      queued: forwardedAs('queued') + forwardedAs('sending') + forwardedAs('unconfirmed'),
      failed: forwardedAs('failed'),
      refused: forwardedAs('refused') + forwardedAs('parked'),
    },
    quarantine: stage?.quarantine ?? 0,
    openRepeats: stage?.open_repeats ?? 0,
    opening: opening ? { because: opening.because, openedAt: opening.opened_at.toISOString() } : null,
    flow: flow.map((minute) => ({ ...minute, minute: minute.minute.toISOString() })),
    destinations: destinations.map((row) => ({
      destinationId: row.destination_id,
      name: row.name,
      isEnabled: row.is_enabled,
      waiting: row.waiting,
      isDown: row.circuit_state === 'open' || row.circuit_state === 'half-open',
      failures: row.circuit_failures ?? 0,
      downSince: row.circuit_state === 'open' ? (row.circuit_changed_at?.toISOString() ?? null) : null,
      lastAnswer: row.last_answer,
      nextAttemptAt: row.next_trial_at?.toISOString() ?? null,
    })),
  };
};

const countsOf = (pairs: (readonly [string, number])[]): ((key: string) => number) => {
  const counts = new Map(pairs);
  return (key) => counts.get(key) ?? 0;
};

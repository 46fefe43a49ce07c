import { transition, type Clock } from '@jiapian/kernel';
import { rejectionTable, type RejectionState } from '@jiapian/rules';
import { recordExamEvent } from '../exams/index.ts';
import type { Database } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { findDestination, type DestinationRow } from './destination.repository.ts';
import type { Finder } from './find-at-archive.ts';
import { findNotedInstances } from './note-source.repository.ts';
import { lockRejection, updateRejection } from './rejection.repository.ts';
import { findUnchecked, markChecked, type UncheckedRejection } from './rejection-queue.repository.ts';

/** An archive works on a note for a while before a search shows its effect. [PD] */
const EFFECT_AFTER_MS = 10_000;
/** An archive that could not be asked is asked again. [PD] */
const ASK_AGAIN_MS = 10 * 60_000;
const CHECKS_PER_ROUND = 20;

export interface EffectParts {
  database: Database;
  clock: Clock;
  live: LiveEvents;
  finderOf: (destination: DestinationRow) => Finder;
}

/** Looks whether an archive still shows what it was told to hide: what it still shows becomes a person's task. */
export const checkRejections = async (parts: EffectParts): Promise<void> => {
  const now = parts.clock.now().getTime();
  const when = { sentBefore: new Date(now - EFFECT_AFTER_MS), askedBefore: new Date(now - ASK_AGAIN_MS) };
  const due = await parts.database.withSystem((unit) => findUnchecked(unit, when, CHECKS_PER_ROUND));
  for (const rejection of due) {
    const visible = await countVisible(parts, rejection);
    await recordEffect(parts, rejection, visible);
    await parts.live.publish(rejection.hospital_id, 'forwards.changed', { examId: rejection.exam_id });
  }
};

/** How many of the rejected objects a search still finds; null when the archive cannot be asked. */
const countVisible = async (parts: EffectParts, rejection: UncheckedRejection): Promise<number | null> => {
  const asked = await parts.database.withHospital(rejection.hospital_id, async (unit) => ({
    destination: await findDestination(unit, rejection.destination_id),
    instances: await findNotedInstances(unit, rejection.instance_uids, rejection.copy_id),
  }));
  if (!asked.destination) return null;
  const study = {
    studyInstanceUid: rejection.study_instance_uid,
    seriesInstanceUids: [...new Set(asked.instances.map((row) => row.series_instance_uid))],
  };
  const shown = await parts
    .finderOf(asked.destination)(study)
    .catch(() => null);
  return shown && asked.instances.filter((row) => shown.has(row.sop_instance_uid)).length;
};

const recordEffect = (parts: EffectParts, rejection: UncheckedRejection, visible: number | null): Promise<void> =>
  parts.database.withHospital(rejection.hospital_id, async (unit) => {
    const at = parts.clock.now();
    await markChecked(unit, rejection.rejection_id, at);
    if (visible === null) return;
    const current = await lockRejection(unit, rejection.rejection_id);
    const event = visible === 0 ? 'seen-hidden' : 'seen-visible';
    const next = current && transition(rejectionTable, current.state as RejectionState, event);
    if (!next?.ok) return;
    await updateRejection(unit, rejection.rejection_id, { state: next.value, still_visible: visible });
    await recordExamEvent(unit, {
      examId: rejection.exam_id,
      at,
      event: `rejection.${next.value}`,
      facts: { stillVisible: visible },
    });
  });

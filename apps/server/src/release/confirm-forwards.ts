import type { Clock } from '@jiapian/kernel';
import { forwardChecksMax } from '@jiapian/rules';
import type { Database } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { findUnconfirmed, settleForwards, type UnconfirmedGroup } from './confirm-forwards.repository.ts';
import { findDestination, type DestinationRow } from './destination.repository.ts';
import type { Finder } from './find-at-archive.ts';

const GROUPS_PER_ROUND = 20;
/** An archive that has just taken an object may not show it yet. [PD] */
const NEXT_LOOK_MS = 10_000;

/** The last word of an archive on each object: 0 committed, else why not; null while it owes an answer. */
export type Commitments = (
  group: UnconfirmedGroup,
  destination: DestinationRow,
) => Promise<ReadonlyMap<string, number | null>>;

export interface ConfirmParts {
  database: Database;
  clock: Clock;
  live: LiveEvents;
  finderOf: (destination: DestinationRow) => Finder;
  commitments: Commitments;
}

/**
 * What an archive has taken counts as sent only once it is proven to be there. An archive that said success and lost the
 * object is found out: the object has failed and is sent again.
 */
export const confirmForwards = async (parts: ConfirmParts): Promise<void> => {
  const groups = await parts.database.withSystem((unit) => findUnconfirmed(unit, parts.clock.now(), GROUPS_PER_ROUND));
  for (const group of groups) {
    const destination = await parts.database.withHospital(group.hospital_id, (unit) =>
      findDestination(unit, group.destination_id),
    );
    if (!destination) continue;
    const verdicts = await verdictsOf(parts, group, destination);
    const settled = group.objects.map((object) => ({
      forward_id: object.forward_id,
      ...stateAfter(verdicts?.get(object.sop_instance_uid), object.checks),
    }));
    const next = new Date(parts.clock.now().getTime() + NEXT_LOOK_MS);
    await parts.database.withHospital(group.hospital_id, (unit) => settleForwards(unit, settled, next));
    await parts.live.publish(group.hospital_id, 'forwards.changed', { examId: group.exam_id });
  }
};

type Verdict = 'there' | 'missing' | 'unknown';

const verdictsOf = async (
  parts: ConfirmParts,
  group: UnconfirmedGroup,
  destination: DestinationRow,
): Promise<ReadonlyMap<string, Verdict> | null> => {
  const uids = group.objects.map((object) => object.sop_instance_uid);
  try {
    if (group.confirmation === 'commitment') {
      const answers = await parts.commitments(group, destination);
      return new Map(
        uids.map((uid) => {
          const reason = answers.get(uid);
          return [uid, reason === 0 ? 'there' : reason === undefined || reason === null ? 'unknown' : 'missing'];
        }),
      );
    }
    const study = { studyInstanceUid: group.study_instance_uid, seriesInstanceUids: group.series };
    const shown = await parts.finderOf(destination)(study);
    return new Map(uids.map((uid) => [uid, shown.has(uid) ? 'there' : 'missing']));
  } catch {
    // An archive that cannot be asked proves nothing, either way: it is asked again.
    return null;
  }
};

/** Missing once may be slowness; missing each time it was looked for is lost. */
const stateAfter = (verdict: Verdict | undefined, checks: number) => {
  if (verdict === 'there') return { state: 'sent' as const, code: '' };
  const isLost = verdict === 'missing' && checks + 1 >= forwardChecksMax;
  return isLost ? { state: 'failed' as const, code: 'lost' } : { state: 'unconfirmed' as const, code: '' };
};

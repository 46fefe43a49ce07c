import type { Clock } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';
import type { DimsePeer } from '../platform/dimse-client.ts';
import { askCommitment } from './commit-storage-ask.ts';
import type { Commitments } from './confirm-forwards.ts';
import type { DestinationRow } from './destination.repository.ts';
import { findCommitments } from './storage-commitment-asks.repository.ts';

/** An archive that has not answered for so long is asked again. [PD] */
const ASK_AGAIN_MS = 10 * 60_000;

/** Asks an archive to commit to what it has taken, once, and reads what it has answered. */
export const createCommitments =
  (parts: { database: Database; clock: Clock }, peerOf: (destination: DestinationRow) => DimsePeer): Commitments =>
  async (group, destination) => {
    const uids = group.objects.map((object) => object.sop_instance_uid);
    const read = () =>
      parts.database.withHospital(group.hospital_id, (unit) => findCommitments(unit, group.destination_id, uids));
    const answers = await read();
    const now = parts.clock.now().getTime();
    const unasked = group.objects.filter(({ sop_instance_uid }) => {
      const answer = answers.get(sop_instance_uid);
      return answer === undefined || (answer.failureReason === null && now - answer.askedAt.getTime() >= ASK_AGAIN_MS);
    });
    if (unasked.length > 0) {
      await askCommitment(parts, {
        hospitalId: group.hospital_id,
        destinationId: group.destination_id,
        peer: peerOf(destination),
        objects: unasked.map((object) => ({
          sopClassUid: object.sop_class_uid,
          sopInstanceUid: object.sop_instance_uid,
        })),
      });
    }
    const last = unasked.length > 0 ? await read() : answers;
    return new Map([...last].map(([uid, { failureReason }]) => [uid, failureReason]));
  };

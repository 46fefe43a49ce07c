import type { Clock } from '@jiapian/kernel';
import { backOffMs } from '@jiapian/rules';
import type { ObjectStore } from '../archive/index.ts';
import type { Database } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import {
  findDueDestinations,
  recordAnswers,
  takeForwards,
  type ForwardAnswer,
  type TakenForward,
} from './forward.repository.ts';
import type { SendAnswer, Sender } from './outgoing.ts';
import { breakdownText } from './send-dimse.ts';

/** Objects sent over one association before the queue is looked at again, so that an emergency can overtake. [PD] */
const FORWARD_BATCH = 50;

type DueDestination = Awaited<ReturnType<typeof findDueDestinations>>[number];

export interface ForwardingParts {
  database: Database;
  clock: Clock;
  store: ObjectStore;
  live: LiveEvents;
  senderOf: (destination: DueDestination) => Sender;
}

/** Sends what is due, all destinations at once, each in order; ends when nothing more is due. */
export const forwardObjects = async (parts: ForwardingParts, signal: AbortSignal): Promise<void> => {
  const due = await parts.database.withSystem((unit) => findDueDestinations(unit, parts.clock.now()));
  await Promise.all(due.map((destination) => emptyQueue(parts, destination, signal)));
};

const emptyQueue = async (parts: ForwardingParts, destination: DueDestination, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const taken = await parts.database.withHospital(destination.hospital_id, (unit) =>
      takeForwards(unit, destination.destination_id, parts.clock.now(), FORWARD_BATCH),
    );
    if (taken.length === 0) return;
    const answers = await sendBatch(parts, destination, taken, signal);
    const at = parts.clock.now();
    await parts.database.withHospital(destination.hospital_id, (unit) => recordAnswers(unit, answers, at));
    await parts.live.publish(destination.hospital_id, 'forwards.changed');
    // A peer that is away is asked again when the first object is due, not object by object.
    if (answers.every((answer) => answer.state === 'failed' || answer.state === 'parked')) return;
  }
};

const sendBatch = async (
  parts: ForwardingParts,
  destination: DueDestination,
  taken: readonly TakenForward[],
  signal: AbortSignal,
): Promise<ForwardAnswer[]> => {
  const answered = new Map<number, SendAnswer>();
  const objects = await Promise.all(taken.map((forward) => outgoingOf(parts.store, forward)));
  let breakdown = '';
  try {
    await parts.senderOf(destination)(objects, (index, answer) => answered.set(index, answer), signal);
  } catch (cause) {
    breakdown = breakdownText(cause);
  }
  const at = parts.clock.now();
  return taken.map((forward, index) =>
    forwardAnswerOf(forward, answered.get(index) ?? { outcome: 'failed', code: 'no-answer', text: breakdown }, at),
  );
};

const outgoingOf = async (store: ObjectStore, forward: TakenForward) => ({
  path: await store.path(forward.object_id),
  dataSetOffset: forward.data_set_offset,
  sopClassUid: forward.sop_class_uid,
  sopInstanceUid: forward.sop_instance_uid,
  transferSyntaxUid: forward.transfer_syntax_uid,
});

const forwardAnswerOf = (forward: TakenForward, answer: SendAnswer, at: Date): ForwardAnswer => {
  const attempts = forward.attempts + 1;
  const waitMs = answer.outcome === 'failed' ? backOffMs(attempts) : null;
  const failed = waitMs === null ? ('parked' as const) : ('failed' as const);
  return {
    forward_id: forward.forward_id,
    state: answer.outcome === 'failed' ? failed : answer.outcome,
    attempts,
    next_attempt_at: new Date(at.getTime() + (waitMs ?? 0)),
    answer_code: answer.code,
    answer_text: answer.text,
  };
};

import type { Clock } from '@jiapian/kernel';
import { backOffMs, backOffWaitsMs, circuitAfter, circuitAllows, type Circuit } from '@jiapian/rules';
import type { ObjectStore } from '../archive/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { resumeFailed, saveCircuit } from './circuit.repository.ts';
import { findDueDestinations, type DestinationRow, type DueDestination } from './destination.repository.ts';
import {
  cancelRejected,
  findExamsWithReject,
  recordAnswers,
  takeForwards,
  type ForwardAnswer,
  type TakenForward,
} from './forward.repository.ts';
import type { SendAnswer, Sender } from './outgoing.ts';
import { reconcileRejections } from './reconcile-rejections.ts';
import { breakdownText } from './send-dimse.ts';

/** Objects sent over one association before the queue is looked at again, so that an emergency can overtake. [PD] */
const FORWARD_BATCH = 50;
const LONGEST_WAIT = backOffWaitsMs.length;

export interface ForwardingParts {
  database: Database;
  clock: Clock;
  store: ObjectStore;
  live: LiveEvents;
  senderOf: (destination: DestinationRow) => Sender;
}

/** Sends what is due, all destinations at once, each in order; ends when nothing more is due. */
export const forwardObjects = async (parts: ForwardingParts, signal: AbortSignal): Promise<void> => {
  const due = await parts.database.withSystem((unit) => findDueDestinations(unit, parts.clock.now()));
  await Promise.all(due.map((destination) => emptyQueue(parts, destination, signal)));
};

const emptyQueue = async (parts: ForwardingParts, destination: DueDestination, signal: AbortSignal): Promise<void> => {
  let { circuit } = destination;
  while (!signal.aborted) {
    const now = parts.clock.now();
    const allowed = circuitAllows(circuit, now.getTime());
    if (allowed === 'none') return;
    const taken = await parts.database.withHospital(destination.hospital_id, (unit) =>
      takeForwards(unit, destination.destination_id, now, allowed === 'one' ? 'trial' : FORWARD_BATCH),
    );
    if (taken.length === 0) return;
    const round = await sendBatch(parts, destination, taken, signal);
    const at = parts.clock.now();
    const before = circuit;
    circuit = circuitAfter(before, round.hasAnswered, at.getTime());
    await parts.database.withHospital(destination.hospital_id, async (unit) => {
      await recordAnswers(unit, answersOf(taken, round, circuit, at), at);
      await followRejected(unit, taken, at);
      if (before.failures === 0 && round.hasAnswered) return;
      await saveCircuit(unit, destination.destination_id, circuit, round.hasAnswered ? '' : round.lastText, at);
      if (round.hasAnswered) await resumeFailed(unit, destination.destination_id, at);
    });
    await parts.live.publish(destination.hospital_id, 'forwards.changed');
    // A peer that is away is asked again when its trial is due, not object by object.
    if (!round.hasAnswered) return;
  }
};

/** A film that became 废 while it was on its way has arrived all the same: the archive is told. */
const followRejected = async (unit: UnitOfWork, taken: readonly TakenForward[], at: Date): Promise<void> => {
  const exams = await findExamsWithReject(unit, [...new Set(taken.map((forward) => forward.exam_id))]);
  for (const examId of exams) {
    await cancelRejected(unit, examId);
    await reconcileRejections(unit, examId, at);
  }
};

/** What came of one batch: an answer per object, and whether the destination spoke at all. */
interface Round {
  answers: readonly SendAnswer[];
  hasAnswered: boolean;
  lastText: string;
}

const sendBatch = async (
  parts: ForwardingParts,
  destination: DueDestination,
  taken: readonly TakenForward[],
  signal: AbortSignal,
): Promise<Round> => {
  const answered = new Map<number, SendAnswer>();
  const objects = await Promise.all(taken.map((forward) => outgoingOf(parts.store, forward)));
  let breakdown = '';
  try {
    await parts.senderOf(destination)(objects, (index, answer) => answered.set(index, answer), signal);
  } catch (cause) {
    breakdown = breakdownText(cause);
  }
  const unanswered: SendAnswer = { outcome: 'failed', code: 'no-answer', text: breakdown, isAboutDestination: true };
  const answers = taken.map((_, index) => answered.get(index) ?? unanswered);
  const hasAnswered = answers.some((answer) => answer.isAboutDestination !== true);
  return { answers, hasAnswered, lastText: answers.at(-1)?.text ?? '' };
};

const outgoingOf = async (store: ObjectStore, forward: TakenForward) => ({
  path: await store.path(forward.object_id),
  dataSetOffset: forward.data_set_offset,
  sopClassUid: forward.sop_class_uid,
  sopInstanceUid: forward.sop_instance_uid,
  transferSyntaxUid: forward.transfer_syntax_uid,
});

const answersOf = (taken: readonly TakenForward[], round: Round, circuit: Circuit, at: Date): ForwardAnswer[] =>
  taken.flatMap((forward, index) => {
    const answer = round.answers[index];
    return answer === undefined ? [] : [forwardAnswerOf(forward, answer, circuit, at)];
  });

/** An object is not blamed for a destination that is away: it waits as long as that is so, and is never given up. */
const forwardAnswerOf = (forward: TakenForward, answer: SendAnswer, circuit: Circuit, at: Date): ForwardAnswer => {
  const attempts = forward.attempts + 1;
  const isBlameless = answer.isAboutDestination === true;
  const waitMs =
    answer.outcome === 'failed' ? backOffMs(isBlameless ? Math.min(attempts, LONGEST_WAIT) : attempts) : null;
  const failed = waitMs === null ? ('parked' as const) : ('failed' as const);
  const due = isBlameless && circuit.nextTrialMs !== null ? circuit.nextTrialMs : at.getTime() + (waitMs ?? 0);
  return {
    forward_id: forward.forward_id,
    state: answer.outcome === 'failed' ? failed : answer.outcome,
    attempts,
    next_attempt_at: new Date(due),
    answer_code: answer.code,
    answer_text: answer.text,
    ...(isDoubtful(answer) && { is_doubtful: true }),
  };
};

/** The connection broke while the object was under way: the peer may have it. */
const isDoubtful = ({ code }: SendAnswer): boolean => code === 'broken-off' || code === 'network';

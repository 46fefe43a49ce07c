import { coercionSchema, type Coercion } from '@jiapian/contract';
import { AppError, type Clock, type ErrorCode } from '@jiapian/kernel';
import { backOffMs, backOffWaitsMs, circuitAfter, circuitAllows, type Circuit } from '@jiapian/rules';
import type { ObjectStore } from '../archive/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { resumeFailed, saveCircuit } from './circuit.repository.ts';
import { findDueDestinations, type DestinationRow, type DueDestination } from './destination.repository.ts';
import {
  cancelRejected,
  findExamsToFollow,
  recordAnswers,
  returnForwards,
  takeForwards,
  type ForwardAnswer,
  type TakenForward,
} from './forward.repository.ts';
import type { CopyWish, OutgoingObject, SendAnswer, Sender } from './outgoing.ts';
import { institutionEdit } from './coerce-copy.ts';
import { AS_RECEIVED, findCopies } from './copy.repository.ts';
import { correctionEdit, type CorrectedCopy } from './correct-copy.ts';
import { reconcileRejections } from './reconcile-rejections.ts';
import { breakdownText } from './send-dimse.ts';

/** Objects sent before the queue is looked at again: what leaves in this time, so that an emergency can overtake. [PD] */
const BATCH_MS = 500;
const FIRST_BATCH = 50;
const SMALLEST_BATCH = 10;
const LARGEST_BATCH = 250;
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

/** Sends everything that is due to one destination, over one association as long as it holds. */
export const emptyQueue = async (
  parts: ForwardingParts,
  destination: DueDestination,
  signal: AbortSignal,
): Promise<void> => {
  const sender = parts.senderOf(destination);
  let { circuit } = destination;
  let batch = FIRST_BATCH;
  const take = (): Promise<TakenForward[]> => {
    const now = parts.clock.now();
    const allowed = circuitAllows(circuit, now.getTime());
    if (allowed === 'none' || signal.aborted) return Promise.resolve([]);
    return parts.database.withHospital(destination.hospital_id, (unit) =>
      takeForwards(unit, destination.destination_id, now, allowed === 'one' ? 'trial' : batch),
    );
  };
  try {
    let recorded: Promise<void> = Promise.resolve();
    let recording: Promise<void> = Promise.resolve();
    let taken = await take();
    while (taken.length > 0) {
      // The next batch is fetched and the last two are written down while this one is on the wire.
      const isTrial = circuit.state !== 'closed';
      const started = performance.now();
      const sending = sendBatch(parts, destination, sender, taken, signal).then((round) => {
        batch = nextBatch(taken.length, performance.now() - started);
        return round;
      });
      const [round, next] = await Promise.all([sending, isTrial ? Promise.resolve([]) : take(), recorded]);
      const before = circuit;
      recorded = recording;
      circuit = circuitAfter(before, round.hasAnswered, parts.clock.now().getTime());
      recording = recordRound(parts, destination, { taken, round, before, circuit });
      // Told where it is awaited, a round later.
      recording.catch(() => undefined);
      // A peer that is away is asked again when its trial is due, not object by object.
      if (!round.hasAnswered || next.length === 0) await Promise.all([recorded, recording]);
      if (!round.hasAnswered) return await putBack(parts, destination, next);
      taken = next.length > 0 ? next : await take();
    }
    await Promise.all([recorded, recording]);
  } finally {
    await sender.close?.();
  }
};

/** As many as left in the time of one batch. */
const nextBatch = (sent: number, tookMs: number): number =>
  Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, Math.round((sent * BATCH_MS) / Math.max(1, tookMs))));

/** What was fetched ahead and not tried waits again. */
const putBack = async (
  parts: ForwardingParts,
  destination: DueDestination,
  taken: readonly TakenForward[],
): Promise<void> => {
  if (taken.length === 0) return;
  await parts.database.withHospital(destination.hospital_id, (unit) =>
    returnForwards(
      unit,
      taken.map((forward) => forward.forward_id),
    ),
  );
};

const recordRound = async (
  parts: ForwardingParts,
  destination: DueDestination,
  sent: { taken: readonly TakenForward[]; round: Round; before: Circuit; circuit: Circuit },
): Promise<void> => {
  const { taken, round, before, circuit } = sent;
  const at = parts.clock.now();
  await parts.database.withHospital(destination.hospital_id, async (unit) => {
    await recordAnswers(unit, answersOf(destination, taken, round, circuit, at), at);
    await followRejected(unit, taken, at);
    if (before.failures === 0 && round.hasAnswered) return;
    await saveCircuit(unit, destination.destination_id, circuit, round.hasAnswered ? '' : round.lastText, at);
    if (round.hasAnswered) await resumeFailed(unit, destination.destination_id, at);
  });
  await parts.live.publish(destination.hospital_id, 'forwards.changed');
};

/** What became 废, or was corrected, while it was on its way has arrived all the same: the archive is told. */
const followRejected = async (unit: UnitOfWork, taken: readonly TakenForward[], at: Date): Promise<void> => {
  const exams = await findExamsToFollow(unit, [...new Set(taken.map((forward) => forward.exam_id))]);
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
  sender: Sender,
  taken: readonly TakenForward[],
  signal: AbortSignal,
): Promise<Round> => {
  const answered = new Map<number, SendAnswer>();
  const coercion = coercionSchema.parse(destination.coercion);
  const copies = await parts.database.withHospital(destination.hospital_id, (unit) => findCopies(unit, taken));
  const made = await Promise.all(
    taken.map((forward) => outgoingOf(parts.store, forward, { coercion, copy: copies.get(forward.copy_id) })),
  );
  for (const [index, one] of made.entries()) if ('outcome' in one) answered.set(index, one);
  const going = [...made.entries()].flatMap(([index, one]) => ('outcome' in one ? [] : [{ index, object: one }]));
  let breakdown = '';
  try {
    await sender(
      going.map(({ object }) => object),
      (position, answer) => answered.set(going[position]?.index ?? position, answer),
      signal,
    );
  } catch (cause) {
    breakdown = breakdownText(cause);
  }
  const unanswered: SendAnswer = { outcome: 'failed', code: 'no-answer', text: breakdown, isAboutDestination: true };
  const answers = taken.map((_, index) => answered.get(index) ?? unanswered);
  // An object that could not be made says nothing about the destination.
  const hasAnswered = going.length === 0 || going.some(({ index }) => answers[index]?.isAboutDestination !== true);
  return { answers, hasAnswered, lastText: answers.at(-1)?.text ?? '' };
};

/**
 * The stored object; where it is corrected, or the destination wants another institution name, with the bytes that
 * differ. A correction that cannot be written is an answer: the object must not leave as it was.
 */
const outgoingOf = async (
  store: ObjectStore,
  forward: TakenForward,
  { coercion, copy }: { coercion: Coercion; copy: CorrectedCopy | undefined },
): Promise<OutgoingObject | SendAnswer> => {
  const object = {
    path: await store.path(forward.object_id),
    dataSetOffset: forward.data_set_offset,
    sopClassUid: forward.sop_class_uid,
    sopInstanceUid: forward.sop_instance_uid,
    transferSyntaxUid: forward.transfer_syntax_uid,
    wish: wishOf(coercion),
  };
  // Where the character set changes, the name is written with everything else.
  const institutionName = coercion.characterSet === null ? coercion.institutionName : null;
  if (forward.copy_id !== AS_RECEIVED) return correctedObject(object, copy, institutionName);
  if (institutionName === null) return object;
  const edit = await institutionEdit(object, institutionName);
  // A name that the object's character set cannot hold is not left out in silence.
  return edit === null ? unheldInstitution : { ...object, edit };
};

const unheldInstitution: SendAnswer = {
  outcome: 'refused',
  code: 'institution-name',
  text: 'RELEASE_NAME_NOT_HELD' satisfies ErrorCode,
};

const wishOf = ({
  acceptedSyntaxes,
  transcoding,
  characterSet,
  institutionName,
  padsOddLength,
}: Coercion): CopyWish => ({
  acceptedSyntaxes,
  mayTranscode: transcoding === 'when-needed',
  characterSet,
  institutionName: characterSet === null ? null : institutionName,
  padsOddLength,
});

const correctedObject = async (
  object: OutgoingObject,
  copy: CorrectedCopy | undefined,
  institutionName: string | null,
): Promise<OutgoingObject | SendAnswer> => {
  try {
    if (copy === undefined) throw new AppError('DICOM_COPY_IMPOSSIBLE', { reason: 'no-version' });
    const edit = await correctionEdit(object, copy, institutionName);
    return { ...object, sopInstanceUid: copy.uids.get(object.sopInstanceUid) ?? object.sopInstanceUid, edit };
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'DICOM_COPY_IMPOSSIBLE') throw cause;
    return { outcome: 'refused', code: 'copy-impossible', text: String(cause.facts['reason'] ?? '') };
  }
};

const answersOf = (
  destination: DueDestination,
  taken: readonly TakenForward[],
  round: Round,
  circuit: Circuit,
  at: Date,
): ForwardAnswer[] =>
  taken.flatMap((forward, index) => {
    const answer = round.answers[index];
    return answer === undefined ? [] : [forwardAnswerOf(destination, forward, answer, circuit, at)];
  });

/** An object is not blamed for a destination that is away: it waits as long as that is so, and is never given up. */
const forwardAnswerOf = (
  destination: DueDestination,
  forward: TakenForward,
  answer: SendAnswer,
  circuit: Circuit,
  at: Date,
): ForwardAnswer => {
  const attempts = forward.attempts + 1;
  const sent = destination.confirmation === 'status' ? ('sent' as const) : ('unconfirmed' as const);
  const isBlameless = answer.isAboutDestination === true;
  const waitMs =
    answer.outcome === 'failed' ? backOffMs(isBlameless ? Math.min(attempts, LONGEST_WAIT) : attempts) : null;
  const failed = waitMs === null ? ('parked' as const) : ('failed' as const);
  const due = isBlameless && circuit.nextTrialMs !== null ? circuit.nextTrialMs : at.getTime() + (waitMs ?? 0);
  return {
    forward_id: forward.forward_id,
    state: answer.outcome === 'failed' ? failed : answer.outcome === 'sent' ? sent : answer.outcome,
    attempts,
    next_attempt_at: new Date(due),
    answer_code: answer.code,
    answer_text: answer.text,
    ...(isDoubtful(answer) && { is_doubtful: true }),
  };
};

/** The connection broke while the object was under way: the peer may have it. */
const isDoubtful = ({ code }: SendAnswer): boolean => code === 'broken-off' || code === 'network';

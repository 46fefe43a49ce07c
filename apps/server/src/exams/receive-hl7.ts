import { createHash, randomUUID } from 'node:crypto';
import { AppError, type Clock } from '@jiapian/kernel';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { encodeHl7Answer, type Hl7Answer } from '../platform/hl7-answer.ts';
import { parseHl7, type Hl7Message } from '../platform/hl7-message.ts';
import { decodeHl7 } from '../platform/hl7-text.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import type { Log } from '../platform/log.ts';
import type { MllpHandler } from '../platform/mllp-server.ts';
import { firstHospital } from './first-hospital.ts';
import { handleHl7 } from './handle-hl7.ts';
import { isKnownMessage, keepMessage, type KeptMessage } from './hl7-messages.repository.ts';

export interface ReceiveHl7Parts {
  database: Database;
  clock: Clock;
  log: Log;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
  /** By which way they come; the port when nothing is said. */
  source?: 'hl7' | 'file';
}

/** What is kept of a broken message, bytes. */
const KEPT_BYTES = 64 * 1024;

type Outcome = Pick<KeptMessage, 'state' | 'reasonCode' | 'reason' | 'orders'>;

/**
 * Takes HL7 messages: each is done and written down in one transaction before it is acknowledged. A message that cannot
 * be read or lacks something is refused, kept and shown; one that comes a second time is acknowledged and done once.
 */
export const receiveHl7 = (parts: ReceiveHl7Parts): MllpHandler => ({
  receive: async (bytes, remoteAddress) => {
    const read = tryRead(bytes);
    if (read instanceof AppError) return refuse(parts, { bytes, remoteAddress, message: null, cause: read });
    try {
      await inHospital(parts, (unit) => take(unit, read, { bytes, remoteAddress, parts }));
      return encodeHl7Answer(read, { verdict: 'AA' }, parts.clock.now());
    } catch (cause) {
      return refuse(parts, { bytes, remoteAddress, message: read, cause });
    }
  },
  refuse: (head, reason, remoteAddress) => {
    const cause = new AppError('HL7_UNREADABLE', { reason });
    const read = reason === 'too-long' ? tryRead(head) : null;
    return refuse(parts, { bytes: head, remoteAddress, message: read instanceof AppError ? null : read, cause });
  },
});

const tryRead = (bytes: Uint8Array): Hl7Message | AppError => {
  try {
    return parseHl7(decodeHl7(bytes).text);
  } catch (cause) {
    return cause instanceof AppError ? cause : new AppError('HL7_UNREADABLE', { reason: 'defect' }, cause);
  }
};

const inHospital = async (parts: ReceiveHl7Parts, work: (unit: UnitOfWork) => Promise<void>): Promise<void> =>
  parts.database.withHospital(await firstHospital(parts.database), work);

const take = async (
  unit: UnitOfWork,
  message: Hl7Message,
  { bytes, remoteAddress, parts }: { bytes: Uint8Array; remoteAddress: string; parts: ReceiveHl7Parts },
): Promise<void> => {
  const now = parts.clock.now();
  const line = lineOf(message, bytes, { remoteAddress, now });
  const isKnown = await isKnownMessage(unit, line);
  const outcome: Outcome = isKnown
    ? { state: 'duplicate', reasonCode: '', reason: '', orders: 0 }
    : {
        ...(await handleHl7(unit, message, { messageId: line.messageId, now, source: parts.source ?? 'hl7' })),
        reasonCode: '',
        reason: '',
      };
  await keepMessage(unit, { ...line, ...outcome, raw: null });
  if (outcome.orders > 0) await parts.liveEvents.publishWith(unit, 'orders.changed');
};

const lineOf = (
  message: Hl7Message | null,
  bytes: Uint8Array,
  { remoteAddress, now }: { remoteAddress: string; now: Date },
) => ({
  messageId: randomUUID(),
  receivedAt: now,
  remoteAddress,
  sendingApplication: message?.sendingApplication ?? '',
  sendingFacility: message?.sendingFacility ?? '',
  controlId: message?.controlId ?? '',
  messageType: message?.type ?? '',
  sizeBytes: bytes.byteLength,
  sha256: createHash('sha256').update(bytes).digest(),
});

interface Refused {
  bytes: Uint8Array;
  remoteAddress: string;
  message: Hl7Message | null;
  cause: unknown;
}

const nobody = { controlId: '', sendingApplication: '', sendingFacility: '', type: '', version: '' };

/** The answer says whether sending again may help: AE while our database is away, AR for what will never be taken. */
const refuse = async (parts: ReceiveHl7Parts, refused: Refused): Promise<Uint8Array> => {
  const { bytes, message, cause, remoteAddress } = refused;
  const now = parts.clock.now();
  const answer = answerOf(cause);
  const isOurs = answer.errorCode === '207';
  if (isOurs) parts.log.error('hl7.failed', { type: message?.type ?? '' }, cause);
  else {
    parts.log.warn('hl7.refused', { type: message?.type ?? '', code: answer.text });
    const reason = cause instanceof AppError ? [cause.facts['reason'], cause.facts['field']] : [];
    await inHospital(parts, async (unit) => {
      await keepMessage(unit, {
        ...lineOf(message, bytes, { remoteAddress, now }),
        state: 'refused',
        reasonCode: answer.text ?? '',
        reason: reason.filter((part) => typeof part === 'string').join(' · '),
        orders: 0,
        raw: bytes.subarray(0, KEPT_BYTES),
      });
      await parts.liveEvents.publishWith(unit, 'orders.changed');
    }).catch((failure: unknown) => parts.log.error('hl7.not-kept', {}, failure));
  }
  return encodeHl7Answer(message ?? nobody, answer, now);
};

const answerOf = (cause: unknown): Hl7Answer => {
  if (!(cause instanceof AppError)) return { verdict: 'AE', errorCode: '207', text: 'SERVER_DEFECT' };
  const text = cause.code;
  switch (cause.code) {
    case 'HL7_UNSUPPORTED':
      return { verdict: 'AR', errorCode: '200', text };
    case 'HL7_UNREADABLE':
      return { verdict: 'AR', errorCode: '100', text };
    case 'HL7_FIELD_MISSING':
      return { verdict: 'AE', errorCode: '101', text };
    case 'EXAMS_ORDER_NOT_FOUND':
      return { verdict: 'AE', errorCode: '204', text };
    default:
      return { verdict: 'AE', errorCode: '207', text };
  }
};

import type { Socket } from 'node:net';
import {
  ABORT_BY_PROVIDER,
  ABORT_BY_USER,
  abortReasons,
  answerContexts,
  contextResults,
  decodeAssociateRequest,
  DICOM_APPLICATION_CONTEXT,
  encodeAbort,
  encodeAssociateAccept,
  encodeAssociateReject,
  encodeReleaseResponse,
  PduReader,
  pduTypes,
  rejections,
  type AssociateRequest,
  type FragmentPiece,
  type RejectionName,
} from '@jiapian/dicom/network';
import { WRITER_IMPLEMENTATION_CLASS_UID, WRITER_IMPLEMENTATION_VERSION } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import type { DimseLimits } from './dimse-limits.ts';
import { DimseMessages, type AcceptedContext } from './dimse-messages.ts';
import type { Caller, DimseServices } from './dimse-services.ts';
import type { Log } from './log.ts';

/** Answers that a peer does not read, bytes, before it is taken for broken. */
const UNREAD_ANSWERS_LIMIT_BYTES = 1024 * 1024;

const VERSION_1 = 1;

const abortReasonOf: Readonly<Record<string, number>> = {
  'unrecognized-pdu': abortReasons.unrecognizedPdu,
  'unexpected-pdu': abortReasons.unexpectedPdu,
};

export interface AssociationParts {
  socket: Socket;
  services: DimseServices;
  limits: DimseLimits;
  log: Log;
  /** Asked when a well-formed request has come; false refuses it as beyond the local limit. */
  takePlace(): boolean;
}

/**
 * The accepting side of one association (PS3.8 section 9.2). Whatever the peer sends ends at most this association:
 * every entry from the socket goes through one guard that answers a broken expectation with A-ABORT.
 */
export class DimseAssociation {
  readonly #parts: AssociationParts;
  readonly #reader: PduReader;
  #state: 'awaiting-request' | 'deciding' | 'established' | 'ended' = 'awaiting-request';
  #log: Log;
  #messages: DimseMessages | undefined;
  #isReleasing = false;
  #isShuttingDown = false;
  #isIdling = false;
  #ending: NodeJS.Timeout | undefined;
  /** Absolute: a caller that drips a byte now and then does not keep the place. */
  readonly #handshake: NodeJS.Timeout;

  constructor(parts: AssociationParts) {
    this.#parts = parts;
    this.#log = parts.log;
    this.#reader = new PduReader(
      { onControl: (type, body) => this.#onControl(type, body), onFragment: (piece) => this.#onFragment(piece) },
      parts.limits.acceptedPduBytes,
    );
    this.#handshake = setTimeout(() => this.#timeOut('no-request'), parts.limits.artimMs);
    const { socket } = parts;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, parts.limits.stalledMs);
    socket.on('timeout', () => this.#onSilence());
    // The close event follows and does the work.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onClose());
  }

  get isEstablished(): boolean {
    return this.#state === 'established' || this.#state === 'deciding';
  }

  /** Ends between two messages, at once when there is none. */
  shutDown(): void {
    this.#isShuttingDown = true;
    if (this.#messages === undefined || this.#messages.isQuiet) this.#abort(ABORT_BY_USER, abortReasons.notSpecified);
  }

  destroy(): void {
    this.#parts.socket.destroy();
  }

  /** Bytes of the peer; they are used or copied before this returns. */
  receive(chunk: Uint8Array): void {
    if (this.#isIdling) this.#endIdling();
    // Behind our last word the peer may say what it likes.
    if (this.#state === 'ended') return;
    try {
      this.#reader.push(chunk);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #onControl(type: number, body: Uint8Array): void {
    if (this.#state === 'ended') return;
    if (type === pduTypes.associateRequest && this.#state === 'awaiting-request') {
      void this.#decide(decodeAssociateRequest(body)).catch((cause: unknown) => this.#fail(cause));
    } else if (type === pduTypes.releaseRequest && this.#state === 'established') {
      this.#isReleasing = true;
      this.#releaseWhenQuiet();
    } else if (type === pduTypes.abort) {
      this.#log.info('dimse.aborted-by-peer', { source: body[2], reason: body[3] });
      this.#end();
    } else {
      throw new AppError('DIMSE_PROTOCOL', { reason: 'unexpected-pdu', type });
    }
  }

  #onFragment(piece: FragmentPiece): void {
    if (this.#state === 'ended') return;
    if (this.#messages === undefined || this.#state !== 'established' || this.#isReleasing) {
      throw new AppError('DIMSE_PROTOCOL', { reason: 'unexpected-pdu', type: pduTypes.dataTransfer });
    }
    this.#messages.take(piece);
  }

  async #decide(request: AssociateRequest): Promise<void> {
    this.#state = 'deciding';
    clearTimeout(this.#handshake);
    const { callingAeTitle, calledAeTitle } = request;
    const caller: Caller = { callingAeTitle, calledAeTitle, remoteAddress: this.#parts.socket.remoteAddress ?? '' };
    this.#log = this.#log.child({ ...caller });
    const rejection = await this.#rejectionFor(request, caller);
    // The peer may have gone while its title was looked up.
    if (this.#state !== 'deciding') return;
    if (rejection === undefined) this.#accept(request, caller);
    else this.#reject(rejection);
  }

  async #rejectionFor(request: AssociateRequest, caller: Caller): Promise<RejectionName | undefined> {
    if ((request.protocolVersion & VERSION_1) === 0) return 'protocol-version-unsupported';
    if (request.applicationContext !== DICOM_APPLICATION_CONTEXT) return 'application-context-unknown';
    if (this.#isShuttingDown) return 'temporary-congestion';
    if (!this.#parts.takePlace()) return 'local-limit-exceeded';
    const admission = await this.#parts.services.admit(caller);
    return admission.isAdmitted ? undefined : admission.rejection;
  }

  #accept(request: AssociateRequest, caller: Caller): void {
    const { socket, services, limits } = this.#parts;
    const offered = new Set((services.operations ?? []).map(({ abstractSyntax }) => abstractSyntax));
    const answers = answerContexts(request.contexts, offered);
    const accepted = new Map<number, AcceptedContext>();
    for (const [index, { id, result, transferSyntax }] of answers.entries()) {
      const abstractSyntax = request.contexts[index]?.abstractSyntax ?? '';
      if (result === contextResults.acceptance) accepted.set(id, { abstractSyntax, transferSyntax });
    }
    this.#messages = new DimseMessages({
      contexts: accepted,
      caller,
      services,
      log: this.#log,
      outstandingLimit: limits.outstandingMessages,
      peerPduBytes: request.userInformation.maximumPduLength,
      send: (bytes) => this.#send(bytes),
      holdSender: () => socket.pause(),
      resumeSender: () => socket.resume(),
      onQuiet: () => this.#onQuiet(),
    });
    this.#state = 'established';
    socket.setTimeout(limits.stalledMs);
    this.#send(
      encodeAssociateAccept({
        calledAeTitle: caller.calledAeTitle,
        callingAeTitle: caller.callingAeTitle,
        contexts: answers,
        userInformation: {
          maximumPduLength: limits.advertisedPduBytes,
          implementationClassUid: WRITER_IMPLEMENTATION_CLASS_UID,
          implementationVersionName: WRITER_IMPLEMENTATION_VERSION,
          // Whoever reports to us (storage commitment) asks to be the provider; both roles are taken as asked.
          roleSelections: (request.userInformation.roleSelections ?? []).filter(({ sopClassUid }) =>
            offered.has(sopClassUid),
          ),
        },
      }),
    );
    this.#log.info('dimse.accepted', { contexts: answers.length, accepted: accepted.size });
  }

  #reject(name: RejectionName): void {
    this.#log.warn('dimse.rejected', { rejection: name });
    this.#end(encodeAssociateReject(rejections[name]));
  }

  #send(bytes: Uint8Array): void {
    const { socket } = this.#parts;
    if (this.#state === 'ended' || socket.destroyed) return;
    socket.write(bytes);
    if (socket.writableLength > UNREAD_ANSWERS_LIMIT_BYTES) this.#timeOut('answers-not-read');
  }

  #onQuiet(): void {
    if (this.#isReleasing) this.#releaseWhenQuiet();
    else if (this.#isShuttingDown) this.#abort(ABORT_BY_USER, abortReasons.notSpecified);
  }

  #releaseWhenQuiet(): void {
    if (this.#messages !== undefined && !this.#messages.isQuiet) return;
    this.#log.info('dimse.released', { stored: this.#messages?.storedCount ?? 0 });
    this.#end(encodeReleaseResponse());
  }

  #onSilence(): void {
    const { socket, limits } = this.#parts;
    // Waiting for our own disk is not the peer's silence.
    if (this.#messages?.isWorking === true) socket.setTimeout(limits.stalledMs);
    else if (this.#messages?.isQuiet === true && this.#reader.isBetweenPdus && !this.#isIdling) {
      this.#isIdling = true;
      socket.setTimeout(Math.max(1, limits.idleMs - limits.stalledMs));
    } else this.#timeOut(this.#isIdling ? 'idle' : 'stalled');
  }

  #endIdling(): void {
    this.#isIdling = false;
    this.#parts.socket.setTimeout(this.#parts.limits.stalledMs);
  }

  #timeOut(reason: string): void {
    if (this.#state === 'ended') return;
    this.#log.warn('dimse.timed-out', { reason });
    this.#abort(ABORT_BY_PROVIDER, abortReasons.notSpecified);
  }

  #fail(cause: unknown): void {
    if (this.#state === 'ended') return;
    if (cause instanceof AppError && cause.code === 'DIMSE_PROTOCOL') {
      this.#log.warn('dimse.protocol-error', cause.facts);
      const reason = abortReasonOf[String(cause.facts['reason'])] ?? abortReasons.invalidParameterValue;
      this.#abort(ABORT_BY_PROVIDER, reason);
    } else {
      this.#log.error('dimse.defect', {}, cause);
      this.#abort(ABORT_BY_PROVIDER, abortReasons.notSpecified);
    }
  }

  #abort(source: number, reason: number): void {
    if (this.#state !== 'ended') this.#end(encodeAbort({ source, reason }));
  }

  /** Says the last word, if any, and gives the peer the ARTIM time to hang up. */
  #end(lastWord?: Uint8Array): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#handshake);
    this.#messages?.discard();
    const { socket, limits } = this.#parts;
    this.#ending = setTimeout(() => socket.destroy(), limits.artimMs);
    socket.setTimeout(0);
    socket.resume();
    if (lastWord === undefined) socket.end();
    else socket.end(lastWord);
  }

  #onClose(): void {
    if (this.#state === 'established') this.#log.warn('dimse.connection-lost', { stored: this.#messages?.storedCount });
    this.#state = 'ended';
    clearTimeout(this.#handshake);
    clearTimeout(this.#ending);
    this.#messages?.discard();
  }
}

import { connect, type Socket } from 'node:net';
import { WRITER_IMPLEMENTATION_CLASS_UID, WRITER_IMPLEMENTATION_VERSION } from '@jiapian/dicom';
import {
  ABORT_BY_USER,
  abortReasons,
  commandFields,
  commandPdu,
  contextResults,
  decodeAbort,
  decodeAssociateAccept,
  decodeAssociateReject,
  decodeCommandSet,
  encodeAbort,
  encodeAssociateRequest,
  encodeCommandSet,
  encodeReleaseRequest,
  NO_DATA_SET,
  PduReader,
  pduTypes,
  PRESENTATION_CONTEXT_LIMIT,
  rejectionName,
  VERIFICATION_SOP_CLASS,
  type AssociateAccept,
  type CommandSet,
  type FragmentPiece,
} from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import type { DimseDataset } from './dimse-dataset.ts';
import { sendDataset } from './dimse-sender.ts';

export interface DimsePeer {
  host: string;
  port: number;
  calledAeTitle: string;
  callingAeTitle: string;
}

/** One service in one encoding; each becomes a context of its own, so that the peer answers for each encoding. */
export interface Proposal {
  abstractSyntax: string;
  transferSyntax: string;
}

export interface ClientTimeouts {
  connectMs: number;
  /** From a request to its answer, ms. */
  answerMs: number;
  /** No byte moves in either direction while data is sent, ms. */
  stalledMs: number;
}

const defaultTimeouts: ClientTimeouts = { connectMs: 10_000, answerMs: 60_000, stalledMs: 60_000 };

/** What a peer answered; `comment` is its own words. PS3.4 annex B.2.3: 0xBxxx are warnings, the object is stored. */
export interface DimseAnswer {
  kind: 'success' | 'warning' | 'failure';
  status: number;
  comment: string;
}

export interface ObjectToSend {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  dataset: DimseDataset;
}

/** Largest P-DATA-TF that we ask for and read, bytes: only answers come. */
const ANSWER_PDU_BYTES = 64 * 1024;
const MESSAGE_IDS = 0xffff;

type Answer =
  { kind: 'accept'; accept: AssociateAccept } | { kind: 'command'; command: CommandSet } | { kind: 'released' };

/**
 * The calling side of one association: one request at a time, each with a time-out, any number of objects one after
 * the other. After an error the association is gone and `isOpen` is false.
 */
export class DimseClient {
  readonly #socket: Socket;
  readonly #timeouts: ClientTimeouts;
  readonly #contextIds = new Map<string, number>();
  readonly #reader: PduReader;
  #peerPduBytes = 0;
  #messageId = 0;
  #commandPieces: Uint8Array[] = [];
  #awaited: { resolve(answer: Answer): void; reject(cause: AppError): void } | undefined;
  #failure: AppError | undefined;

  private constructor(socket: Socket, timeouts: ClientTimeouts) {
    this.#socket = socket;
    this.#timeouts = timeouts;
    this.#reader = new PduReader(
      { onControl: (type, body) => this.#onControl(type, body), onFragment: (piece) => this.#onFragment(piece) },
      ANSWER_PDU_BYTES,
    );
    socket.setNoDelay(true);
    socket.setTimeout(timeouts.stalledMs);
    socket.on(
      'timeout',
      () => this.#awaited && this.#fail(new AppError('DIMSE_TIMED_OUT', { waitedMs: timeouts.stalledMs })),
    );
    socket.on('data', (chunk) => this.#onData(chunk));
    socket.on('error', (cause) => this.#fail(new AppError('DIMSE_ABORTED', { reason: 'connection-lost' }, cause)));
    socket.on('close', () => this.#fail(new AppError('DIMSE_ABORTED', { reason: 'connection-closed' })));
  }

  /**
   * Opens an association. Throws `DIMSE_UNREACHABLE`, `DIMSE_TIMED_OUT`, `DIMSE_REJECTED` with the reason by name, or
   * `DIMSE_ABORTED`; a peer that accepts no context at all is told by `accepts`.
   */
  static async associate(
    peer: DimsePeer,
    proposals: readonly Proposal[],
    timeouts: Partial<ClientTimeouts> = {},
  ): Promise<DimseClient> {
    if (proposals.length > PRESENTATION_CONTEXT_LIMIT) {
      throw new AppError('DIMSE_PROTOCOL', { reason: 'too-many-contexts', proposals: proposals.length });
    }
    const limits = { ...defaultTimeouts, ...timeouts };
    const client = new DimseClient(await open(peer, limits.connectMs), limits);
    await client.#negotiate(peer, proposals);
    return client;
  }

  get isOpen(): boolean {
    return this.#failure === undefined;
  }

  accepts(proposal: Proposal): boolean {
    return this.#contextIds.has(keyOf(proposal));
  }

  async echo(): Promise<DimseAnswer> {
    const contextId = [...this.#contextIds].find(([key]) => key.startsWith(`${VERIFICATION_SOP_CLASS} `))?.[1];
    if (contextId === undefined) throw new AppError('DIMSE_REFUSED', { reason: 'verification-not-accepted' });
    return this.#request(contextId, {
      CommandField: commandFields.echoRequest,
      AffectedSOPClassUID: VERIFICATION_SOP_CLASS,
      CommandDataSetType: NO_DATA_SET,
    });
  }

  /** Sends one object as it is. Throws `DIMSE_REFUSED` when its class or encoding was not accepted; the association goes on. */
  store({ sopClassUid, sopInstanceUid, transferSyntaxUid, dataset }: ObjectToSend): Promise<DimseAnswer> {
    const contextId = this.#contextIds.get(keyOf({ abstractSyntax: sopClassUid, transferSyntax: transferSyntaxUid }));
    if (contextId === undefined) {
      return Promise.reject(
        new AppError('DIMSE_REFUSED', { reason: 'context-not-accepted', sopClassUid, transferSyntaxUid }),
      );
    }
    const command = {
      CommandField: commandFields.storeRequest,
      AffectedSOPClassUID: sopClassUid,
      AffectedSOPInstanceUID: sopInstanceUid,
      Priority: 0,
      CommandDataSetType: NO_DATA_SET - 1,
    };
    return this.#request(contextId, command, dataset);
  }

  /** Ends the association in order; a peer that does not answer is hung up on. */
  async release(): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await this.#exchange(async () => void this.#socket.write(encodeReleaseRequest()));
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
    }
    this.#failure ??= new AppError('DIMSE_ABORTED', { reason: 'released' });
    this.#socket.destroy();
  }

  /** Breaks off; the peer drops what is half sent. */
  abort(): void {
    if (this.#failure !== undefined) return;
    const lastWord = encodeAbort({ source: ABORT_BY_USER, reason: abortReasons.notSpecified });
    this.#socket.write(lastWord, () => this.#socket.destroy());
    this.#failure = new AppError('DIMSE_ABORTED', { reason: 'aborted-here' });
    this.#awaited?.reject(this.#failure);
  }

  async #negotiate(peer: DimsePeer, proposals: readonly Proposal[]): Promise<void> {
    const contexts = proposals.map(({ abstractSyntax, transferSyntax }, index) => ({
      id: index * 2 + 1,
      abstractSyntax,
      transferSyntaxes: [transferSyntax],
    }));
    const answer = await this.#exchange(async () => {
      this.#socket.write(
        encodeAssociateRequest({
          calledAeTitle: peer.calledAeTitle,
          callingAeTitle: peer.callingAeTitle,
          contexts,
          userInformation: {
            maximumPduLength: ANSWER_PDU_BYTES,
            implementationClassUid: WRITER_IMPLEMENTATION_CLASS_UID,
            implementationVersionName: WRITER_IMPLEMENTATION_VERSION,
          },
        }),
      );
    });
    if (answer.kind !== 'accept') throw this.#fail(new AppError('DIMSE_PROTOCOL', { reason: 'unexpected-pdu' }));
    this.#peerPduBytes = answer.accept.userInformation.maximumPduLength;
    for (const { id, result } of answer.accept.contexts) {
      const proposal = proposals[(id - 1) / 2];
      if (result === contextResults.acceptance && proposal !== undefined) this.#contextIds.set(keyOf(proposal), id);
    }
  }

  async #request(contextId: number, command: CommandSet, dataset?: DimseDataset): Promise<DimseAnswer> {
    this.#messageId = (this.#messageId % MESSAGE_IDS) + 1;
    const MessageID = this.#messageId;
    const answer = await this.#exchange(async () => {
      this.#socket.write(commandPdu(contextId, encodeCommandSet({ ...command, MessageID })));
      if (dataset !== undefined)
        await sendDataset(this.#socket, dataset, { contextId, peerPduBytes: this.#peerPduBytes });
    });
    if (answer.kind !== 'command' || answer.command.MessageIDBeingRespondedTo !== MessageID) {
      throw this.#fail(new AppError('DIMSE_PROTOCOL', { reason: 'unexpected-answer' }));
    }
    const status = answer.command.Status ?? 0;
    return { kind: kindOf(status), status, comment: answer.command.ErrorComment ?? '' };
  }

  /** Sends, then waits for the one answer; the answer may come before everything is sent. */
  async #exchange(send: () => Promise<void>): Promise<Answer> {
    if (this.#failure !== undefined) throw this.#failure;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    promise.catch(() => undefined);
    this.#awaited = { resolve, reject };
    let timer: NodeJS.Timeout | undefined;
    try {
      // A peer that is gone fails the writes, so this ends.
      await send().catch((cause: unknown) => {
        const lost = new AppError('DIMSE_ABORTED', { reason: 'connection-lost' }, cause);
        throw this.#fail(cause instanceof AppError ? cause : lost);
      });
      timer = setTimeout(() => {
        this.#fail(new AppError('DIMSE_TIMED_OUT', { waitedMs: this.#timeouts.answerMs }));
      }, this.#timeouts.answerMs);
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#awaited = undefined;
    }
  }

  #onData(chunk: Uint8Array): void {
    try {
      this.#reader.push(chunk);
    } catch (cause) {
      this.#fail(cause instanceof AppError ? cause : new AppError('DIMSE_PROTOCOL', { reason: 'unreadable' }, cause));
    }
  }

  #onControl(type: number, body: Uint8Array): void {
    if (type === pduTypes.associateAccept)
      this.#awaited?.resolve({ kind: 'accept', accept: decodeAssociateAccept(body) });
    else if (type === pduTypes.releaseResponse) this.#awaited?.resolve({ kind: 'released' });
    else if (type === pduTypes.associateReject) {
      const rejection = decodeAssociateReject(body);
      this.#fail(
        new AppError('DIMSE_REJECTED', { rejection: rejectionName(rejection), isTransient: rejection.result === 2 }),
      );
    } else if (type === pduTypes.abort) this.#fail(abortedByPeer(body));
    else this.#fail(new AppError('DIMSE_PROTOCOL', { reason: 'unexpected-pdu', type }));
  }

  #onFragment({ isCommand, isLast, bytes }: FragmentPiece): void {
    if (!isCommand) throw new AppError('DIMSE_PROTOCOL', { reason: 'unexpected-data-set' });
    // The reader's views live no longer than the chunk that they look into.
    this.#commandPieces.push(Buffer.from(bytes));
    if (!isLast) return;
    const command = decodeCommandSet(Buffer.concat(this.#commandPieces));
    this.#commandPieces = [];
    this.#awaited?.resolve({ kind: 'command', command });
  }

  #fail(cause: AppError): AppError {
    // The first cause is the true one; what follows from it (a closed connection) is not.
    if (this.#failure !== undefined) return this.#failure;
    this.#failure = cause;
    this.#awaited?.reject(cause);
    this.#socket.destroy();
    return cause;
  }
}

const abortedByPeer = (body: Uint8Array): AppError => {
  const { source, reason } = decodeAbort(body);
  return new AppError('DIMSE_ABORTED', { reason: 'aborted-by-peer', abortSource: source, abortReason: reason });
};

const keyOf = ({ abstractSyntax, transferSyntax }: Proposal): string => `${abstractSyntax} ${transferSyntax}`;

/** PS3.7 annex C: 0000 success; 0001, 0107, 0116 and Bxxx warnings; everything else failure. */
const kindOf = (status: number): DimseAnswer['kind'] => {
  if (status === 0) return 'success';
  return status === 0x0001 || status === 0x0107 || status === 0x0116 || status >> 12 === 0xb ? 'warning' : 'failure';
};

const open = ({ host, port }: DimsePeer, connectMs: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new AppError('DIMSE_TIMED_OUT', { waitedMs: connectMs, reason: 'connect' }));
    }, connectMs);
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(new AppError('DIMSE_UNREACHABLE', { code: cause.code }, cause));
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });

import type { Socket } from 'node:net';
import { WRITER_IMPLEMENTATION_CLASS_UID, WRITER_IMPLEMENTATION_VERSION } from '@jiapian/dicom';
import {
  ABORT_BY_USER,
  abortReasons,
  commandFields,
  commandPdu,
  contextResults,
  decodeAssociateAccept,
  decodeAssociateReject,
  encodeAbort,
  encodeAssociateRequest,
  encodeCommandSet,
  encodeReleaseRequest,
  NO_DATA_SET,
  PduReader,
  pduTypes,
  PRESENTATION_CONTEXT_LIMIT,
  rejectionName,
  statuses,
  VERIFICATION_SOP_CLASS,
  type AssociateAccept,
  type CommandSet,
} from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import { abortedByPeer, answerPdu, kindOf, openConnection, providedBy, RESPONSE_BIT } from './dimse-connect.ts';
import { bytesDataset, type DimseDataset } from './dimse-dataset.ts';
import { DimseInbox, type BeginStore, type DimseMessage } from './dimse-inbox.ts';
import type { DimseAnswer, DimsePeer } from './dimse-peer.ts';
import { DatasetSender } from './dimse-sender.ts';
import { failureStatus } from './dimse-status.ts';

export type { DimseMessage } from './dimse-inbox.ts';
export type { DimseAnswer, DimsePeer } from './dimse-peer.ts';

/** One service in one encoding; each becomes a context of its own, so that the peer answers for each encoding. */
export interface Proposal {
  abstractSyntax: string;
  transferSyntax: string;
  /** We are its provider: a report of ours goes to whoever asked for it earlier (PS3.7 annex D.3.3.4). */
  asProvider?: boolean;
}

export interface ClientTimeouts {
  connectMs: number;
  /** From a request to its answer, ms. */
  answerMs: number;
  /** No byte moves in either direction while data is sent, ms. */
  stalledMs: number;
}

const defaultTimeouts: ClientTimeouts = { connectMs: 10_000, answerMs: 60_000, stalledMs: 60_000 };

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
  | { kind: 'accept'; accept: AssociateAccept }
  | { kind: 'command'; command: CommandSet; message: DimseMessage }
  | { kind: 'released' };

interface Awaited {
  resolve(answer: Answer): void;
  reject(cause: AppError): void;
  onPending?(message: DimseMessage): void;
  timer?: NodeJS.Timeout;
}

/**
 * The calling side of one association: one request at a time, each with a time-out, any number of objects one after
 * the other. After an error the association is gone and `isOpen` is false.
 */
export class DimseClient {
  readonly #socket: Socket;
  readonly #timeouts: ClientTimeouts;
  readonly #sender: DatasetSender;
  readonly #contextIds = new Map<string, number>();
  readonly #reader: PduReader;
  readonly #inbox = new DimseInbox({
    transferSyntaxOf: (contextId) => this.#transferSyntaxes.get(contextId) ?? '',
    onMessage: (contextId, message) => this.#onMessage(contextId, message),
    onObject: (contextId, command, object) => void this.#onObject(contextId, command, object),
    onFull: () => void this.#socket.pause(),
  });
  #peerPduBytes = 0;
  #messageId = 0;
  #awaited: Awaited | undefined;
  #onRequest: ((contextId: number, message: DimseMessage) => Promise<void>) | undefined;
  readonly #transferSyntaxes = new Map<number, string>();
  #failure: AppError | undefined;

  private constructor(socket: Socket, timeouts: ClientTimeouts) {
    this.#socket = socket;
    this.#sender = new DatasetSender(socket);
    this.#timeouts = timeouts;
    this.#reader = new PduReader(
      { onControl: (type, body) => this.#onControl(type, body), onFragment: (piece) => this.#inbox.take(piece) },
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
    const client = new DimseClient(await openConnection(peer, limits.connectMs), limits);
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

  /** Begins to read what is stored next, while the peer still has to answer for the object before it. */
  readAhead({ sopClassUid, transferSyntaxUid, dataset }: ObjectToSend): void {
    const contextId = this.#contextIds.get(keyOf({ abstractSyntax: sopClassUid, transferSyntax: transferSyntaxUid }));
    if (contextId === undefined || this.#failure !== undefined) return;
    this.#sender.readAhead(dataset, { contextId, peerPduBytes: this.#peerPduBytes });
  }

  /** Closes a data set, sent or not. */
  async closeDataset(dataset: DimseDataset): Promise<void> {
    await this.#sender.forget(dataset);
    await dataset.close();
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

  /** The encoding in which the peer takes the messages of a service; undefined when it takes none. */
  encodingOf(abstractSyntax: string): string | undefined {
    const key = [...this.#contextIds.keys()].find((one) => one.startsWith(`${abstractSyntax} `));
    return key?.slice(abstractSyntax.length + 1);
  }

  /**
   * One request of any service, its data set encoded as `encodingOf` says. `onPending` gets what comes before the last
   * answer; each of those begins the waiting anew. Throws `DIMSE_REFUSED` when the service was not accepted.
   */
  async call(
    abstractSyntax: string,
    command: CommandSet,
    dataset: Uint8Array | null,
    onPending?: (message: DimseMessage) => void,
  ): Promise<DimseMessage> {
    const contextId = [...this.#contextIds].find(([key]) => key.startsWith(`${abstractSyntax} `))?.[1];
    if (contextId === undefined) {
      throw new AppError('DIMSE_REFUSED', { reason: 'context-not-accepted', sopClassUid: abstractSyntax });
    }
    const CommandDataSetType = dataset === null ? NO_DATA_SET : NO_DATA_SET - 1;
    const answer = await this.#message(
      contextId,
      { ...command, CommandDataSetType },
      {
        ...(dataset === null ? {} : { dataset: bytesDataset(dataset) }),
        ...(onPending === undefined ? {} : { onPending }),
      },
    );
    return answer.message;
  }

  /** Answers the peer's first request on this association with the status of `handle`; resolves once it is answered. */
  awaitRequest(handle: (message: DimseMessage) => Promise<number>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onRequest = async (contextId, message) => {
      const status = await handle(message).catch(() => statuses.processingFailure);
      if (this.#failure === undefined) this.#socket.write(answerPdu(contextId, message.command, status));
      resolve();
    };
    return promise;
  }

  /** Takes the objects that the peer stores on this association (C-GET). */
  takeObjects(
    begin: (command: CommandSet, transferSyntax: string, onRoom: () => void) => ReturnType<BeginStore>,
  ): void {
    this.#inbox.beginStore = (command, transferSyntax) =>
      begin(command, transferSyntax, () => void this.#socket.resume());
  }

  /** Tells the peer that an unfinished request is not wanted any more (C-CANCEL); its last answer still comes. */
  cancel(abstractSyntax: string): void {
    const contextId = [...this.#contextIds].find(([key]) => key.startsWith(`${abstractSyntax} `))?.[1];
    if (contextId === undefined || this.#failure !== undefined) return;
    const command = {
      CommandField: commandFields.cancelRequest,
      MessageIDBeingRespondedTo: this.#messageId,
      CommandDataSetType: NO_DATA_SET,
    };
    this.#socket.write(commandPdu(contextId, encodeCommandSet(command)));
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
            roleSelections: providedBy(proposals).map((sopClassUid) => ({ sopClassUid, scu: false, scp: true })),
          },
        }),
      );
    });
    if (answer.kind !== 'accept') throw this.#fail(new AppError('DIMSE_PROTOCOL', { reason: 'unexpected-pdu' }));
    this.#peerPduBytes = answer.accept.userInformation.maximumPduLength;
    for (const { id, result } of answer.accept.contexts) {
      const proposal = proposals[(id - 1) / 2];
      if (result !== contextResults.acceptance || proposal === undefined) continue;
      this.#contextIds.set(keyOf(proposal), id);
      this.#transferSyntaxes.set(id, proposal.transferSyntax);
    }
  }

  async #request(contextId: number, command: CommandSet, dataset?: DimseDataset): Promise<DimseAnswer> {
    const answer = await this.#message(contextId, command, dataset === undefined ? {} : { dataset });
    const status = answer.command.Status ?? 0;
    return { kind: kindOf(status), status, comment: answer.command.ErrorComment ?? '' };
  }

  async #message(
    contextId: number,
    command: CommandSet,
    { dataset, onPending }: { dataset?: DimseDataset; onPending?: (message: DimseMessage) => void },
  ): Promise<Extract<Answer, { kind: 'command' }>> {
    this.#messageId = (this.#messageId % MESSAGE_IDS) + 1;
    const MessageID = this.#messageId;
    const answer = await this.#exchange(async () => {
      const request = commandPdu(contextId, encodeCommandSet({ ...command, MessageID }));
      if (dataset === undefined) this.#socket.write(request);
      else await this.#sender.send(request, dataset, { contextId, peerPduBytes: this.#peerPduBytes });
    }, onPending);
    if (answer.kind !== 'command' || answer.command.MessageIDBeingRespondedTo !== MessageID) {
      throw this.#fail(new AppError('DIMSE_PROTOCOL', { reason: 'unexpected-answer' }));
    }
    return answer;
  }

  /** Sends, then waits for the one answer; the answer may come before everything is sent. */
  async #exchange(send: () => Promise<void>, onPending?: (message: DimseMessage) => void): Promise<Answer> {
    if (this.#failure !== undefined) throw this.#failure;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    promise.catch(() => undefined);
    const awaited: Awaited = { resolve, reject, ...(onPending === undefined ? {} : { onPending }) };
    this.#awaited = awaited;
    try {
      // A peer that is gone fails the writes, so this ends.
      await send().catch((cause: unknown) => {
        const lost = new AppError('DIMSE_ABORTED', { reason: 'connection-lost' }, cause);
        throw this.#fail(cause instanceof AppError ? cause : lost);
      });
      awaited.timer = setTimeout(() => {
        this.#fail(new AppError('DIMSE_TIMED_OUT', { waitedMs: this.#timeouts.answerMs }));
      }, this.#timeouts.answerMs);
      return await promise;
    } finally {
      clearTimeout(awaited.timer);
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

  #onMessage(contextId: number, message: DimseMessage): void {
    const { command } = message;
    if (((command.CommandField ?? 0) & RESPONSE_BIT) === 0) return void this.#onRequest?.(contextId, message);
    const isPending = command.Status === statuses.pending || command.Status === statuses.pendingWithWarning;
    if (!isPending) return this.#awaited?.resolve({ kind: 'command', command, message });
    this.#awaited?.timer?.refresh();
    this.#awaited?.onPending?.(message);
  }

  async #onObject(contextId: number, command: CommandSet, object: ReturnType<BeginStore>): Promise<void> {
    const status = await object.complete().then(
      () => statuses.success,
      (cause: unknown) => failureStatus(cause).status,
    );
    this.#awaited?.timer?.refresh();
    if (this.#failure === undefined) this.#socket.write(answerPdu(contextId, command, status));
  }

  #fail(cause: AppError): AppError {
    // The first cause is the true one; what follows from it (a closed connection) is not.
    if (this.#failure !== undefined) return this.#failure;
    this.#failure = cause;
    this.#inbox.end();
    this.#awaited?.reject(cause);
    this.#socket.destroy();
    return cause;
  }
}

const keyOf = ({ abstractSyntax, transferSyntax }: Proposal): string => `${abstractSyntax} ${transferSyntax}`;

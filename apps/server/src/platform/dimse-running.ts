import { commandFields, commandPdu, encodeCommandSet, NO_DATA_SET, type CommandSet } from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import type { OperationLink, OperationService } from './dimse-operations.ts';
import { dataPdus } from './dimse-sender.ts';
import type { Caller } from './dimse-caller.ts';
import { failureStatus } from './dimse-status.ts';
import type { Log } from './log.ts';

const RESPONSE_BIT = 0x8000;
/** How long a peer may take to answer a request of ours on its association, ms. */
const REQUEST_WITHIN_MS = 30_000;
const MESSAGE_IDS = 0xffff;

export interface RunningParts {
  caller: Caller;
  log: Log;
  /** Largest P-DATA-TF that the peer wants, bytes; 0 means no limit. */
  peerPduBytes: number;
  send(bytes: Uint8Array): void;
}

/** An operation whose request has come in whole. */
export interface ReadyOperation {
  service: OperationService;
  contextId: number;
  transferSyntax: string;
  command: CommandSet;
  dataset: Uint8Array;
}

/** The operations of one association that are being worked on, and our own requests to its peer. */
export class RunningOperations {
  readonly #parts: RunningParts;
  readonly #cancels = new Map<number, AbortController>();
  readonly #asked = new Map<number, { resolve(command: CommandSet): void; reject(cause: AppError): void }>();
  #messageId = 0;
  #isEnded = false;

  constructor(parts: RunningParts) {
    this.#parts = parts;
  }

  /** Works one request to its last answer; never rejects. */
  async run({ service, contextId, transferSyntax, command, dataset }: ReadyOperation): Promise<void> {
    const { caller, log } = this.#parts;
    const messageId = command.MessageID ?? 0;
    const cancel = new AbortController();
    this.#cancels.set(messageId, cancel);
    const link = this.#linkOf(contextId, command, cancel.signal);
    const operation = { caller, abstractSyntax: service.abstractSyntax, transferSyntax, command, dataset };
    let afterwards: (() => Promise<void>) | undefined;
    try {
      const answer = await service.answer(operation, link);
      afterwards = answer.afterwards;
      this.#answer(contextId, command, answer.command, answer.dataset);
    } catch (cause) {
      const { status, comment } = failureStatus(cause);
      log.error('dimse.operation-failed', { status: status.toString(16) }, cause);
      this.#answer(contextId, command, { Status: status, ErrorComment: comment });
    } finally {
      this.#cancels.delete(messageId);
    }
    if (afterwards !== undefined) void afterwards().catch((cause: unknown) => log.error('dimse.defect', {}, cause));
  }

  /** C-CANCEL names the message that is not wanted any more. */
  cancel(messageId: number): void {
    this.#cancels.get(messageId)?.abort();
  }

  /** The peer's answer to a request of ours. */
  takeAnswer(command: CommandSet): void {
    this.#asked.get(command.MessageIDBeingRespondedTo ?? 0)?.resolve(command);
  }

  end(): void {
    this.#isEnded = true;
    for (const cancel of this.#cancels.values()) cancel.abort();
    for (const { reject } of this.#asked.values())
      reject(new AppError('DIMSE_ABORTED', { reason: 'association-ended' }));
  }

  #linkOf(contextId: number, request: CommandSet, signal: AbortSignal): OperationLink {
    return {
      signal,
      answerPending: ({ command, dataset }) => this.#answer(contextId, request, command, dataset),
      request: (command, dataset) => this.#ask(contextId, command, dataset),
    };
  }

  async #ask(contextId: number, command: CommandSet, dataset: Uint8Array): Promise<CommandSet> {
    if (this.#isEnded) throw new AppError('DIMSE_ABORTED', { reason: 'association-ended' });
    this.#messageId = (this.#messageId % MESSAGE_IDS) + 1;
    const MessageID = this.#messageId;
    const { promise, resolve, reject } = Promise.withResolvers<CommandSet>();
    this.#asked.set(MessageID, { resolve, reject });
    const timer = setTimeout(
      () => reject(new AppError('DIMSE_TIMED_OUT', { waitedMs: REQUEST_WITHIN_MS })),
      REQUEST_WITHIN_MS,
    );
    try {
      this.#send(contextId, { ...command, MessageID }, dataset);
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#asked.delete(MessageID);
    }
  }

  #answer(contextId: number, request: CommandSet, outcome: CommandSet, dataset?: Uint8Array): void {
    if (this.#isEnded) return;
    const answer = {
      ...identityOf(request),
      CommandField: (request.CommandField ?? 0) | RESPONSE_BIT,
      MessageIDBeingRespondedTo: request.MessageID ?? 0,
      ...outcome,
    };
    this.#send(contextId, answer, dataset);
  }

  #send(contextId: number, command: CommandSet, dataset: Uint8Array | undefined): void {
    const { send, peerPduBytes } = this.#parts;
    const CommandDataSetType = dataset === undefined ? NO_DATA_SET : NO_DATA_SET - 1;
    send(commandPdu(contextId, encodeCommandSet({ ...command, CommandDataSetType })));
    if (dataset !== undefined) for (const pdu of dataPdus(dataset, { contextId, peerPduBytes })) send(pdu);
  }
}

/** N-ACTION, N-SET and N-GET name what they ask for as requested; the answer names it as affected (PS3.7 §10). */
const identityOf = (request: CommandSet): CommandSet => {
  const sopClassUid = request.AffectedSOPClassUID ?? request.RequestedSOPClassUID;
  const sopInstanceUid = request.AffectedSOPInstanceUID ?? request.RequestedSOPInstanceUID;
  const isFind = request.CommandField === commandFields.findRequest;
  return {
    ...(sopClassUid === undefined ? {} : { AffectedSOPClassUID: sopClassUid }),
    ...(sopInstanceUid === undefined || isFind ? {} : { AffectedSOPInstanceUID: sopInstanceUid }),
    ...(request.ActionTypeID === undefined ? {} : { ActionTypeID: request.ActionTypeID }),
  };
};

import type { CommandSet } from '@jiapian/dicom/network';
import type { Caller } from './dimse-caller.ts';

/** One request of a service other than storage, its data set whole. */
export interface DimseOperation {
  caller: Caller;
  abstractSyntax: string;
  /** The encoding of the data set, and of the answer's. */
  transferSyntax: string;
  command: CommandSet;
  dataset: Uint8Array;
}

/** An answer: the elements that differ from the request's identity, such as Status, and a data set if there is one. */
export interface OperationAnswer {
  command: CommandSet;
  dataset?: Uint8Array | undefined;
}

/** What an operation may do with the association besides answering. */
export interface OperationLink {
  /** Aborted by C-CANCEL, or when the association ends. */
  signal: AbortSignal;
  /** Sends an answer before the last one (C-FIND). */
  answerPending(answer: OperationAnswer): void;
  /**
   * Asks the peer on the same association (N-EVENT-REPORT); rejects when the association ends before its answer.
   * To be called after the operation has been answered.
   */
  request(command: CommandSet, dataset: Uint8Array): Promise<CommandSet>;
}

/** A service that the association server offers besides storage. */
export interface OperationService {
  abstractSyntax: string;
  /** The last answer; what it throws becomes a failure by its kind. `afterwards` runs once the answer is out. */
  answer(
    operation: DimseOperation,
    link: OperationLink,
  ): Promise<OperationAnswer & { afterwards?: () => Promise<void> }>;
}

/** Longest data set of a message that is collected in memory, bytes: a commitment of 100,000 objects has about 15 MB. */
export const OPERATION_DATA_LIMIT_BYTES = 32 * 1024 * 1024;

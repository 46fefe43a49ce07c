import {
  commandFields,
  decodeCommandSet,
  NO_DATA_SET,
  type CommandSet,
  type FragmentPiece,
} from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import type { IncomingObject } from './dimse-services.ts';

/** A command with its data set, as it came. */
export interface DimseMessage {
  command: CommandSet;
  dataset: Uint8Array;
  /** How the data set is encoded. */
  transferSyntax: string;
}

/** Takes an object that the peer stores on our own association (C-GET); it streams, whatever its size. */
export type BeginStore = (command: CommandSet, transferSyntax: string) => IncomingObject;

/** Longest data set of an answer, bytes; objects are streamed and have no such limit. */
const ANSWER_DATA_LIMIT_BYTES = 32 * 1024 * 1024;

interface OpenMessage {
  contextId: number;
  command: CommandSet;
  pieces: Uint8Array[];
  size: number;
  object: IncomingObject | undefined;
}

interface InboxParts {
  transferSyntaxOf(contextId: number): string;
  onMessage(contextId: number, message: DimseMessage): void;
  /** An object is whole; `object.complete` decides the answer. */
  onObject(contextId: number, command: CommandSet, object: IncomingObject): void;
  /** The object asks to hold the peer. */
  onFull(): void;
}

/** Puts the fragments that the calling side of an association receives together again. */
export class DimseInbox {
  readonly #parts: InboxParts;
  #commandPieces: Uint8Array[] = [];
  #open: OpenMessage | undefined;
  beginStore: BeginStore | undefined;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  take({ contextId, isCommand, isLast, bytes }: FragmentPiece): void {
    if (!isCommand) return this.#takeData(contextId, bytes, isLast);
    // The reader's views live no longer than the chunk that they look into.
    this.#commandPieces.push(Buffer.from(bytes));
    if (!isLast) return;
    const command = decodeCommandSet(Buffer.concat(this.#commandPieces));
    this.#commandPieces = [];
    const hasDataSet = command.CommandDataSetType !== undefined && command.CommandDataSetType !== NO_DATA_SET;
    if (!hasDataSet) return this.#deliver(contextId, command, new Uint8Array());
    const isStore = command.CommandField === commandFields.storeRequest;
    const object = isStore ? this.beginStore?.(command, this.#parts.transferSyntaxOf(contextId)) : undefined;
    this.#open = { contextId, command, pieces: [], size: 0, object };
  }

  /** The association is over: what is half here is dropped. */
  end(): void {
    void this.#open?.object?.discard();
    this.#open = undefined;
  }

  #takeData(contextId: number, bytes: Uint8Array, isLast: boolean): void {
    const open = this.#open;
    if (open === undefined || open.contextId !== contextId) {
      throw new AppError('DIMSE_PROTOCOL', { reason: 'unexpected-data-set' });
    }
    if (open.object !== undefined) {
      if (bytes.byteLength > 0 && !open.object.write(bytes)) this.#parts.onFull();
    } else {
      open.size += bytes.byteLength;
      if (open.size > ANSWER_DATA_LIMIT_BYTES) throw new AppError('DIMSE_PROTOCOL', { reason: 'data-set-too-long' });
      open.pieces.push(Buffer.from(bytes));
    }
    if (!isLast) return;
    this.#open = undefined;
    if (open.object === undefined) this.#deliver(contextId, open.command, Buffer.concat(open.pieces));
    else this.#parts.onObject(contextId, open.command, open.object);
  }

  #deliver(contextId: number, command: CommandSet, dataset: Uint8Array): void {
    this.#parts.onMessage(contextId, {
      command,
      dataset,
      transferSyntax: this.#parts.transferSyntaxOf(contextId),
    });
  }
}

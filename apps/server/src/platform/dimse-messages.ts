import {
  COMMAND_SET_LIMIT_BYTES,
  commandFields,
  commandPdu,
  decodeCommandSet,
  encodeCommandSet,
  NO_DATA_SET,
  statuses,
  VERIFICATION_SOP_CLASS,
  type CommandSet,
  type FragmentPiece,
} from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import { OPERATION_DATA_LIMIT_BYTES, type OperationService } from './dimse-operations.ts';
import { RunningOperations } from './dimse-running.ts';
import type { Caller, DimseServices, IncomingObject } from './dimse-services.ts';
import { failureStatus } from './dimse-status.ts';
import type { Log } from './log.ts';

export interface AcceptedContext {
  abstractSyntax: string;
  transferSyntax: string;
}

export interface MessageParts {
  contexts: ReadonlyMap<number, AcceptedContext>;
  caller: Caller;
  services: DimseServices;
  log: Log;
  outstandingLimit: number;
  /** Largest P-DATA-TF that the peer wants, bytes; 0 means no limit. */
  peerPduBytes: number;
  send(bytes: Uint8Array): void;
  holdSender(): void;
  resumeSender(): void;
  /** No message is half read and every answer is out. */
  onQuiet(): void;
}

/** A command set whose data set is still coming; `object` is absent when the data set is only drained. */
interface OpenMessage {
  contextId: number;
  command: CommandSet;
  object: IncomingObject | undefined;
  /** Of a service whose data set is collected whole. */
  operation?: { service: OperationService; pieces: Uint8Array[]; size: number } | undefined;
}

/** Bit of a command field that marks an answer (PS3.7 table E.1-1). */
const RESPONSE_BIT = 0x8000;

/** The messages of one association: C-ECHO, C-STORE and the operations of the services are served, others refused by status, and none blocks the next. */
export class DimseMessages {
  readonly #parts: MessageParts;
  readonly #running: RunningOperations;
  #commandPieces: Uint8Array[] = [];
  #commandBytes = 0;
  #open: OpenMessage | undefined;
  #outstanding = 0;
  #isHeldByObject = false;
  #isHeld = false;
  #isDiscarded = false;
  storedCount = 0;

  constructor(parts: MessageParts) {
    this.#parts = parts;
    this.#running = new RunningOperations(parts);
  }

  get isQuiet(): boolean {
    return this.#open === undefined && this.#commandBytes === 0 && this.#outstanding === 0;
  }

  /** We, not the peer, are the ones who are waited for. */
  get isWorking(): boolean {
    return this.#isHeld || (this.#outstanding > 0 && this.#open === undefined);
  }

  /** Throws `DIMSE_PROTOCOL` for a piece that no rule of the protocol allows here. */
  take(piece: FragmentPiece): void {
    if (piece.isCommand) this.#takeCommand(piece);
    else this.#takeData(piece);
  }

  /** The association ended: what was not complete is dropped, what was stays. */
  discard(): void {
    this.#isDiscarded = true;
    const object = this.#open?.object;
    this.#open = undefined;
    this.#running.end();
    void object?.discard();
  }

  #takeCommand({ contextId, bytes, isLast }: FragmentPiece): void {
    if (this.#open !== undefined) throw new AppError('DIMSE_PROTOCOL', { reason: 'command-inside-data-set' });
    this.#commandBytes += bytes.byteLength;
    if (this.#commandBytes > COMMAND_SET_LIMIT_BYTES) {
      throw new AppError('DIMSE_PROTOCOL', { reason: 'command-too-long', limit: COMMAND_SET_LIMIT_BYTES });
    }
    this.#commandPieces.push(Buffer.from(bytes));
    if (!isLast) return;
    const command = decodeCommandSet(Buffer.concat(this.#commandPieces));
    this.#commandPieces = [];
    this.#commandBytes = 0;
    this.#begin(contextId, command);
  }

  #begin(contextId: number, command: CommandSet): void {
    const context = this.#parts.contexts.get(contextId);
    if (context === undefined) throw new AppError('DIMSE_PROTOCOL', { reason: 'context-not-accepted', contextId });
    const field = command.CommandField;
    if (field === undefined) throw new AppError('DIMSE_PROTOCOL', { reason: 'no-command-field' });
    const hasDataSet = command.CommandDataSetType !== undefined && command.CommandDataSetType !== NO_DATA_SET;
    const isStore = field === commandFields.storeRequest && context.abstractSyntax !== VERIFICATION_SOP_CLASS;
    const service = this.#serviceOf(context, field);
    if (service !== undefined) {
      this.#open = { contextId, command, object: undefined, operation: { service, pieces: [], size: 0 } };
      if (!hasDataSet) this.#endData(this.#open);
    } else if (hasDataSet) {
      this.#open = { contextId, command, object: isStore ? this.#beginObject(context, command) : undefined };
    } else if (field === commandFields.echoRequest) {
      this.#answer(contextId, command, { Status: statuses.success });
    } else if (isStore) {
      this.#answer(contextId, command, { Status: statuses.cannotUnderstand, ErrorComment: 'no data set' });
    } else {
      this.#refuse(contextId, command);
    }
  }

  #serviceOf({ abstractSyntax }: AcceptedContext, field: number): OperationService | undefined {
    if ((field & RESPONSE_BIT) !== 0 || field === commandFields.cancelRequest) return undefined;
    return this.#parts.services.operations?.find((service) => service.abstractSyntax === abstractSyntax);
  }

  #beginObject(context: AcceptedContext, command: CommandSet): IncomingObject {
    const { services, caller } = this.#parts;
    const request = {
      ...caller,
      transferSyntaxUid: context.transferSyntax,
      sopClassUid: command.AffectedSOPClassUID ?? context.abstractSyntax,
      sopInstanceUid: command.AffectedSOPInstanceUID ?? '',
    };
    return services.beginStore(request, () => {
      this.#isHeldByObject = false;
      this.#balance();
    });
  }

  #takeData({ contextId, bytes, isLast }: FragmentPiece): void {
    const open = this.#open;
    if (open === undefined || open.contextId !== contextId) {
      throw new AppError('DIMSE_PROTOCOL', { reason: 'data-set-without-command', contextId });
    }
    if (bytes.byteLength > 0 && open.object !== undefined && !open.object.write(bytes)) {
      this.#isHeldByObject = true;
      this.#balance();
    }
    if (open.operation !== undefined) collect(open.operation, bytes);
    if (isLast) this.#endData(open);
  }

  #endData(open: OpenMessage): void {
    this.#open = undefined;
    this.#isHeldByObject = false;
    if (open.operation !== undefined) void this.#operate(open, open.operation);
    else if (open.object === undefined) this.#refuse(open.contextId, open.command);
    else void this.#finish(open.object, open);
    this.#balance();
  }

  async #operate(
    { contextId, command }: OpenMessage,
    { service, pieces }: NonNullable<OpenMessage['operation']>,
  ): Promise<void> {
    this.#outstanding++;
    const transferSyntax = this.#parts.contexts.get(contextId)?.transferSyntax ?? '';
    await this.#running.run({ service, contextId, transferSyntax, command, dataset: Buffer.concat(pieces) });
    this.#outstanding--;
    if (this.#isDiscarded) return;
    this.#balance();
    if (this.isQuiet) this.#parts.onQuiet();
  }

  async #finish(object: IncomingObject, { contextId, command }: OpenMessage): Promise<void> {
    this.#outstanding++;
    let answer: CommandSet = { Status: statuses.success };
    try {
      await object.complete();
      this.storedCount++;
    } catch (cause) {
      const { status, comment } = failureStatus(cause);
      this.#parts.log.error('dimse.store-failed', { status: status.toString(16) }, cause);
      answer = { Status: status, ErrorComment: comment };
    }
    this.#outstanding--;
    if (this.#isDiscarded) return;
    this.#answer(contextId, command, answer);
    this.#balance();
    if (this.isQuiet) this.#parts.onQuiet();
  }

  #refuse(contextId: number, command: CommandSet): void {
    const field = command.CommandField ?? 0;
    // Answers and C-CANCEL are not answered.
    if ((field & RESPONSE_BIT) !== 0) return this.#running.takeAnswer(command);
    if (field === commandFields.cancelRequest) return this.#running.cancel(command.MessageIDBeingRespondedTo ?? 0);
    this.#parts.log.warn('dimse.operation-refused', { commandField: field.toString(16) });
    this.#answer(contextId, command, { Status: statuses.unrecognizedOperation });
  }

  #answer(contextId: number, request: CommandSet, outcome: CommandSet): void {
    const response = encodeCommandSet({
      ...identityOf(request),
      CommandField: (request.CommandField ?? 0) | RESPONSE_BIT,
      MessageIDBeingRespondedTo: request.MessageID ?? 0,
      CommandDataSetType: NO_DATA_SET,
      ...outcome,
    });
    this.#parts.send(commandPdu(contextId, response));
  }

  /** Holds the sender while its object waits for the disk or too many answers are due. */
  #balance(): void {
    const shouldHold = this.#isHeldByObject || this.#outstanding >= this.#parts.outstandingLimit;
    if (shouldHold === this.#isHeld || this.#isDiscarded) return;
    this.#isHeld = shouldHold;
    if (shouldHold) this.#parts.holdSender();
    else this.#parts.resumeSender();
  }
}

const collect = (operation: NonNullable<OpenMessage['operation']>, bytes: Uint8Array): void => {
  operation.size += bytes.byteLength;
  if (operation.size > OPERATION_DATA_LIMIT_BYTES) {
    throw new AppError('DIMSE_PROTOCOL', { reason: 'data-set-too-long', limit: OPERATION_DATA_LIMIT_BYTES });
  }
  operation.pieces.push(Buffer.from(bytes));
};

const identityOf = ({ AffectedSOPClassUID, AffectedSOPInstanceUID }: CommandSet): CommandSet => ({
  ...(AffectedSOPClassUID === undefined ? {} : { AffectedSOPClassUID }),
  ...(AffectedSOPInstanceUID === undefined ? {} : { AffectedSOPInstanceUID }),
});

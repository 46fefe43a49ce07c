import type { RejectionName } from '@jiapian/dicom/network';
import type { Caller } from './dimse-caller.ts';
import type { OperationService } from './dimse-operations.ts';

export type { Caller } from './dimse-caller.ts';

export type Admission = { isAdmitted: true } | { isAdmitted: false; rejection: RejectionName };

export interface StoreRequest extends Caller {
  transferSyntaxUid: string;
  sopClassUid: string;
  sopInstanceUid: string;
}

/** A data set on its way in; the bytes that are written must be used or copied before `write` returns. */
export interface IncomingObject {
  /** False asks to hold the sender until `onRoom` was called. */
  write(bytes: Uint8Array): boolean;
  /** Answers when the object is durable; its error decides the status that the sender gets. */
  complete(): Promise<unknown>;
  discard(): Promise<void>;
}

/** What the association server asks of the product; the protocol itself knows no room. */
export interface DimseServices {
  admit(caller: Caller): Promise<Admission>;
  beginStore(request: StoreRequest, onRoom: () => void): IncomingObject;
  /** Services besides storage and verification. */
  operations?: readonly OperationService[];
}

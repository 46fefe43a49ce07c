import type { WriteCharacterSet } from '@jiapian/dicom';
import { statuses } from '@jiapian/dicom/network';

/** One object on its way out: the bytes as received, from `dataSetOffset` to the end of the file. */
export interface OutgoingObject {
  path: string;
  dataSetOffset: number;
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  /** The copy differs from the stored file in these bytes. */
  edit?: ByteEdit;
  wish?: CopyWish;
}

/** What a destination wants of the copies it gets. */
export interface CopyWish {
  /** Transfer syntaxes that it takes, the preferred first; empty for what it negotiates. */
  acceptedSyntaxes: readonly string[];
  mayTranscode: boolean;
  /** Of every text; null leaves text as it stands. */
  characterSet: WriteCharacterSet | null;
  /** Written in that character set; null leaves the object's own. */
  institutionName: string | null;
  padsOddLength: boolean;
}

/** Bytes of a file from `from` to before `to`, and what stands in their place in the copy. */
export interface ByteEdit {
  from: number;
  to: number;
  bytes: Uint8Array;
}

/** What the destination made of one object, with its own words. */
export interface SendAnswer {
  outcome: 'sent' | 'failed' | 'refused';
  code: string;
  text: string;
  /** The destination itself is away or full: no object is to blame. */
  isAboutDestination?: true;
}

/** Sends in order; an object without an answer when it ends or throws has not arrived. */
export interface Sender {
  (
    objects: readonly OutgoingObject[],
    onAnswer: (index: number, answer: SendAnswer) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Ends what it keeps open between two calls. */
  close?(): Promise<void>;
}

/**
 * What a C-STORE status means for the queue (PS3.4 table B.2-1): warnings are stored; out of resources and processing
 * failures may pass by themselves; everything else is a no that a person must look at.
 */
export const outcomeOfStatus = (status: number): SendAnswer['outcome'] => {
  const isWarning = (status & 0xf000) === 0xb000 || status === 0x0107 || status === 0x0116;
  if (status === statuses.success || isWarning) return 'sent';
  const mayPass = isFull(status) || status === statuses.processingFailure;
  return mayPass ? 'failed' : 'refused';
};

/** Out of resources (PS3.4 table B.2-1): the archive is full, whatever object it is offered. */
export const isFull = (status: number): boolean => (status & 0xff00) === 0xa700;

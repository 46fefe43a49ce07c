import { WRITER_IMPLEMENTATION_CLASS_UID, WRITER_IMPLEMENTATION_VERSION } from '@jiapian/dicom';
import { decodeFileMeta, encodeFileMeta, hasPart10Prefix } from '@jiapian/dicom/network';

export const doors = ['dimse', 'stow', 'upload', 'folder', 'import'] as const;
export type Door = (typeof doors)[number];

/** How an object came, as far as it is known; kept in the file itself so that the row can be rebuilt from it. */
export interface Envelope {
  door: Door;
  callingAeTitle: string;
  calledAeTitle: string;
  remoteAddress: string;
  /** Name of the file it came as; empty for the doors that have none. */
  fileName: string;
  /** Encoding of the bytes that follow; absent when they are not known to be a data set. */
  transferSyntaxUid?: string;
  sopClassUid?: string;
  sopInstanceUid?: string;
}

/** UUID-derived (PS3.5 B.2): marks our private information in the file meta group. */
const ENVELOPE_CREATOR_UID = '2.25.231935498272284945981155740531120016300';

/** Enough of a file to hold every envelope that we write, in bytes. */
export const ENVELOPE_BLOCK_BYTES = 16 * 1024;

const FILE_NAME_LIMIT = 1024;

/** The bytes that stand before the received ones: preamble, prefix and meta group of a Part 10 file. */
export const encodeEnvelope = (envelope: Envelope): Uint8Array =>
  encodeFileMeta({
    ...(envelope.sopClassUid === undefined ? {} : { mediaStorageSopClassUid: envelope.sopClassUid }),
    ...(envelope.sopInstanceUid === undefined ? {} : { mediaStorageSopInstanceUid: envelope.sopInstanceUid }),
    ...(envelope.transferSyntaxUid === undefined ? {} : { transferSyntaxUid: envelope.transferSyntaxUid }),
    implementationClassUid: WRITER_IMPLEMENTATION_CLASS_UID,
    implementationVersionName: WRITER_IMPLEMENTATION_VERSION,
    ...(envelope.callingAeTitle === '' ? {} : { sourceApplicationEntityTitle: envelope.callingAeTitle }),
    ...(envelope.calledAeTitle === '' ? {} : { receivingApplicationEntityTitle: envelope.calledAeTitle }),
    privateInformationCreatorUid: ENVELOPE_CREATOR_UID,
    privateInformation: encodeSlip(envelope),
  });

/** Where the meta group's own length stands: behind preamble, prefix and the header of (0002,0000); PS3.10 section 7.1. */
const GROUP_LENGTH_OFFSET = 140;

/**
 * Reads back what `encodeEnvelope` wrote; `undefined` for a file that is not ours. Our own group length is believed, for
 * what was received may itself begin with elements of group 0002.
 */
export const decodeEnvelope = (head: Uint8Array): { envelope: Envelope; datasetOffset: number } | undefined => {
  if (!hasPart10Prefix(head) || head.byteLength < GROUP_LENGTH_OFFSET + 4) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const datasetOffset = GROUP_LENGTH_OFFSET + 4 + view.getUint32(GROUP_LENGTH_OFFSET, true);
  if (datasetOffset > head.byteLength) return undefined;
  const meta = decodeFileMeta(head.subarray(0, datasetOffset))?.meta;
  if (meta?.privateInformation === undefined || meta.privateInformationCreatorUid !== ENVELOPE_CREATOR_UID)
    return undefined;
  const slip = decodeSlip(meta.privateInformation);
  if (slip === undefined) return undefined;
  return {
    datasetOffset,
    envelope: {
      ...slip,
      callingAeTitle: meta.sourceApplicationEntityTitle ?? '',
      calledAeTitle: meta.receivingApplicationEntityTitle ?? '',
      ...(meta.transferSyntaxUid === undefined ? {} : { transferSyntaxUid: meta.transferSyntaxUid }),
      ...(meta.mediaStorageSopClassUid === undefined ? {} : { sopClassUid: meta.mediaStorageSopClassUid }),
      ...(meta.mediaStorageSopInstanceUid === undefined ? {} : { sopInstanceUid: meta.mediaStorageSopInstanceUid }),
    },
  };
};

type Slip = Pick<Envelope, 'door' | 'remoteAddress' | 'fileName'>;

const encodeSlip = ({ door, remoteAddress, fileName }: Slip): Uint8Array => {
  const text = JSON.stringify({ door, remoteAddress, fileName: fileName.slice(0, FILE_NAME_LIMIT) });
  return new TextEncoder().encode(text);
};

const decodeSlip = (bytes: Uint8Array): Slip | undefined => {
  try {
    const slip: unknown = JSON.parse(new TextDecoder().decode(bytes).replace(/\0$/u, ''));
    if (typeof slip !== 'object' || slip === null) return undefined;
    const { door, remoteAddress, fileName } = slip as Record<string, unknown>;
    const known = doors.find((name) => name === door);
    if (known === undefined || typeof remoteAddress !== 'string' || typeof fileName !== 'string') return undefined;
    return { door: known, remoteAddress, fileName };
  } catch {
    // Not JSON: some other program's private information under our number cannot be ours.
    return undefined;
  }
};

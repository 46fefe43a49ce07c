import { chunkLength, elementsOf, encodeDataSet } from './write-data-set.ts';

/** What the file meta group says of the data set that follows (PS3.10 §7.1). */
export interface Part10Meta {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly sourceAeTitle?: string;
}

/** UUID-derived (PS3.5 B.2), so that no registered root is needed. */
export const WRITER_IMPLEMENTATION_CLASS_UID = '2.25.230391604093486125308152146382497061421';
/** Implementation Version Name (0002,0013) of files that we write. */
export const WRITER_IMPLEMENTATION_VERSION = 'JIAPIAN_01';

const PREAMBLE_BYTES = 128;

/**
 * Preamble, `DICM` and the file meta group in Explicit VR Little Endian, with its group length (PS3.10 §7.1).
 */
export function encodePart10Header(meta: Part10Meta): Uint8Array {
  const group = encodeDataSet(
    elementsOf({
      FileMetaInformationVersion: Uint8Array.of(0, 1),
      MediaStorageSOPClassUID: meta.sopClassUid,
      MediaStorageSOPInstanceUID: meta.sopInstanceUid,
      TransferSyntaxUID: meta.transferSyntaxUid,
      ImplementationClassUID: WRITER_IMPLEMENTATION_CLASS_UID,
      ImplementationVersionName: WRITER_IMPLEMENTATION_VERSION,
      ...(meta.sourceAeTitle === undefined ? {} : { SourceApplicationEntityTitle: meta.sourceAeTitle }),
    }),
  );
  const groupLength = encodeDataSet([{ tag: 0x00020000, vr: 'UL', value: chunkLength(group) }]);
  const preamble = new Uint8Array(PREAMBLE_BYTES + 4);
  preamble.set(new TextEncoder().encode('DICM'), PREAMBLE_BYTES);
  return joinChunks([preamble, ...groupLength, ...group]);
}

/** A Part 10 file as chunks to be written in order; the data set's chunks pass through uncopied. */
export function encodePart10(meta: Part10Meta, dataSet: readonly Uint8Array[]): Uint8Array[] {
  return [encodePart10Header(meta), ...dataSet];
}

/** One contiguous copy of the chunks. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunkLength(chunks));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

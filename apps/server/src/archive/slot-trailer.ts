import { crc32 } from 'node:zlib';
import { open, type FileHandle } from 'node:fs/promises';
import { DIRECT_ALIGNMENT_BYTES } from './block-pool.ts';
import { isObjectId } from './object-id.ts';

/** The last block of a slot, behind the padded object: a slot without it was never acknowledged. */
export const TRAILER_BYTES = DIRECT_ALIGNMENT_BYTES;

/** What makes a slot an object. */
export interface SlotTrailer {
  objectId: string;
  /** Envelope and data set, without padding and trailer. */
  sizeBytes: number;
  /** Of the object's bytes, when one sync made them and the trailer durable; absent when the object was synced before its trailer. */
  crc32?: number;
}

const MAGIC = 'JIAPIAN SLOT 2\n\n';
const SIZE_OFFSET = 16;
const ID_LENGTH_OFFSET = 24;
const ID_OFFSET = 25;
const ID_ROOM_BYTES = 63;
const HAS_OBJECT_CRC_OFFSET = 88;
const OBJECT_CRC_OFFSET = 92;
const TRAILER_CRC_OFFSET = TRAILER_BYTES - 4;

/** Where the trailer of an object of this size stands: on the next border of direct writes. */
export const trailerOffset = (sizeBytes: number): number =>
  Math.ceil(sizeBytes / DIRECT_ALIGNMENT_BYTES) * DIRECT_ALIGNMENT_BYTES;

/** Fills `TRAILER_BYTES` of the block from `offset`. */
export const encodeTrailer = (block: Buffer, offset: number, trailer: SlotTrailer): void => {
  const bytes = block.subarray(offset, offset + TRAILER_BYTES).fill(0);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeBigUInt64LE(BigInt(trailer.sizeBytes), SIZE_OFFSET);
  bytes[ID_LENGTH_OFFSET] = trailer.objectId.length;
  bytes.write(trailer.objectId, ID_OFFSET, ID_ROOM_BYTES, 'latin1');
  if (trailer.crc32 !== undefined) {
    bytes[HAS_OBJECT_CRC_OFFSET] = 1;
    bytes.writeUInt32LE(trailer.crc32, OBJECT_CRC_OFFSET);
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(0, TRAILER_CRC_OFFSET)), TRAILER_CRC_OFFSET);
};

/** `undefined` for bytes that are no whole trailer. */
export const decodeTrailer = (bytes: Buffer): SlotTrailer | undefined => {
  if (bytes.byteLength !== TRAILER_BYTES || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  if (bytes.readUInt32LE(TRAILER_CRC_OFFSET) !== crc32(bytes.subarray(0, TRAILER_CRC_OFFSET))) return undefined;
  const objectId = bytes.toString('latin1', ID_OFFSET, ID_OFFSET + (bytes[ID_LENGTH_OFFSET] ?? 0));
  if (!isObjectId(objectId)) return undefined;
  return {
    objectId,
    sizeBytes: Number(bytes.readBigUInt64LE(SIZE_OFFSET)),
    ...(bytes[HAS_OBJECT_CRC_OFFSET] === 1 ? { crc32: bytes.readUInt32LE(OBJECT_CRC_OFFSET) } : {}),
  };
};

/** The trailer at the end of a file; `undefined` when the file has none, was cut back to its object, or is gone. */
export const readTrailer = async (path: string): Promise<SlotTrailer | undefined> => {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    return await trailerOf(file);
  } finally {
    await file.close();
  }
};

const trailerOf = async (file: FileHandle): Promise<SlotTrailer | undefined> => {
  const { size } = await file.stat();
  if (size < TRAILER_BYTES || size % DIRECT_ALIGNMENT_BYTES !== 0) return undefined;
  const bytes = Buffer.alloc(TRAILER_BYTES);
  const { bytesRead } = await file.read(bytes, 0, TRAILER_BYTES, size - TRAILER_BYTES);
  if (bytesRead !== TRAILER_BYTES) return undefined;
  const trailer = decodeTrailer(bytes);
  return trailer !== undefined && trailerOffset(trailer.sizeBytes) + TRAILER_BYTES === size ? trailer : undefined;
};

import { readPart10 } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import type { Envelope } from '../archive/index.ts';
import type { Corridor, Reception } from './corridor.ts';
import type { DurableObject } from './durable-object.ts';

/** Bytes of a file that are looked at to tell what it is. */
const LOOK_BYTES = 256 * 1024;

/** The index of a file set on a medium: it lists objects and is none (PS3.10 section 8). */
const MEDIA_DIRECTORY = '1.2.840.10008.1.3.10';

export type FileSource = Pick<Envelope, 'door' | 'callingAeTitle' | 'calledAeTitle' | 'remoteAddress' | 'fileName'>;

/**
 * Takes one file into the corridor. Its own meta information is read and replaced by our envelope, the data set's bytes
 * go through as they are, so that the same object is the same whatever the door; a file that is no readable DICOM is
 * kept whole, for the quarantine. `undefined` for a directory of a medium, which holds no object.
 */
export const receiveFile = async (
  corridor: Corridor,
  source: FileSource,
  content: AsyncIterable<Uint8Array>,
): Promise<DurableObject | undefined> => {
  const iterator = content[Symbol.asyncIterator]();
  let reception: Reception | undefined;
  try {
    const look = await readLook(iterator);
    const identity = identify(look);
    if (identity.sopClassUid === MEDIA_DIRECTORY) return undefined;
    let resume: (() => void) | undefined;
    const { datasetOffset, ...known } = identity;
    reception = corridor.begin({ ...source, ...known }, () => resume?.());
    const write = async (bytes: Uint8Array): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      resume = resolve;
      if (reception?.write(bytes) === false) await promise;
    };
    await write(look.subarray(datasetOffset));
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) await write(next.value);
    return await reception.complete();
  } catch (cause) {
    await reception?.discard();
    throw cause;
  } finally {
    await iterator.return?.();
  }
};

const readLook = async (iterator: AsyncIterator<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length < LOOK_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    pieces.push(next.value);
    length += next.value.byteLength;
  }
  return Buffer.concat(pieces);
};

type Identity = Pick<Envelope, 'transferSyntaxUid' | 'sopClassUid' | 'sopInstanceUid'> & { datasetOffset: number };

const identify = (look: Buffer): Identity => {
  try {
    const part10 = readPart10(look);
    const { transferSyntaxUid, mediaStorageSopClassUid, mediaStorageSopInstanceUid, dataSetOffset } = part10;
    return {
      transferSyntaxUid,
      ...(mediaStorageSopClassUid === undefined ? {} : { sopClassUid: mediaStorageSopClassUid }),
      ...(mediaStorageSopInstanceUid === undefined ? {} : { sopInstanceUid: mediaStorageSopInstanceUid }),
      datasetOffset: dataSetOffset,
    };
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    // The register says why in words, and puts it into quarantine.
    return { datasetOffset: 0 };
  }
};

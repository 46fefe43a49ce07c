import { decodeEnvelope, ENVELOPE_BLOCK_BYTES, HEAD_BYTES, receivedAtOf, type ObjectStore } from '../archive/index.ts';
import type { ReceivedObject } from '../exams/index.ts';
import type { DurableObject } from './durable-object.ts';

type Reader = Pick<ObjectStore, 'head' | 'read' | 'checksum'>;

/** The first bytes as received, read again from disk. */
export const readHead = (store: Reader, { objectId, datasetOffset }: DurableObject): Promise<Uint8Array> =>
  store.read(objectId, datasetOffset, datasetOffset + HEAD_BYTES);

/** What was known of an object when it was received, from its bytes alone; `undefined` when the file is not ours. */
export const rebuildReceived = async (store: Reader, objectId: string): Promise<ReceivedObject | undefined> => {
  const found = await store.head(objectId);
  if (found === undefined) return undefined;
  const opened = decodeEnvelope(await store.read(objectId, 0, ENVELOPE_BLOCK_BYTES));
  if (opened === undefined) return undefined;
  const { envelope, datasetOffset } = opened;
  return {
    ...envelope,
    objectId,
    receivedAt: receivedAtOf(objectId),
    sha256: await store.checksum(objectId, datasetOffset),
    sizeBytes: found.sizeBytes,
    datasetOffset,
    head: await store.read(objectId, datasetOffset, datasetOffset + HEAD_BYTES),
  };
};

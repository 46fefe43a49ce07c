import { Readable } from 'node:stream';
import { encodePart10Header } from '@jiapian/dicom';
import type { ObjectStore } from '../archive/index.ts';
import type { RegisteredInstance } from './find-instance.repository.ts';

type Store = Pick<ObjectStore, 'stream'>;

/** The object as a Part 10 file: a head of ours, and behind it the data set byte by byte as it was received. */
export const part10Of = (store: Store, instance: RegisteredInstance): Readable =>
  Readable.from(part10Chunks(store, instance), { objectMode: false });

export const part10LengthOf = (instance: RegisteredInstance): number =>
  headerOf(instance).length + instance.sizeBytes - instance.dataSetOffset;

const headerOf = ({ sopClassUid, sopInstanceUid, transferSyntaxUid }: RegisteredInstance): Uint8Array =>
  encodePart10Header({ sopClassUid, sopInstanceUid, transferSyntaxUid });

async function* part10Chunks(store: Store, instance: RegisteredInstance): AsyncGenerator<Uint8Array> {
  yield headerOf(instance);
  yield* await store.stream(instance.objectId, instance.dataSetOffset);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@jiapian/kernel';
import { type Envelope, FolderObjectStore, Spool } from '../../../apps/server/src/archive/index.ts';
import type { ReceivedObject } from '../../../apps/server/src/exams/index.ts';
import { Corridor } from '../../../apps/server/src/intake/corridor.ts';
import { createDataFolder } from '../../../apps/server/src/platform/data-folder.ts';

export interface HeldObjects {
  store: FolderObjectStore;
  /** The bytes on disk as a door puts them there. */
  hold(bytes: Uint8Array, envelope?: Partial<Envelope>): Promise<ReceivedObject>;
  close(): Promise<void>;
}

/** The real way from a door to the object store, in a folder of its own. */
export const startHeldObjects = async (clock: Clock): Promise<HeldObjects> => {
  const root = await mkdtemp(join(tmpdir(), 'held-'));
  const folder = await createDataFolder(root);
  const spool = await Spool.open(folder.spool, 'dicom');
  const store = new FolderObjectStore(folder);
  const named = new Map<string, PromiseWithResolvers<void>>();
  const corridor = new Corridor({
    spool,
    clock,
    onDurable: ({ objectId }) => named.set(objectId, Promise.withResolvers()),
    onReceived: ({ objectId }) => named.get(objectId)?.resolve(),
  });
  return {
    store,
    hold: async (bytes, envelope = {}) => {
      const reception = corridor.begin({
        door: 'upload',
        callingAeTitle: '',
        calledAeTitle: '',
        remoteAddress: '10.0.0.9',
        fileName: 'IM1',
        ...envelope,
      });
      reception.write(bytes);
      const durable = await reception.complete();
      await named.get(durable.objectId)?.promise;
      return { ...durable, sha256: durable.sha256 ?? (await store.checksum(durable.objectId, durable.datasetOffset)) };
    },
    close: async () => {
      await spool.close();
      await rm(root, { recursive: true });
    },
  };
};

import { mkdir, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolder } from '../platform/data-folder.ts';
import { BlockPool } from './block-pool.ts';
import { encodeEnvelope, type Envelope } from './envelope.ts';
import { FolderSync } from './folder-sync.ts';
import { isObjectId, newObjectId } from './object-id.ts';
import { OBJECT_SUFFIX } from './object-store.ts';
import { PARTIAL_SUFFIX, SpoolWriter } from './spool-writer.ts';

/** The log of received objects that one process writes: what lies here is durable and not yet known to be registered. */
export class Spool {
  readonly #paths: readonly string[];
  readonly #path: string;
  readonly #folder: FolderSync;
  readonly #blocks: BlockPool;

  private constructor(paths: readonly string[], path: string) {
    this.#paths = paths;
    this.#path = path;
    this.#folder = new FolderSync(path);
    this.#blocks = new BlockPool(path);
  }

  /**
   * Opens the spools of the roles that this process alone holds; it writes to the first and lists all, for the roles
   * may have been shared out differently before. Remains of objects that were never complete are removed.
   */
  static async open(spoolFolder: string, first: string, ...others: readonly string[]): Promise<Spool> {
    const paths = [first, ...others].map((role) => join(spoolFolder, role));
    for (const path of paths) {
      await mkdir(path, { recursive: true, mode: 0o700 });
      for (const name of await readdir(path)) {
        if (name.endsWith(PARTIAL_SUFFIX)) await unlink(join(path, name));
      }
    }
    return new Spool(paths, join(spoolFolder, first));
  }

  /** Begins an object; `datasetOffset` is where the received bytes begin in the file. */
  begin(
    envelope: Envelope,
    options: { receivedAt: Date; limitBytes: number; onRoom?: () => void },
  ): { objectId: string; datasetOffset: number; writer: SpoolWriter } {
    const objectId = newObjectId(options.receivedAt);
    const head = encodeEnvelope(envelope);
    const writer = new SpoolWriter({
      path: join(this.#path, objectId + OBJECT_SUFFIX),
      folder: this.#folder,
      blocks: this.#blocks,
      envelope: head,
      limitBytes: options.limitBytes,
      ...(options.onRoom === undefined ? {} : { onRoom: options.onRoom }),
    });
    return { objectId, datasetOffset: head.byteLength, writer };
  }

  /** Complete objects in order of receipt. */
  async list(): Promise<string[]> {
    return (await Promise.all(this.#paths.map(completeObjects))).flat().sort();
  }

  close(): Promise<void> {
    return this.#folder.close();
  }
}

/** What every writer of this data folder has received and not yet seen registered, in order of receipt. */
export const listSpooled = async ({ spool }: Pick<DataFolder, 'spool'>): Promise<string[]> => {
  const ofWriters = (await readdir(spool)).map((writer) => completeObjects(join(spool, writer)));
  return (await Promise.all(ofWriters)).flat().sort();
};

const completeObjects = async (path: string): Promise<string[]> =>
  (await readdir(path))
    .filter((name) => name.endsWith(OBJECT_SUFFIX))
    .map((name) => name.slice(0, -OBJECT_SUFFIX.length))
    .filter(isObjectId)
    .sort();

import { mkdir, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolder } from '../platform/data-folder.ts';
import { BlockPool } from './block-pool.ts';
import { encodeEnvelope, type Envelope } from './envelope.ts';
import { FolderSync } from './folder-sync.ts';
import { newObjectId } from './object-id.ts';
import { recoverSlots } from './recover-slots.ts';
import { SlotPool } from './slot-pool.ts';
import { SlotSettler } from './slot-settler.ts';
import { SpoolWriter } from './spool-writer.ts';
import { namedObjects, OBJECT_SUFFIX, objectsInSlots, SLOTS_FOLDER } from './spooled-file.ts';

/** What versions before the slots called an object that was not complete. */
const PARTIAL_SUFFIX = '.part';

/** The log of received objects that one process writes: what lies here is durable and not yet known to be registered. */
export class Spool {
  readonly #paths: readonly string[];
  readonly #path: string;
  readonly #folder: FolderSync;
  readonly #slotsFolder: FolderSync;
  readonly #blocks: BlockPool;
  readonly #slots: SlotPool;
  readonly #settler: SlotSettler;
  /** Slots that a power failure tore: kept, and shown to a person by the log. */
  readonly torn: readonly string[];

  private constructor(paths: readonly string[], path: string, torn: readonly string[]) {
    this.#paths = paths;
    this.#path = path;
    this.torn = torn;
    this.#folder = new FolderSync(path);
    this.#slotsFolder = new FolderSync(join(path, SLOTS_FOLDER));
    this.#blocks = new BlockPool(path);
    this.#slots = new SlotPool(join(path, SLOTS_FOLDER), this.#slotsFolder, this.#blocks.openFlag);
    this.#settler = new SlotSettler(this.#folder);
  }

  /**
   * Opens the spools of the roles that this process alone holds; it writes to the first and lists all, for the roles
   * may have been shared out differently before. What an earlier process left half done is finished, or removed when
   * it was never acknowledged.
   */
  static async open(spoolFolder: string, first: string, ...others: readonly string[]): Promise<Spool> {
    const paths = [first, ...others].map((role) => join(spoolFolder, role));
    const torn: string[] = [];
    for (const path of paths) {
      await mkdir(join(path, SLOTS_FOLDER), { recursive: true, mode: 0o700 });
      for (const name of await readdir(path)) {
        if (name.endsWith(PARTIAL_SUFFIX)) await unlink(join(path, name));
      }
      torn.push(...(await recoverSlots(path, join(path, SLOTS_FOLDER))));
    }
    const spool = new Spool(paths, join(spoolFolder, first), torn);
    await spool.#slots.open();
    return spool;
  }

  /** Begins an object; `datasetOffset` is where the received bytes begin in the file. */
  begin(
    envelope: Envelope,
    options: { receivedAt: Date; limitBytes: number; onRoom?: () => void },
  ): { objectId: string; datasetOffset: number; writer: SpoolWriter } {
    const objectId = newObjectId(options.receivedAt);
    const head = encodeEnvelope(envelope);
    const writer = new SpoolWriter({
      objectId,
      slots: this.#slots,
      settle: (slot, sizeBytes) => this.#settler.settle(slot, join(this.#path, objectId + OBJECT_SUFFIX), sizeBytes),
      blocks: this.#blocks,
      envelope: head,
      limitBytes: options.limitBytes,
      ...(options.onRoom === undefined ? {} : { onRoom: options.onRoom }),
    });
    return { objectId, datasetOffset: head.byteLength, writer };
  }

  /** Objects that bear their name, in order of receipt. */
  async list(): Promise<string[]> {
    return (await Promise.all(this.#paths.map(namedObjects))).flat().sort();
  }

  /** Objects on their way must have ended before. */
  async close(): Promise<void> {
    await this.#settler.close();
    await this.#slots.close();
    await Promise.all([this.#folder.close(), this.#slotsFolder.close()]);
  }
}

/** What every writer of this data folder has received and not yet seen registered, in order of receipt. */
export const listSpooled = async ({ spool }: Pick<DataFolder, 'spool'>): Promise<string[]> => {
  const writers = await readdir(spool, { withFileTypes: true });
  const paths = writers.filter((writer) => writer.isDirectory()).map(({ name }) => join(spool, name));
  // Slots first: an object that gets its name in between is seen under the name.
  const inSlots = (await Promise.all(paths.map(objectsInSlots))).flat().map(({ objectId }) => objectId);
  const named = (await Promise.all(paths.map(namedObjects))).flat();
  return [...new Set([...inSlots, ...named])].sort();
};

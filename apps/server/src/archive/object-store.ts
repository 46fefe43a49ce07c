import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { AppError } from '@jiapian/kernel';
import type { DataFolder } from '../platform/data-folder.ts';
import { roles } from '../platform/settings.ts';
import { dayFolderOf, isObjectId } from './object-id.ts';
import { namedInSpool, OBJECT_SUFFIX, objectsInSlots } from './spooled-file.ts';
import { storageError } from './storage-error.ts';

/** Where an object lies: registered, not yet registered, or set aside because it could not be read. */
export type Place = 'objects' | 'spool' | 'quarantine';

interface Located {
  path: string;
  place: Place;
  sizeBytes: number;
}

/** The bytes behind one small interface; nothing else knows whether they lie in folders or elsewhere. */
export interface ObjectStore {
  /** Size of the whole file and where it is; `undefined` when there is no such object. */
  head(objectId: string): Promise<{ sizeBytes: number; place: Place } | undefined>;
  /** Bytes `start` to before `end` of the file, fewer at its end. Throws `ARCHIVE_OBJECT_NOT_FOUND`. */
  read(objectId: string, start: number, end: number): Promise<Uint8Array>;
  /** The file as a stream from `start`. Throws `ARCHIVE_OBJECT_NOT_FOUND`. */
  stream(objectId: string, start?: number, end?: number): Promise<Readable>;
  /** SHA-256 of the file from `start` to its end, hexadecimal. Throws `ARCHIVE_OBJECT_NOT_FOUND`. */
  checksum(objectId: string, start: number): Promise<string>;
  /** A local file with the object, for workers that are fed by path. Throws `ARCHIVE_OBJECT_NOT_FOUND`. */
  path(objectId: string): Promise<string>;
  /** Objects of one place in order of receipt, strictly after `after`. */
  list(place: 'objects' | 'quarantine', after?: string): AsyncIterable<string>;
  /** Moves an object to its place; without effect when it is there. Throws `ARCHIVE_OBJECT_NOT_FOUND`. */
  move(objectId: string, place: 'objects' | 'quarantine'): Promise<void>;
  /** Removes the bytes; without effect when they are gone. */
  remove(objectId: string): Promise<void>;
}

/** Objects as files: `objects/yyyy/mm/dd/<id>.dcm`, `quarantine/<id>.dcm`, and the spool of each writing process. */
export class FolderObjectStore implements ObjectStore {
  readonly #folder: DataFolder;
  readonly #dayFolders = new Map<string, Promise<void>>();
  /** As many as checksums were ever taken at the same moment. */
  readonly #spareBlocks: Buffer[] = [];

  constructor(folder: DataFolder) {
    this.#folder = folder;
  }

  async head(objectId: string): Promise<{ sizeBytes: number; place: Place } | undefined> {
    const found = await this.#locate(objectId);
    return found && { sizeBytes: found.sizeBytes, place: found.place };
  }

  async read(objectId: string, start: number, end: number): Promise<Uint8Array> {
    const { file, sizeBytes } = await this.#open(objectId);
    try {
      const block = Buffer.allocUnsafe(Math.max(0, Math.min(end, sizeBytes) - start));
      let filled = 0;
      while (filled < block.byteLength) {
        const { bytesRead } = await file.read(block, filled, block.byteLength - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return block.subarray(0, filled);
    } finally {
      await file.close();
    }
  }

  async stream(objectId: string, start = 0, end?: number): Promise<Readable> {
    const { file, sizeBytes } = await this.#open(objectId);
    // The end of a read stream counts the last byte in; ours is the first byte out.
    const last = Math.min(end ?? sizeBytes, sizeBytes) - 1;
    if (last < start) {
      await file.close();
      return Readable.from([]);
    }
    return file.createReadStream({ start, end: last, highWaterMark: STREAM_BLOCK_BYTES });
  }

  async checksum(objectId: string, start: number): Promise<string> {
    const { file, sizeBytes } = await this.#open(objectId);
    // Blocks are used again: a block for each of 10,000 objects would be 2.5 GB for the collector.
    const block = this.#spareBlocks.pop() ?? Buffer.allocUnsafeSlow(STREAM_BLOCK_BYTES);
    const hash = createHash('sha256');
    try {
      for (let position = start; position < sizeBytes;) {
        const wanted = Math.min(block.byteLength, sizeBytes - position);
        const { bytesRead } = await file.read(block, 0, wanted, position);
        if (bytesRead === 0) throw new AppError('STORAGE_FAILED', { code: 'file-too-short' });
        hash.update(block.subarray(0, bytesRead));
        position += bytesRead;
      }
      return hash.digest('hex');
    } finally {
      this.#spareBlocks.push(block);
      await file.close();
    }
  }

  async path(objectId: string): Promise<string> {
    const found = await this.#locate(objectId);
    if (found === undefined) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { objectId });
    return found.path;
  }

  async *list(place: 'objects' | 'quarantine', after = ''): AsyncIterable<string> {
    const root = place === 'objects' ? this.#folder.objects : this.#folder.quarantine;
    const afterDay = after === '' ? '' : dayFolderOf(after);
    for (const day of place === 'objects' ? await dayFolders(root) : ['']) {
      if (place === 'objects' && day < afterDay) continue;
      for (const name of (await readdir(join(root, day))).sort()) {
        const objectId = name.slice(0, -OBJECT_SUFFIX.length);
        if (name.endsWith(OBJECT_SUFFIX) && isObjectId(objectId) && objectId > after) yield objectId;
      }
    }
  }

  async move(objectId: string, place: 'objects' | 'quarantine'): Promise<void> {
    if (!isObjectId(objectId)) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { objectId });
    const target = place === 'objects' ? this.#objectPath(objectId) : this.#quarantinePath(objectId);
    await this.#makeDayFolder(dirname(target));
    for (const candidate of this.#candidates(objectId)) {
      if (candidate.place === place) continue;
      // A rename that a power cut undoes leaves the object where it was, and the next start moves it again: no sync here.
      if (await renamed(candidate.path, target)) return;
    }
    const found = await this.#locate(objectId);
    if (found?.place !== place) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { objectId });
  }

  async remove(objectId: string): Promise<void> {
    const found = await this.#locate(objectId);
    if (found === undefined) return;
    await unlink(found.path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw storageError(cause);
    });
  }

  #objectPath(objectId: string): string {
    return join(this.#folder.objects, dayFolderOf(objectId), objectId + OBJECT_SUFFIX);
  }

  #quarantinePath(objectId: string): string {
    return join(this.#folder.quarantine, objectId + OBJECT_SUFFIX);
  }

  async #open(objectId: string): Promise<{ file: FileHandle; sizeBytes: number }> {
    // An object may be moved between looking and opening, once: from the spool to its place.
    for (let attempt = 0; attempt < 2; attempt++) {
      const found = await this.#locate(objectId);
      if (found === undefined) break;
      try {
        return { file: await open(found.path, 'r'), sizeBytes: found.sizeBytes };
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw storageError(cause);
      }
    }
    throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { objectId });
  }

  async #locate(objectId: string): Promise<Located | undefined> {
    if (!isObjectId(objectId)) return undefined;
    // Once more at the end: an object may get its name, or its place, while it is looked for.
    return (await this.#locateNamed(objectId)) ?? (await this.#locateInSlots(objectId)) ?? this.#locateNamed(objectId);
  }

  async #locateNamed(objectId: string): Promise<Located | undefined> {
    for (const candidate of this.#candidates(objectId)) {
      if (candidate.place === 'spool') {
        const spooled = await namedInSpool(dirname(candidate.path), objectId);
        if (spooled !== undefined) return { ...candidate, sizeBytes: spooled.sizeBytes };
      } else {
        const found = await stat(candidate.path).catch(() => undefined);
        if (found?.isFile()) return { ...candidate, sizeBytes: found.size };
      }
    }
    return undefined;
  }

  async #locateInSlots(objectId: string): Promise<Located | undefined> {
    for (const role of roles) {
      const inSlots = await objectsInSlots(join(this.#folder.spool, role));
      const found = inSlots.find((one) => one.objectId === objectId);
      if (found !== undefined) return { path: found.path, place: 'spool', sizeBytes: found.sizeBytes };
    }
    return undefined;
  }

  /** First where most objects lie, and there once more at the end: an object may be on its way while it is looked for. */
  #candidates(objectId: string): { path: string; place: Place }[] {
    const inObjects = { path: this.#objectPath(objectId), place: 'objects' as const };
    const inSpools = roles.map((role) => ({
      path: join(this.#folder.spool, role, objectId + OBJECT_SUFFIX),
      place: 'spool' as const,
    }));
    return [inObjects, ...inSpools, { path: this.#quarantinePath(objectId), place: 'quarantine' }, inObjects];
  }

  /** Once per folder and process; the folder's own entry is made durable, its parents' too. */
  #makeDayFolder(folder: string): Promise<void> {
    const known = this.#dayFolders.get(folder);
    if (known !== undefined) return known;
    const created = createDurably(folder);
    this.#dayFolders.set(folder, created);
    created.catch(() => this.#dayFolders.delete(folder));
    return created;
  }
}

const STREAM_BLOCK_BYTES = 256 * 1024;

const renamed = async (from: string, to: string): Promise<boolean> => {
  try {
    await rename(from, to);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw storageError(cause);
  }
};

const createDurably = async (folder: string): Promise<void> => {
  try {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let created = folder; created.length >= first.length; created = dirname(created)) {
      const parent = await open(dirname(created), 'r');
      try {
        await parent.sync();
      } finally {
        await parent.close();
      }
    }
  } catch (cause) {
    throw storageError(cause);
  }
};

const dayFolders = async (root: string): Promise<string[]> => {
  const days: string[] = [];
  for (const year of (await readdir(root)).sort()) {
    for (const month of (await readdir(join(root, year))).sort()) {
      for (const day of (await readdir(join(root, year, month))).sort()) days.push(`${year}/${month}/${day}`);
    }
  }
  return days;
};

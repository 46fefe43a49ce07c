import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '@jiapian/kernel';
import { storageError } from '../archive/index.ts';

const suffix = '.dcm';
const shape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** De-identified files beside the archive: one folder, a file an object, never rewritten. */
export class TeachingStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Durable when it resolves. Throws STORAGE_FULL and STORAGE_FAILED. */
  async put(bytes: Uint8Array): Promise<{ objectId: string; sha256: Buffer }> {
    const objectId = randomUUID();
    const draft = join(this.#folder, `${objectId}.partial`);
    try {
      await writeSynced(draft, bytes);
      await rename(draft, this.#pathOf(objectId));
      await syncFolder(this.#folder);
    } catch (cause) {
      await rm(draft, { force: true });
      throw storageError(cause);
    }
    return { objectId, sha256: createHash('sha256').update(bytes).digest() };
  }

  /** The file of an object. Throws ARCHIVE_OBJECT_NOT_FOUND. */
  async path(objectId: string): Promise<string> {
    const path = this.#pathOf(objectId);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { objectId });
    return path;
  }

  async stream(objectId: string): Promise<Readable> {
    return createReadStream(await this.path(objectId));
  }

  /** SHA-256 of the whole file and its length. Throws ARCHIVE_OBJECT_NOT_FOUND. */
  async checksum(objectId: string): Promise<{ sha256: Buffer; sizeBytes: number }> {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const block of await this.stream(objectId)) {
      hash.update(block as Buffer);
      sizeBytes += (block as Buffer).byteLength;
    }
    return { sha256: hash.digest(), sizeBytes };
  }

  /** Ids of all files, and when each was written. */
  async list(): Promise<{ objectId: string; writtenAt: Date }[]> {
    const names = await readdir(this.#folder);
    const ids = names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
    return Promise.all(
      ids
        .filter((id) => shape.test(id))
        .sort()
        .map(async (objectId) => ({ objectId, writtenAt: (await stat(this.#pathOf(objectId))).mtime })),
    );
  }

  async remove(objectId: string): Promise<void> {
    await rm(this.#pathOf(objectId), { force: true });
  }

  #pathOf(objectId: string): string {
    if (!shape.test(objectId)) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { objectId });
    return join(this.#folder, objectId + suffix);
  }
}

const writeSynced = async (path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

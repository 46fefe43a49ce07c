import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { AppError, type Clock } from '@jiapian/kernel';
import type { RegisterOutcome } from '../exams/index.ts';
import type { Log } from '../platform/log.ts';
import type { OpenDoors } from './open-doors.ts';
import { receiveUpload } from './receive-upload.ts';

/** Where files go that were taken, and those that were not; below the watched folder. */
const DONE = 'done';
const FAILED = 'failed';

/** Files of one look; the next look takes the next ones. */
const FILES_PER_LOOK = 1_000;
/** How long a file waits for the register before it counts as taken, ms: the bytes are durable. */
const OUTCOME_WITHIN_MS = 5_000;
/** Names that a copying program gives to unfinished files. */
const unfinished = /(^\.|\.(part|partial|tmp|crdownload|filepart)$)/iu;

/** A folder into which other programs lay files; each is taken once its size and time have stood still for one look. */
export class WatchedFolder {
  readonly #parts: { path: string; doors: OpenDoors; clock: Clock; log: Log };
  /** What each file looked like at the last look. */
  #seen = new Map<string, string>();

  constructor(parts: { path: string; doors: OpenDoors; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  /** Looks once; answers how many files were taken. */
  async look(): Promise<number> {
    const { path } = this.#parts;
    const seen = new Map<string, string>();
    const still: string[] = [];
    for (const file of await filesBelow(path)) {
      const found = await stat(file).catch(() => undefined);
      if (found === undefined) continue;
      const state = `${found.size} ${found.mtimeMs}`;
      seen.set(file, state);
      if (this.#seen.get(file) === state) still.push(file);
    }
    this.#seen = seen;
    let taken = 0;
    for (const file of still.slice(0, FILES_PER_LOOK)) {
      if (await this.#take(file)) taken++;
      this.#seen.delete(file);
    }
    return taken;
  }

  async #take(file: string): Promise<boolean> {
    const { path, doors, log } = this.#parts;
    const source = {
      door: 'folder',
      callingAeTitle: '',
      calledAeTitle: '',
      remoteAddress: '',
      fileName: relative(path, file),
    } as const;
    try {
      const { received, refusal } = await receiveUpload(doors, source, createReadStream(file));
      const outcomes: (RegisterOutcome | undefined)[] = [];
      for (const { objectId } of received) outcomes.push(await doors.outcomes.of(objectId, OUTCOME_WITHIN_MS));
      const isTaken = refusal === undefined && !outcomes.some((outcome) => outcome?.kind === 'quarantined');
      if (refusal !== undefined) log.error('intake.watched-archive-refused', { refusal, kept: received.length });
      await this.#putAway(file, isTaken ? DONE : FAILED);
      return refusal === undefined;
    } catch (cause) {
      const isOurs = cause instanceof AppError && (cause.kind === 'unavailable' || cause.kind === 'defect');
      log.error('intake.watched-file-failed', { kind: cause instanceof AppError ? cause.code : 'unknown' }, cause);
      // A full disk is not the file's fault: it stays and is tried at the next look.
      if (!isOurs && cause instanceof AppError) await this.#putAway(file, FAILED);
      return false;
    }
  }

  async #putAway(file: string, place: typeof DONE | typeof FAILED): Promise<void> {
    const { path, clock } = this.#parts;
    const day = clock.now().toISOString().slice(0, 10);
    const target = join(path, place, day, relative(path, file));
    await mkdir(dirname(target), { recursive: true });
    await rename(file, await freeName(target));
    await removeEmpty(dirname(file), path);
  }
}

const filesBelow = async (root: string): Promise<string[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !unfinished.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => ![DONE, FAILED].includes(relative(root, file).split('/')[0] ?? ''))
    .sort();
};

/** A file of the same name may have been put away before. */
const freeName = async (target: string): Promise<string> => {
  for (let number = 0; ; number++) {
    const name = number === 0 ? target : join(dirname(target), `${number}-${basename(target)}`);
    if ((await stat(name).catch(() => undefined)) === undefined) return name;
  }
};

const removeEmpty = async (folder: string, root: string): Promise<void> => {
  for (let current = folder; current !== root && current.startsWith(root); current = dirname(current)) {
    // Not empty: others are still in it.
    const isRemoved = await rmdir(current).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
};

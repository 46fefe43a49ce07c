import { createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { storageError } from '../archive/index.ts';
import type { DurableObject } from './durable-object.ts';
import type { OpenDoors } from './open-doors.ts';
import { emptyTally, looksLikeArchive, readArchive, type ArchiveTally } from './read-archive.ts';
import { receiveFile, type FileSource } from './receive-file.ts';

/** Archives inside archives are opened this deep: a study folder zipped into a zip is common, more is not. */
const ARCHIVE_DEPTH = 2;

/** Largest archive that is laid down, bytes: a year of radiographs is sent in several. */
const ARCHIVE_LIMIT_BYTES = 32 * 1024 ** 3;

/** Bytes that tell an archive. */
const MAGIC_BYTES = 4;

/** What systems leave in folders besides the files of people. */
const litter = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$|(^|\/)__MACOSX\//iu;

export interface UploadedFile {
  isArchive: boolean;
  /** What was kept, also of an archive that was found unsafe on the way. */
  received: DurableObject[];
  /** Why the rest of the archive was not taken. */
  refusal?: string;
}

/**
 * Takes a file or an archive of files. An archive is laid down first, for its directory stands at its end, and removed
 * afterwards. What was received of an archive before it turned out damaged stays received.
 */
export const receiveUpload = (
  doors: Pick<OpenDoors, 'corridor' | 'scratchFolder'>,
  source: FileSource,
  content: AsyncIterable<Uint8Array>,
): Promise<UploadedFile> =>
  receiveWhole(content, source, {
    corridor: doors.corridor,
    scratchFolder: doors.scratchFolder,
    depth: 0,
    tally: emptyTally(),
    received: [],
  });

interface Place extends Pick<OpenDoors, 'corridor' | 'scratchFolder'> {
  depth: number;
  tally: ArchiveTally;
  /** Grows with every object, so that it is known also when the archive turns out unsafe. */
  received: DurableObject[];
}

const receiveWhole = async (
  content: AsyncIterable<Uint8Array>,
  source: FileSource,
  place: Place,
): Promise<UploadedFile> => {
  const { received } = place;
  try {
    return { isArchive: await receive(content, source, place), received };
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'INTAKE_ARCHIVE_UNSAFE') throw cause;
    return { isArchive: true, received, refusal: String(cause.facts['reason']) };
  }
};

/** Answers whether it is an archive. */
const receive = async (content: AsyncIterable<Uint8Array>, source: FileSource, place: Place): Promise<boolean> => {
  const { head, whole } = await peek(content);
  if (!looksLikeArchive(head)) {
    const received = await receiveFile(place.corridor, source, whole);
    if (received !== undefined) place.received.push(received);
    return false;
  }
  if (place.depth >= ARCHIVE_DEPTH)
    throw new AppError('INTAKE_ARCHIVE_UNSAFE', { reason: 'nested-too-deep', depth: ARCHIVE_DEPTH });
  const path = join(place.scratchFolder, `${randomUUID()}.zip`);
  try {
    await pipeline(limited(whole), createWriteStream(path, { mode: 0o600, flags: 'wx' })).catch((cause: unknown) => {
      throw isStorage(cause) ? storageError(cause) : cause;
    });
    await receiveEntries(path, source, place);
    return true;
  } finally {
    await unlink(path).catch(() => undefined);
  }
};

const receiveEntries = async (path: string, source: FileSource, place: Place): Promise<void> => {
  for await (const entry of readArchive(path, place.tally)) {
    if (litter.test(entry.name)) continue;
    const entrySource = { ...source, fileName: `${source.fileName}/${entry.name}` };
    await receive(await entry.open(), entrySource, { ...place, depth: place.depth + 1 });
  }
};

/** The first bytes, and the whole again with them at its beginning. */
const peek = async (
  content: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> => {
  const iterator = content[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.byteLength < MAGIC_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    try {
      if (head.byteLength > 0) yield head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  };
  return { head, whole: whole() };
};

const limited = async function* (content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.byteLength;
    if (bytes > ARCHIVE_LIMIT_BYTES) throw new AppError('INTAKE_TOO_LARGE', { limitBytes: ARCHIVE_LIMIT_BYTES });
    yield piece;
  }
};

const isStorage = (cause: unknown): boolean =>
  (cause as NodeJS.ErrnoException).syscall !== undefined && (cause as NodeJS.ErrnoException).syscall !== 'read';

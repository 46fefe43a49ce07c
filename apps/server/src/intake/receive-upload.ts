import { createWriteStream } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { storageError } from '../archive/index.ts';
import type { ReceivedObject } from '../exams/index.ts';
import type { Corridor } from './corridor.ts';
import { looksLikeArchive, readArchive } from './read-archive.ts';
import { receiveFile, type FileSource } from './receive-file.ts';

/** Archives inside archives are opened this deep: a study folder zipped into a zip is common, more is not. */
const ARCHIVE_DEPTH = 2;

/** Bytes that tell an archive. */
const MAGIC_BYTES = 4;

/** What systems leave in folders besides the files of people. */
const litter = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$|(^|\/)__MACOSX\//iu;

export interface UploadedFile {
  isArchive: boolean;
  received: ReceivedObject[];
}

/**
 * Takes a file or an archive of files. An archive is laid down first, for its directory stands at its end, and removed
 * afterwards. What was received of an archive before it turned out damaged stays received.
 */
export const receiveUpload = async (
  corridor: Corridor,
  source: FileSource,
  content: AsyncIterable<Uint8Array>,
  scratchFolder: string,
): Promise<UploadedFile> => receive(content, source, { corridor, scratchFolder, depth: 0 });

interface Place {
  corridor: Corridor;
  scratchFolder: string;
  depth: number;
}

const receive = async (content: AsyncIterable<Uint8Array>, source: FileSource, place: Place): Promise<UploadedFile> => {
  const { head, whole } = await peek(content);
  if (!looksLikeArchive(head)) {
    const received = await receiveFile(place.corridor, source, whole);
    return { isArchive: false, received: received === undefined ? [] : [received] };
  }
  if (place.depth >= ARCHIVE_DEPTH)
    throw new AppError('INTAKE_ARCHIVE_UNSAFE', { reason: 'nested-too-deep', depth: ARCHIVE_DEPTH });
  const path = join(place.scratchFolder, `${randomUUID()}.zip`);
  try {
    await pipeline(whole, createWriteStream(path, { mode: 0o600, flags: 'wx' })).catch((cause: unknown) => {
      throw isStorage(cause) ? storageError(cause) : cause;
    });
    return { isArchive: true, received: await receiveEntries(path, source, place) };
  } finally {
    await unlink(path).catch(() => undefined);
  }
};

const receiveEntries = async (path: string, source: FileSource, place: Place): Promise<ReceivedObject[]> => {
  const received: ReceivedObject[] = [];
  for await (const entry of readArchive(path)) {
    if (litter.test(entry.name)) continue;
    const entrySource = { ...source, fileName: `${source.fileName}/${entry.name}` };
    const inner = await receive(await entry.open(), entrySource, { ...place, depth: place.depth + 1 });
    received.push(...inner.received);
  }
  return received;
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

const isStorage = (cause: unknown): boolean =>
  (cause as NodeJS.ErrnoException).syscall !== undefined && (cause as NodeJS.ErrnoException).syscall !== 'read';

/** A stored file as content, in the blocks that the disk likes. */
export const fileContent = async (path: string): Promise<AsyncIterable<Uint8Array>> => {
  const file = await open(path, 'r');
  return file.createReadStream({ highWaterMark: 256 * 1024 });
};

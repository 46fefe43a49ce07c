import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '@jiapian/kernel';

/** POSIX.1-1988 ustar: blocks of 512 bytes, a size of 11 octal digits (8 GiB). */
const blockBytes = 512;
const sizeLimit = 8 ** 11;
const zeros = Buffer.alloc(blockBytes);

export interface TarWriter {
  add(name: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Writes the end marks and makes the file durable. */
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** A tar file in the making, which any tar program can read. */
export const createTar = async (path: string): Promise<TarWriter> => {
  const file = await open(path, 'wx', 0o600);
  return {
    add: async (name, size, content) => {
      await file.write(headerOf(name, size));
      let written = 0;
      for await (const block of content) {
        await file.write(block);
        written += block.byteLength;
      }
      if (written !== size) throw new AppError('STORAGE_FAILED', { reason: 'size changed while it was read', name });
      await file.write(zeros.subarray(0, paddingOf(size)));
    },
    finish: async () => {
      await file.write(Buffer.concat([zeros, zeros]));
      await file.sync();
      await file.close();
    },
    discard: () => file.close(),
  };
};

export interface TarEntry {
  name: string;
  size: number;
  content(): AsyncGenerator<Buffer>;
}

/** The entries in order; each content is read before the next entry is asked for, or skipped. */
export async function* readTar(path: string): AsyncGenerator<TarEntry> {
  const file = await open(path, 'r');
  try {
    for (let at = 0; ;) {
      const header = await readExactly(file, at, blockBytes);
      if (header.every((byte) => byte === 0)) return;
      const entry = parseHeader(header);
      const start = at + blockBytes;
      yield { ...entry, content: () => contentOf(file, start, entry.size) };
      at = start + entry.size + paddingOf(entry.size);
    }
  } finally {
    await file.close();
  }
}

const paddingOf = (size: number): number => (blockBytes - (size % blockBytes)) % blockBytes;

const headerOf = (name: string, size: number): Buffer => {
  if (Buffer.byteLength(name) > 100 || size >= sizeLimit)
    throw new AppError('STORAGE_FAILED', { reason: 'does not fit a tar header', name });
  const header = Buffer.alloc(blockBytes);
  header.write(name, 0);
  header.write('0000600\0' + '0000000\0' + '0000000\0', 100, 'latin1');
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write(`${'0'.repeat(11)}\0`, 136, 'latin1');
  header.write('        0', 148, 'latin1');
  header.write('ustar\0' + '00', 257, 'latin1');
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
};

/** The sum of the header's bytes with the checksum field taken as blanks. */
const checksumOf = (header: Buffer): number =>
  header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);

const parseHeader = (header: Buffer): { name: string; size: number } => {
  const field = (start: number, length: number): string =>
    header.toString('utf8', start, start + length).replace(/[\0 ].*$/s, '');
  if (parseInt(field(148, 8), 8) !== checksumOf(header))
    throw new AppError('BACKUP_UNREADABLE', { reason: 'not a tar file' });
  return { name: field(0, 100), size: parseInt(field(124, 12), 8) };
};

const readBytes = 1024 * 1024;

async function* contentOf(file: FileHandle, start: number, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; at += readBytes) yield readExactly(file, start + at, Math.min(readBytes, size - at));
}

const readExactly = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const block = Buffer.alloc(length);
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await file.read(block, filled, length - filled, at + filled);
    if (bytesRead === 0) throw new AppError('BACKUP_UNREADABLE', { reason: 'the file ends too early' });
    filled += bytesRead;
  }
  return block;
};

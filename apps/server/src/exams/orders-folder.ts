import { readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../platform/log.ts';
import type { MllpHandler } from '../platform/mllp-server.ts';

/** A file longer than this is no order, bytes. */
const FILE_LIMIT_BYTES = 1024 * 1024;
const FILES_PER_LOOK = 200;

/**
 * Takes HL7 messages that a RIS lays down as files, one message a file. A file is read once it has stood still from one
 * look to the next; one that was taken is deleted, one that is refused gets another ending and stays, and while our
 * database is away everything waits.
 */
export class OrdersFolder {
  readonly #path: string;
  readonly #handler: MllpHandler;
  readonly #log: Log;
  #sizes = new Map<string, number>();

  constructor(parts: { path: string; handler: MllpHandler; log: Log }) {
    this.#path = parts.path;
    this.#handler = parts.handler;
    this.#log = parts.log;
  }

  async look(): Promise<void> {
    const names = (await readdir(this.#path)).filter((name) => /\.hl7$/i.test(name)).sort();
    const before = this.#sizes;
    this.#sizes = new Map();
    for (const name of names.slice(0, FILES_PER_LOOK)) {
      const { size } = await stat(join(this.#path, name));
      this.#sizes.set(name, size);
      if (before.get(name) === size && !(await this.#take(name, size))) return;
    }
  }

  /** False when the next file had better wait too. */
  async #take(name: string, size: number): Promise<boolean> {
    const file = join(this.#path, name);
    const answer =
      size > FILE_LIMIT_BYTES
        ? await this.#handler.refuse((await readFile(file)).subarray(0, FILE_LIMIT_BYTES), 'too-long', name)
        : await this.#handler.receive(unframed(await readFile(file)), name);
    const text = Buffer.from(answer ?? []).toString('latin1');
    if (text.includes('\rMSA|AA')) await unlink(file);
    else if (text.includes('|207^')) return false;
    else {
      this.#log.warn('hl7.file-refused', {});
      await rename(file, `${file}.refused`);
    }
    this.#sizes.delete(name);
    return true;
  }
}

/** Some interfaces write the frame into the file. */
const unframed = (bytes: Uint8Array): Uint8Array => {
  const start = bytes[0] === 0x0b ? 1 : 0;
  const end = bytes.indexOf(0x1c);
  return bytes.subarray(start, end < 0 ? bytes.byteLength : end);
};

import { open, type FileHandle } from 'node:fs/promises';

/**
 * Makes renames in one folder durable. Callers that come while a sync runs share the next one: with many objects
 * at once the folder is synced far less often than once per object.
 */
export class FolderSync {
  readonly #path: string;
  #folder: Promise<FileHandle> | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  sync(): Promise<void> {
    if (this.#next !== undefined) return this.#next;
    if (this.#running === undefined) return (this.#running = this.#syncOnce());
    return (this.#next = this.#afterRunning(this.#running));
  }

  async close(): Promise<void> {
    await (this.#next ?? this.#running)?.catch(() => undefined);
    const folder = await this.#folder;
    this.#folder = undefined;
    await folder?.close();
  }

  async #afterRunning(running: Promise<void>): Promise<void> {
    // Its failure belongs to those who waited for it.
    await running.catch(() => undefined);
    this.#next = undefined;
    this.#running = this.#syncOnce();
    await this.#running;
  }

  async #syncOnce(): Promise<void> {
    try {
      this.#folder ??= open(this.#path, 'r');
      await (await this.#folder).sync();
    } catch (cause) {
      this.#folder = undefined;
      throw cause;
    } finally {
      this.#running = undefined;
    }
  }
}

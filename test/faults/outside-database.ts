import { readdirSync, readFileSync } from 'node:fs';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../apps/server/src/platform/embedded-postgres.ts';
import { silentLog } from '../../apps/server/src/platform/log.ts';

/** A PostgreSQL that the product did not start and does not restart, as a hospital's own. */
export class OutsideDatabase {
  readonly url: string;
  readonly #folder: string;
  #running: EmbeddedPostgres | undefined;

  private constructor(folder: string, running: EmbeddedPostgres) {
    this.#folder = folder;
    this.#running = running;
    this.url = running.url;
  }

  static async start(folder: string): Promise<OutsideDatabase> {
    return new OutsideDatabase(folder, await startEmbeddedPostgres(folder, silentLog));
  }

  /** Breaks every connection and answers no new one. */
  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  async startAgain(): Promise<void> {
    this.#running ??= await startEmbeddedPostgres(this.#folder, silentLog);
  }

  /** Connections stay open and nothing answers, as when the database's machine hangs. */
  freeze(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGCONT');
  }

  /** The postmaster first, so that it starts no other. */
  #processes(): number[] {
    const postmaster = this.#running?.pid();
    if (postmaster === undefined) return [];
    const children = readdirSync('/proc').filter((name) => /^\d+$/u.test(name) && parentOf(name) === postmaster);
    return [postmaster, ...children.map(Number)];
  }
}

const parentOf = (pid: string): number | undefined => {
  try {
    // The name, in brackets, may hold blanks; the state and the parent follow it.
    const [, afterName = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    return Number(afterName.split(' ')[1]);
  } catch {
    return undefined;
  }
};

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { silentLog } from './log.ts';
import { isProcessAlive } from './process-alive.ts';

let folder: string;
const started: EmbeddedPostgres[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiapian-embedded-'));
});
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
  await rm(folder, { recursive: true });
});

const start = async (): Promise<EmbeddedPostgres> => {
  const postgres = await startEmbeddedPostgres(folder, silentLog);
  started.push(postgres);
  return postgres;
};

const query = async (url: string, statement: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
};

describe('the embedded PostgreSQL', () => {
  it('listens on no network, and only its owner may read the password', async () => {
    const { url } = await start();
    expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600);
    const wrong = url.replace(/:[^:@/]+@/, ':wrong@');
    await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('acknowledges a commit only when it is on disk', async () => {
    const { url } = await start();
    const [settings] = await query(
      url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    );
    expect(settings).toEqual({ fsync: 'on', commit: 'on' });
  });

  it('is adopted when a killed process left it running', async () => {
    const orphan = await start();
    orphan.leave();
    const adopted = await start();
    expect(adopted.pid()).toBe(orphan.pid());
  });

  it('is started again when it was killed, with what was committed', async () => {
    const postgres = await start();
    await query(postgres.url, 'create table kept as select 42 as answer');
    const killed = postgres.pid();
    process.kill(killed, 'SIGKILL');
    await vi.waitFor(() => expect(postgres.pid()).not.toBe(killed), { timeout: 20_000, interval: 100 });
    expect(await query(postgres.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is gone after a stop and starts again in its folder', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(isProcessAlive(first.pid())).toBe(false);
    const second = await start();
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });
});

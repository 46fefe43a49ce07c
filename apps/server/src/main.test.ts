import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isProcessAlive } from './platform/process-alive.ts';

let folder: string;
const started: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiapian-main-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  const pid = await databasePid();
  if (pid !== null) {
    process.kill(pid, 'SIGINT');
    await vi.waitFor(() => expect(isProcessAlive(pid)).toBe(false), { timeout: 10_000 });
  }
  await rm(folder, { recursive: true });
});

const databasePid = async (): Promise<number | null> => {
  const text = await readFile(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return pid > 0 && isProcessAlive(pid) ? pid : null;
};

interface Server {
  child: ChildProcess;
  output(): string;
  url(): string;
  ended: Promise<number | null>;
}

const launch = (environment: Record<string, string> = {}): Server => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      PATH: process.env['PATH'],
      JIAPIAN_DATA: folder,
      JIAPIAN_HTTP: '127.0.0.1:0',
      JIAPIAN_DICOM: '127.0.0.1:0',
      ...environment,
    },
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return {
    child,
    output: () => output,
    url: () => /http:\/\/[\d.]+:\d+/.exec(output)?.[0] ?? '',
    ended: once(child, 'close').then(([code]) => code as number | null),
  };
};

const ready = async (server: Server): Promise<void> => {
  await vi.waitFor(() => expect(server.url()).not.toBe(''), { timeout: 60_000, interval: 50 });
  await vi.waitFor(async () => expect((await fetch(`${server.url()}/readyz`)).status).toBe(200), { timeout: 30_000 });
};

const passwordIn = (output: string): string => /admin {2}(\S+)/.exec(output)?.[1] ?? '';

const signIn = (server: Server, password: string): Promise<Response> =>
  fetch(`${server.url()}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password }),
  });

describe('a server', () => {
  it('shows its first password once, which signs in, and stops cleanly on SIGTERM', async () => {
    const first = launch();
    await ready(first);
    const password = passwordIn(first.output());
    expect((await signIn(first, password)).status).toBe(200);
    expect((await stat(join(folder, 'secrets', 'local-token'))).mode & 0o777).toBe(0o600);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await databasePid()).toBeNull();
    expect(await readdir(join(folder, 'locks'))).toEqual([]);

    const second = launch();
    await ready(second);
    expect(passwordIn(second.output())).toBe('');
    expect((await signIn(second, password)).status).toBe(200);
  });

  it('takes the first password of an unattended set-up', async () => {
    const server = launch({ JIAPIAN_ADMIN_PASSWORD: 'correct horse battery' });
    await ready(server);
    expect(server.output()).not.toContain('correct horse battery');
    expect((await signIn(server, 'correct horse battery')).status).toBe(200);
  });

  it('has shown its first password also when its address turns out to be taken, and says so', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const failed = launch({ JIAPIAN_HTTP: `127.0.0.1:${port}` });
    expect(await failed.ended).toBe(1);
    expect(failed.output()).toMatch(/JIAPIAN_HTTP to a free address/);
    holder.close();
    const server = launch();
    await ready(server);
    expect((await signIn(server, passwordIn(failed.output()))).status).toBe(200);
  });

  it('refuses a folder that another one holds, and says which', async () => {
    const first = launch();
    await ready(first);
    const second = launch();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`process ${first.child.pid}`);
    expect((await fetch(`${first.url()}/readyz`)).status).toBe(200);
  });

  it('comes up again after SIGKILL, on the database that was left running', async () => {
    const killed = launch();
    await ready(killed);
    const database = await databasePid();
    killed.child.kill('SIGKILL');
    await killed.ended;
    const next = launch();
    await ready(next);
    expect(await databasePid()).toBe(database);
  });

  it('recovers alone when its database is killed', async () => {
    const server = launch({ JIAPIAN_ADMIN_PASSWORD: 'correct horse battery' });
    await ready(server);
    const killed = await databasePid();
    process.kill(killed ?? 0, 'SIGKILL');
    await vi.waitFor(async () => expect(await databasePid()).not.toBe(killed), { timeout: 20_000, interval: 100 });
    await ready(server);
    expect((await signIn(server, 'correct horse battery')).status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  });

  it('shares folder and database with a process of other roles; the last one stops the database', async () => {
    const web = launch({ JIAPIAN_ROLES: 'web' });
    await ready(web);
    const worker = launch({ JIAPIAN_ROLES: 'worker' });
    await vi.waitFor(() => expect(worker.output()).toContain('worker'), { timeout: 30_000 });
    web.child.kill('SIGTERM');
    expect(await web.ended).toBe(0);
    expect(await databasePid()).not.toBeNull();
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    expect(await databasePid()).toBeNull();
  });

  it('lists every wrong setting in one message, starts nothing and exits 2', async () => {
    const server = launch({ JIAPIAN_HTTP: 'nowhere', JIAPIAN_ROLES: 'printer', JIAPIAN_COLOUR: 'red' });
    expect(await server.ended).toBe(2);
    expect(server.output()).toMatch(/JIAPIAN_COLOUR/);
    expect(server.output()).toMatch(/JIAPIAN_HTTP/);
    expect(server.output()).toMatch(/JIAPIAN_ROLES/);
    expect(await readdir(folder)).toEqual([]);
  });
});

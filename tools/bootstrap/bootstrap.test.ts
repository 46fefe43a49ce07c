import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashSources } from './build-web.mjs';
import { ensureInstalled, isInstalled } from './install.mjs';

describe('isInstalled', () => {
  const wanted = {
    '': { name: 'jiapian' },
    'apps/web': { version: '0.1.0' },
    'node_modules/fastify': { version: '5.0.0' },
    'node_modules/vitest': { version: '4.0.0', dev: true },
    'node_modules/other-platform': { version: '1.0.0', optional: true },
  };
  const production = { 'node_modules/fastify': { version: '5.0.0' } };

  it('accepts a production installation for running, not for testing', () => {
    expect(isInstalled(wanted, production, 'production')).toBe(true);
    expect(isInstalled(wanted, production, 'full')).toBe(false);
  });

  it('refuses another version, and an empty folder', () => {
    expect(isInstalled(wanted, { 'node_modules/fastify': { version: '5.0.1' } }, 'production')).toBe(false);
    expect(isInstalled(wanted, {}, 'production')).toBe(false);
  });
});

describe('ensureInstalled', () => {
  const packagedNode = `node_modules/node-${process.platform}-${process.arch}`;
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'jiapian-install-'));
    vi.stubEnv('npm_execpath', path.join(root, 'npm-cli.js'));
    vi.stubEnv('npm_node_execpath', process.execPath);
    const packages = {
      'node_modules/fastify': { version: '5.0.0' },
      [packagedNode]: { version: '24.0.0', optional: true },
    };
    fs.writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    fs.rmSync(root, { recursive: true });
  });

  const npmIs = (script: string) => fs.writeFileSync(path.join(root, 'npm-cli.js'), script);
  const install = `
    const fs = require('node:fs');
    fs.appendFileSync(${JSON.stringify('LOG')}, (process.env.PINNED ?? 'own') + '\\n');
    const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
    fs.mkdirSync(${JSON.stringify(`${packagedNode}/bin`)}, { recursive: true });
    const script = '#!/bin/sh\\nPINNED=pinned exec ${process.execPath} "$@"\\n';
    fs.writeFileSync(${JSON.stringify(`${packagedNode}/bin/node`)}, script, { mode: 0o755 });
    fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));`;
  const runsOf = async () => {
    const log = path.join(root, 'runs');
    npmIs(install.replace('"LOG"', JSON.stringify(log)));
    await ensureInstalled(root, 'production');
    return fs.readFileSync(log, 'utf8').trim().split('\n');
  };

  it('does not believe an npm that ends without an error and without the packages', async () => {
    npmIs('process.exit(0)');
    await expect(ensureInstalled(root, 'production')).rejects.toThrow(/not every package is there/);
  });

  it('runs npm once where its Node is new enough', async () => {
    expect(await runsOf()).toEqual(['own']);
  });

  it('fetches the pinned Node first where npm runs on an old one, for npm would leave out native parts', async () => {
    const old = path.join(root, 'old-node');
    fs.symlinkSync(process.execPath, old);
    vi.stubEnv('npm_node_execpath', old);
    vi.stubEnv('npm_config_user_agent', 'npm/10.8.2 node/v18.20.8 linux x64');
    expect(await runsOf()).toEqual(['own', 'pinned']);
  });
});

describe('hashSources', () => {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'jiapian-sources-'));
    fs.mkdirSync(path.join(root, 'src'));
    fs.writeFileSync(path.join(root, 'src/a.ts'), 'one');
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  it('changes with a content and with a name', () => {
    const first = hashSources(root, ['src']);
    fs.writeFileSync(path.join(root, 'src/a.ts'), 'two');
    const second = hashSources(root, ['src']);
    fs.renameSync(path.join(root, 'src/a.ts'), path.join(root, 'src/b.ts'));
    expect(new Set([first, second, hashSources(root, ['src'])]).size).toBe(3);
  });

  it('does not change with a test, a date, or a source that does not exist', () => {
    const first = hashSources(root, ['src']);
    fs.writeFileSync(path.join(root, 'src/a.test.ts'), 'test');
    fs.utimesSync(path.join(root, 'src/a.ts'), 0, 0);
    expect(hashSources(root, ['src', 'absent'])).toBe(first);
  });
});

describe('runInForeground', () => {
  const script = path.join(import.meta.dirname, 'run-in-foreground.mjs');
  const inner =
    "process.on('SIGTERM', () => { console.log('ended in order'); process.exit(7); }); setInterval(() => {}, 1000); console.log('up')";
  const outer = `import { runInForeground } from ${JSON.stringify(script)};
    process.exitCode = await runInForeground(process.execPath, ['-e', ${JSON.stringify(inner)}], '/');`;

  it('passes a signal on and returns the exit code', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', outer], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(7);
  });

  it('ends what it started when npm was killed and its shell with it', async () => {
    const command = `${process.execPath} --input-type=module -e "$OUTER"; true`;
    const env = { ...process.env, OUTER: outer, npm_lifecycle_event: 'start' };
    const shell = spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(shell.stdout, 'data');
    shell.kill('SIGTERM');
    const [words] = (await once(shell.stdout, 'data')) as [Buffer];
    expect(words.toString()).toContain('ended in order');
  });
});

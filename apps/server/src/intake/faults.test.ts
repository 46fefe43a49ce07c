import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot, runToEnd, startProgram, temporaryFolder, waitUntil, type Running } from '@jiapian/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { FolderObjectStore, listSpooled, Spool } from '../archive/index.ts';
import type { ReceivedObject } from '../exams/index.ts';
import { createDataFolder, dataFolderAt } from '../platform/data-folder.ts';
import { DimseClient } from '../platform/dimse-client.ts';
import { bytesDataset } from '../platform/dimse-dataset.ts';
import { silentLog } from '../platform/log.ts';
import { IndexQueue } from './index-received.ts';
import { replaySpool } from './replay-spool.ts';

const CT = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const KILLS = 20;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The doors and the spool of the product in a process of their own, without a register: it can be killed at any moment. */
const receiver = (dataFolder: string): Running => {
  const at = (path: string) => JSON.stringify(pathToFileURL(join(repositoryRoot, 'apps/server/src', path)).href);
  const script = `
    import { createDataFolder } from ${at('platform/data-folder.ts')};
    import { Spool } from ${at('archive/index.ts')};
    import { Corridor } from ${at('intake/corridor.ts')};
    import { startDimseServer } from ${at('platform/dimse-server.ts')};
    import { silentLog } from ${at('platform/log.ts')};
    const folder = await createDataFolder(${JSON.stringify(dataFolder)});
    const spool = await Spool.open(folder.spool, 'dicom');
    const corridor = new Corridor({ spool, clock: { now: () => new Date() }, onReceived: () => undefined });
    const services = {
      admit: async () => ({ isAdmitted: true }),
      beginStore: (request, onRoom) => corridor.begin({ ...request, door: 'dimse', fileName: '' }, onRoom),
    };
    const server = await startDimseServer({ host: '127.0.0.1', port: 0, services, log: silentLog });
    console.log('port ' + server.address.port);`;
  const running = startProgram(process.execPath, ['--input-type=module-typescript', '-e', script]);
  closers.push(() => running.signal('SIGKILL'));
  return running;
};

const portOf = (running: Running): Promise<number> =>
  waitUntil('the receiver to listen', () => {
    if (running.hasExited()) throw new Error(running.output());
    const port = /port (\d+)/u.exec(running.output())?.[1];
    return port === undefined ? undefined : Number(port);
  });

const associate = (port: number): Promise<DimseClient> =>
  DimseClient.associate({ host: '127.0.0.1', port, calledAeTitle: 'JIAPIAN', callingAeTitle: 'CT1' }, [
    { abstractSyntax: CT, transferSyntax: EXPLICIT },
  ]);

const store = (client: DimseClient, sopInstanceUid: string, bytes: Uint8Array) =>
  client.store({ sopClassUid: CT, sopInstanceUid, transferSyntaxUid: EXPLICIT, dataset: bytesDataset(bytes) });

describe('a process that is killed while it receives', () => {
  it(`has lost no acknowledged object and keeps no half one, ${KILLS} times over`, { timeout: 180_000 }, async () => {
    const temporary = temporaryFolder('killed');
    closers.push(() => temporary.remove());
    const acknowledged = new Map<string, string>();
    const sent = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      const running = receiver(temporary.path);
      const client = await associate(await portOf(running));
      // A different number of objects before each kill, and a kill at a different part of the last one.
      const kills = setTimeout(() => running.signal('SIGKILL'), 20 + kill * 11);
      for (let number = 0; ; number++) {
        const uid = `1.2.${kill}.${number}`;
        const bytes = randomBytes(200_000 + number * 1_000);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        sent.add(sha256);
        const answer = await store(client, uid, bytes).catch(() => undefined);
        if (answer === undefined) break;
        if (answer.kind === 'success') acknowledged.set(uid, sha256);
      }
      clearTimeout(kills);
      await running.exited;
    }
    expect(acknowledged.size).toBeGreaterThan(KILLS);

    const replayed: ReceivedObject[] = [];
    const folder = dataFolderAt(temporary.path);
    const objects = new FolderObjectStore(folder);
    const spool = await Spool.open(folder.spool, 'dicom');
    const queue = new IndexQueue({
      store: objects,
      log: silentLog,
      register: async (batch) => {
        replayed.push(...batch);
        return batch.map(() => ({ kind: 'registered' }));
      },
    });
    await replaySpool({ spool, store: objects, queue, log: silentLog });
    await queue.whenIdle();
    const held = new Map(replayed.map(({ sopInstanceUid, sha256 }) => [sopInstanceUid, sha256]));
    for (const [uid, sha256] of acknowledged) expect(held.get(uid), uid).toBe(sha256);
    for (const { sha256 } of replayed) expect(sent.has(sha256)).toBe(true);
    expect(await listSpooled(folder)).toEqual([]);
  });
});

describe('a disk that is full', () => {
  it.skipIf(process.getuid?.() !== 0)(
    'is told to the sender as out of resources, and the next object goes through when there is room',
    async () => {
      const temporary = temporaryFolder('full');
      closers.push(() => temporary.remove());
      const mount = join(temporary.path, 'disk');
      mkdirSync(mount);
      const mounted = await runToEnd('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', mount]);
      expect(mounted.exitCode, mounted.output).toBe(0);
      closers.push(() => runToEnd('umount', ['-l', mount]));
      const folder = await createDataFolder(mount);
      const running = receiver(mount);
      const client = await associate(await portOf(running));
      const ballast = join(mount, 'ballast');
      writeFileSync(ballast, Buffer.alloc(4 * 1024 * 1024));
      expect(await store(client, '1.2.1', randomBytes(3 * 1024 * 1024))).toEqual({
        kind: 'failure',
        status: 0xa700,
        comment: 'STORAGE_FULL',
      });
      expect(await listSpooled(folder)).toEqual([]);
      unlinkSync(ballast);
      expect(statfsSync(mount).bavail).toBeGreaterThan(0);
      expect(await store(client, '1.2.2', randomBytes(3 * 1024 * 1024))).toMatchObject({ kind: 'success' });
      await client.release();
      expect(await listSpooled(folder)).toHaveLength(1);
    },
  );
});

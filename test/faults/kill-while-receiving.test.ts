import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../testkit/src/repository.ts';
import { signIn, startServer, type Server } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import { ctSlice, newUid, openAssociation, storeSlice } from './ct-slices.ts';
import { missingOf } from './registered-instances.ts';
import { verifyFolder } from './verify-folder.ts';

const KILLS = 20;
/** The kill comes at a random moment after so many acknowledged objects at most. */
const OBJECTS_BEFORE_KILL = 40;
/** Every so many kills the database is killed as well, as when the power fails. */
const DATABASE_KILLED_EVERY = 5;

const folder = temporaryFolder('kill');
afterAll(() => folder.remove());

interface Sent {
  study: string;
  acknowledged: string[];
}

/** Sends until the peer is gone, and kills it at a random moment; answers what was acknowledged. */
const sendUntilKilled = async (server: Server): Promise<Sent> => {
  const [study, series] = [newUid(), newUid()];
  const acknowledged: string[] = [];
  const killAfter = 1 + Math.floor(Math.random() * OBJECTS_BEFORE_KILL);
  const sendAlong = async (): Promise<void> => {
    const client = await openAssociation(server);
    while (client.isOpen) {
      const slice = ctSlice({ study, series });
      const { kind } = await storeSlice(client, slice);
      if (kind !== 'failure') acknowledged.push(slice.sopInstanceUid);
      // The other association is in the middle of an object then.
      if (acknowledged.length >= killAfter) server.signal('SIGKILL');
    }
  };
  await Promise.allSettled([sendAlong(), sendAlong()]);
  if (!server.hasExited()) server.signal('SIGKILL');
  await waitUntil('the server to be gone', () => server.hasExited());
  return { study, acknowledged };
};

const killDatabase = (): void => {
  const [postmaster = ''] = readFileSync(join(folder.path, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(postmaster), 'SIGKILL');
};

// The next start is received by at once: kills strike the replay of what an earlier one left as well.
test(
  `loses no acknowledged object in ${KILLS} kills at random moments, and keeps none by halves`,
  { timeout: 600_000 },
  async () => {
    const sent: Sent[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      sent.push(await sendUntilKilled(await startServer({ dataFolder: folder.path })));
      if (kill % DATABASE_KILLED_EVERY === 0) killDatabase();
    }
    const server = await startServer({ dataFolder: folder.path });
    try {
      const admin = await signIn(server);
      for (const { study, acknowledged } of sent) {
        await waitUntil('every acknowledged object to be registered', async () => {
          return (await missingOf(admin, study, acknowledged)).length === 0;
        });
      }
    } finally {
      await server.stop();
    }
    const acknowledged = sent.flatMap((one) => one.acknowledged).length;
    expect(acknowledged).toBeGreaterThan(KILLS);
    const report = await verifyFolder(folder.path);
    expect(report).toMatchObject({ isClean: true, findings: [], waiting: 0 });
    expect(report.objects).toBeGreaterThanOrEqual(acknowledged);
  },
);

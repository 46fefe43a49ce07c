import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../testkit/src/repository.ts';
import { signIn, startServer, type Server } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import { ctSlice, newUid, openAssociation, storeSlice } from './ct-slices.ts';
import { missingOf } from './registered-instances.ts';
import { verifyFolder } from './verify-folder.ts';

const ASSOCIATIONS = 4;
const OBJECTS_BEFORE_STOP = 40;

const folder = temporaryFolder('stop');
afterAll(() => folder.remove());

/** Sends until the server takes no more; answers what it acknowledged. */
const sendUntilStopped = async (server: Server, study: string): Promise<string[]> => {
  const series = newUid();
  const acknowledged: string[] = [];
  const send = async (): Promise<void> => {
    const client = await openAssociation(server);
    while (client.isOpen) {
      const slice = ctSlice({ study, series });
      const { kind } = await storeSlice(client, slice);
      if (kind === 'success') acknowledged.push(slice.sopInstanceUid);
      if (acknowledged.length === OBJECTS_BEFORE_STOP) server.signal('SIGTERM');
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: ASSOCIATIONS }, send));
  // The server ends the associations; none is left to be ended by its process.
  for (const end of ends) {
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'DIMSE_ABORTED' });
  }
  return acknowledged;
};

it('loses nothing that it acknowledged when it is stopped while it receives', { timeout: 180_000 }, async () => {
  const study = newUid();
  const stopped = await startServer({ dataFolder: folder.path });
  const acknowledged = await sendUntilStopped(stopped, study);
  expect(await stopped.exited).toBe(0);
  expect(acknowledged.length).toBeGreaterThanOrEqual(OBJECTS_BEFORE_STOP);

  const next = await startServer({ dataFolder: folder.path });
  try {
    const admin = await signIn(next);
    await waitUntil('all to be registered', async () => (await missingOf(admin, study, acknowledged)).length === 0);
  } finally {
    await next.stop();
  }
  const report = await verifyFolder(folder.path);
  expect(report).toMatchObject({ isClean: true, findings: [], waiting: 0 });
});

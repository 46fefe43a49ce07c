import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@jiapian/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DimseClient } from '../../apps/server/src/platform/dimse-client.ts';
import { signIn, startServer, type Server } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';
import { ctSlice, newUid, openAssociation, storeSlice } from './ct-slices.ts';
import { missingOf } from './registered-instances.ts';

const MODALITIES = 200;
const SILENT_PEERS = 40;
const ATTEMPTS = 100;
const RETRY_MS = 100;

let server: Server;
const sockets: Socket[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await server.stop();
});

const dial = async (): Promise<Socket> => {
  const socket = connect(server.dicomPort, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

/** A modality that is refused for the time being asks again. */
const associatePatiently = async (): Promise<DimseClient> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openAssociation(server);
    } catch (cause) {
      const isTransient = cause instanceof AppError && cause.facts['isTransient'] === true;
      if (!isTransient || attempt === ATTEMPTS) throw cause;
      await pause(RETRY_MS);
    }
  }
};

it(
  `takes an object from each of ${MODALITIES} modalities at once, among peers that are silent or talk nonsense`,
  { timeout: 180_000 },
  async () => {
    for (let number = 0; number < SILENT_PEERS; number += 1) {
      const socket = await dial();
      // Every second one sends half of a unit that announces more than anyone may send.
      if (number % 2 === 0) socket.write(Buffer.concat([Buffer.from([1, 0, 0xff, 0xff, 0xff, 0xff]), randomBytes(99)]));
    }
    const [study, series] = [newUid(), newUid()];
    const sent = await Promise.all(
      Array.from({ length: MODALITIES }, async () => {
        const client = await associatePatiently();
        const slice = ctSlice({ study, series });
        expect((await storeSlice(client, slice)).status).toBe(0);
        await client.release();
        return slice.sopInstanceUid;
      }),
    );
    const admin = await signIn(server);
    await waitUntil('all to be registered', async () => (await missingOf(admin, study, sent)).length === 0);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  },
);

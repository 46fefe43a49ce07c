import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '@jiapian/kernel';
import { temporaryFolder, waitUntil } from '@jiapian/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderObjectStore, listSpooled, Spool } from '../archive/index.ts';
import type { ReceivedObject, RegisterBatch, RegisterOutcome } from '../exams/index.ts';
import type { DurableObject } from './durable-object.ts';
import { createDataFolder, type DataFolder } from '../platform/data-folder.ts';
import { silentLog } from '../platform/log.ts';
import { Corridor } from './corridor.ts';
import { IndexQueue } from './index-received.ts';
import { replaySpool } from './replay-spool.ts';

let folder: DataFolder;
let store: FolderObjectStore;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  const temporary = temporaryFolder('intake');
  closers.push(() => temporary.remove());
  folder = await createDataFolder(temporary.path);
  store = new FolderObjectStore(folder);
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const registered: RegisterBatch = async (batch) => batch.map(() => ({ kind: 'registered' }));

/** Resolved once the object of this id bears its name. */
const named = new Map<string, PromiseWithResolvers<void>>();

const openIntake = async (register: RegisterBatch) => {
  const spool = await Spool.open(folder.spool, 'dicom');
  const indexed: [string, string][] = [];
  const queue = new IndexQueue({
    register,
    store,
    log: silentLog,
    onIndexed: ({ objectId }, { kind }) => indexed.push([objectId, kind]),
  });
  closers.push(() => queue.close());
  const corridor = new Corridor({
    spool,
    clock: { now: () => new Date() },
    onDurable: ({ objectId }) => named.set(objectId, Promise.withResolvers()),
    onReceived: (object) => {
      queue.add(object);
      named.get(object.objectId)?.resolve();
    },
  });
  return { spool, queue, corridor, indexed };
};

const acknowledge = async (corridor: Corridor, content = randomBytes(1000)): Promise<DurableObject> => {
  const reception = corridor.begin({
    door: 'dimse',
    callingAeTitle: 'CT1',
    calledAeTitle: 'JIAPIAN',
    remoteAddress: '127.0.0.1',
    fileName: '',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUid: '1.2.3',
  });
  reception.write(content);
  return reception.complete();
};

const receive = async (corridor: Corridor, content = randomBytes(1000)): Promise<DurableObject> => {
  const durable = await acknowledge(corridor, content);
  await named.get(durable.objectId)?.promise;
  return durable;
};

describe('the index queue', () => {
  it('registers in batches, in order, and moves each object to its place', async () => {
    const batches: string[][] = [];
    const { queue, corridor } = await openIntake(async (batch) => {
      batches.push(batch.map(({ objectId }) => objectId));
      return registered(batch);
    });
    const received: DurableObject[] = [];
    for (let count = 0; count < 25; count++) received.push(await acknowledge(corridor));
    for (const { objectId } of received) await named.get(objectId)?.promise;
    await queue.whenIdle();
    expect(batches.flat()).toEqual(received.map(({ objectId }) => objectId));
    expect(batches.length).toBeLessThan(25);
    expect(await listSpooled(folder)).toEqual([]);
    expect(await store.head(received[0]?.objectId ?? '')).toMatchObject({ place: 'objects' });
  });

  it('puts each outcome where it belongs, and never removes an object because of itself', async () => {
    const outcomes: RegisterOutcome[] = [
      { kind: 'registered' },
      { kind: 'duplicate', heldObjectId: '20260101000000000-0001-00000000' },
      { kind: 'conflict', heldObjectId: '20260101000000000-0001-00000000' },
      { kind: 'quarantined', reasonCode: 'INTAKE_UNREADABLE', reason: 'no study' },
    ];
    const { queue, corridor } = await openIntake(async (batch) =>
      batch.map(({ objectId }) => outcomes.shift() ?? { kind: 'duplicate', heldObjectId: objectId }),
    );
    const received: DurableObject[] = [];
    for (let count = 0; count < 5; count++) received.push(await receive(corridor));
    await queue.whenIdle();
    const places = await Promise.all(received.map(async ({ objectId }) => (await store.head(objectId))?.place));
    expect(places).toEqual(['objects', undefined, 'objects', 'quarantine', 'objects']);
  });

  it('goes on receiving while the register is away, and catches up alone', async () => {
    let isAway = true;
    const { queue, corridor, indexed } = await openIntake(async (batch) => {
      if (isAway) throw new AppError('DATABASE_UNAVAILABLE');
      return registered(batch);
    });
    for (let count = 0; count < 10; count++) await receive(corridor);
    expect(queue.length).toBe(10);
    expect(indexed).toEqual([]);
    isAway = false;
    await queue.whenIdle();
    expect(indexed).toHaveLength(10);
  });

  it('lets the others pass an object that the register cannot take, and keeps it in the spool', async () => {
    let poison = '';
    const { spool, queue, corridor, indexed } = await openIntake(async (batch) => {
      if (batch.some(({ objectId }) => objectId === poison)) throw new Error('a defect');
      return registered(batch);
    });
    await receive(corridor);
    poison = (await receive(corridor)).objectId;
    await receive(corridor);
    await waitUntil('the others to be registered', () => indexed.length === 2);
    await queue.whenIdle();
    expect(await listSpooled(folder)).toEqual([poison]);
    const repaired = poison;
    poison = '';
    expect(await replaySpool({ spool, store, queue, log: silentLog })).toBe(1);
    await queue.whenIdle();
    expect(indexed.at(-1)).toEqual([repaired, 'registered']);
  });
});

describe('replay of the spool', () => {
  it('rebuilds what was known of each object from its bytes alone', async () => {
    const before = await openIntake(() => Promise.reject(new AppError('DATABASE_UNAVAILABLE')));
    const contents = [randomBytes(1000), Buffer.alloc(0)];
    const received: DurableObject[] = [];
    for (const content of contents) received.push(await receive(before.corridor, content));
    await before.queue.close();

    const replayed: ReceivedObject[] = [];
    const after = await openIntake(async (batch) => {
      replayed.push(...batch);
      return registered(batch);
    });
    expect(await replaySpool({ ...after, store, log: silentLog })).toBe(2);
    await after.queue.whenIdle();
    expect(replayed.map((object) => ({ ...object, head: Buffer.from(object.head) }))).toEqual(
      received.map((object, index) => ({
        ...object,
        head: Buffer.from(object.head),
        sha256: createHash('sha256')
          .update(contents[index] ?? '')
          .digest('hex'),
      })),
    );
    expect(await replaySpool({ ...after, store, log: silentLog })).toBe(0);
  });
});

import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { temporaryFolder } from '@jiapian/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataFolder, type DataFolder } from '../platform/data-folder.ts';
import { decodeEnvelope, encodeEnvelope, type Envelope } from './envelope.ts';
import { dayFolderOf, isObjectId, newObjectId, receivedAtOf } from './object-id.ts';
import { FolderObjectStore } from './object-store.ts';
import { listSpooled, Spool } from './spool.ts';

const MiB = 1024 * 1024;
const receivedAt = new Date('2026-03-01T23:59:59.123Z');
const envelope: Envelope = {
  door: 'dimse',
  callingAeTitle: 'CT1',
  calledAeTitle: 'JIAPIAN',
  remoteAddress: '10.0.0.9',
  fileName: '',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  sopInstanceUid: '1.2.3',
};

let folder: DataFolder;
let remove: () => void;
beforeEach(async () => {
  const temporary = temporaryFolder('archive');
  remove = temporary.remove;
  folder = await createDataFolder(temporary.path);
});
afterEach(() => remove());

const receive = async (content: Buffer, limitBytes = 64 * MiB, piece = 65_521) => {
  const spool = await Spool.open(folder.spool, 'dicom');
  const { objectId, datasetOffset, writer } = spool.begin(envelope, { receivedAt, limitBytes });
  for (let position = 0; position < content.byteLength; position += piece)
    writer.write(content.subarray(position, position + piece));
  const spooled = await writer.complete();
  await spooled.settled;
  return { objectId, datasetOffset, spooled, spool };
};

/** What bears the name of an object. */
const named = (): string[] => readdirSync(join(folder.spool, 'dicom')).filter((name) => name !== 'slots');

const collected = async (ids: AsyncIterable<string>): Promise<string[]> => {
  const all: string[] = [];
  for await (const id of ids) all.push(id);
  return all;
};

describe('object ids', () => {
  it('sort by time of receipt, also within one millisecond', () => {
    const ids = [newObjectId(receivedAt), newObjectId(receivedAt), newObjectId(new Date('2026-03-02T00:00:00Z'))];
    expect([...ids].sort()).toEqual(ids);
    expect(receivedAtOf(ids[0] ?? '')).toEqual(receivedAt);
    expect(dayFolderOf(ids[0] ?? '')).toBe('2026/03/01');
  });

  it.each(['', '../../etc/passwd', '20260301235959123-0001-0000000', '20260301235959123-0001-00000000/..'])(
    'does not take "%s" for one',
    (text) => {
      expect(isObjectId(text)).toBe(false);
      expect(() => dayFolderOf(text)).toThrow('ARCHIVE_OBJECT_NOT_FOUND');
    },
  );
});

describe('the envelope', () => {
  it.each([
    ['complete', envelope],
    [
      'of a file that nobody could read',
      { ...envelope, door: 'upload', callingAeTitle: '', fileName: '胸片 "1".dcm' } as const,
    ],
  ])('%s reads back what was written', (_, written) => {
    const head = encodeEnvelope(written);
    for (const content of ['', '78', '0200100055490400312e3200']) {
      const file = Buffer.concat([head, Buffer.from(content, 'hex')]);
      expect(decodeEnvelope(file)).toEqual({ envelope: written, datasetOffset: head.byteLength });
    }
  });

  it('is not found in another program’s file', () => {
    expect(decodeEnvelope(Buffer.alloc(1000))).toBeUndefined();
  });
});

describe('the spool', () => {
  it.each([0, 1, 4095, 4096, 65_536, MiB - 300, MiB, 3 * MiB + 17])(
    'keeps %i bytes exactly, with head',
    async (size) => {
      const content = randomBytes(size);
      const { objectId, datasetOffset, spooled } = await receive(content);
      const [name = ''] = named();
      expect(name).toBe(`${objectId}.dcm`);
      const file = readFileSync(join(folder.spool, 'dicom', name));
      expect(file.subarray(datasetOffset).equals(content)).toBe(true);
      expect(spooled.sizeBytes).toBe(file.byteLength);
      expect(spooled.datasetBytes).toBe(size);

      expect(Buffer.from(spooled.head).equals(content.subarray(0, 32_768))).toBe(true);
      expect(decodeEnvelope(file)?.envelope).toEqual(envelope);
    },
  );

  it('leaves nothing of an object beyond the limit, and takes one of the limit', async () => {
    await expect(receive(randomBytes(1001), 1000)).rejects.toMatchObject({ code: 'INTAKE_TOO_LARGE' });
    expect(named()).toEqual([]);
    await receive(randomBytes(1000), 1000);
    expect(await listSpooled(folder)).toHaveLength(1);
  });

  it('leaves nothing of an object that was broken off', async () => {
    const spool = await Spool.open(folder.spool, 'dicom');
    const { writer } = spool.begin(envelope, { receivedAt, limitBytes: 64 * MiB });
    writer.write(randomBytes(3 * MiB));
    await writer.discard();
    expect(named()).toEqual([]);
  });

  it('holds a fast sender and lets it go when the disk has caught up', async () => {
    const spool = await Spool.open(folder.spool, 'dicom');
    const { promise, resolve } = Promise.withResolvers<void>();
    const { writer } = spool.begin(envelope, { receivedAt, limitBytes: 64 * MiB, onRoom: resolve });
    let isHeld = false;
    for (let pieces = 0; pieces < 32 && !isHeld; pieces++) isHeld = !writer.write(Buffer.alloc(MiB));
    expect(isHeld).toBe(true);
    await promise;
    await writer.complete();
  });

  it('refuses clearly when the folder is gone', async () => {
    const spool = await Spool.open(folder.spool, 'gone');
    remove();
    const { writer } = spool.begin(envelope, { receivedAt, limitBytes: MiB });
    writer.write(randomBytes(100));
    await expect(writer.complete()).rejects.toMatchObject({ code: 'STORAGE_FAILED', facts: { code: 'ENOENT' } });
  });

  it('removes half objects at the next start and keeps whole ones in order', async () => {
    const first = await receive(randomBytes(10));
    const second = await receive(randomBytes(10));
    const place = join(folder.spool, 'dicom');
    writeFileSync(join(place, '20260301000000000-0000-00000000.dcm.part'), 'half');
    const spool = await Spool.open(folder.spool, 'dicom');
    expect(await spool.list()).toEqual([first.objectId, second.objectId]);
    expect(named()).toHaveLength(2);
  });
});

describe('the object store', () => {
  it('finds an object wherever it lies, reads ranges, and moves it once', async () => {
    const store = new FolderObjectStore(folder);
    const content = randomBytes(100_000);
    const { objectId, datasetOffset } = await receive(content);
    expect(await store.head(objectId)).toEqual({ sizeBytes: datasetOffset + 100_000, place: 'spool' });
    await store.move(objectId, 'objects');
    await store.move(objectId, 'objects');
    expect(await store.head(objectId)).toMatchObject({ place: 'objects' });
    expect(await store.path(objectId)).toBe(join(folder.objects, '2026/03/01', `${objectId}.dcm`));
    const range = await store.read(objectId, datasetOffset + 10, datasetOffset + 20);
    expect(Buffer.from(range).equals(content.subarray(10, 20))).toBe(true);
    const tail = await store.read(objectId, datasetOffset + 99_995, datasetOffset + 200_000);
    expect(tail).toHaveLength(5);
    expect(
      (await buffer(await store.stream(objectId, datasetOffset, datasetOffset + 7))).equals(content.subarray(0, 7)),
    ).toBe(true);
    await store.move(objectId, 'quarantine');
    expect(await collected(store.list('quarantine'))).toEqual([objectId]);
    await store.remove(objectId);
    await store.remove(objectId);
    expect(await store.head(objectId)).toBeUndefined();
  });

  it('lists objects over days in order, from any point', async () => {
    const store = new FolderObjectStore(folder);
    const ids = [
      '20251231235959999-0001-00000000',
      '20260101000000000-0002-00000000',
      '20260101000000000-0003-00000000',
    ];
    for (const id of ids) {
      mkdirSync(join(folder.objects, dayFolderOf(id)), { recursive: true });
      writeFileSync(join(folder.objects, dayFolderOf(id), `${id}.dcm`), id);
    }
    expect(await collected(store.list('objects'))).toEqual(ids);
    expect(await collected(store.list('objects', ids[1]))).toEqual(ids.slice(2));
  });

  it.each(['20260301235959123-0001-00000000', '../secrets/password'])('knows no object "%s"', async (objectId) => {
    const store = new FolderObjectStore(folder);
    const attempts = [
      () => store.read(objectId, 0, 1),
      () => store.stream(objectId),
      () => store.path(objectId),
      () => store.move(objectId, 'objects'),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'ARCHIVE_OBJECT_NOT_FOUND' });
    expect(await store.head(objectId)).toBeUndefined();
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@jiapian/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataFolder, dataFolderAt, type DataFolder } from '../platform/data-folder.ts';
import { decodeEnvelope, type Envelope } from './envelope.ts';
import { FolderObjectStore } from './object-store.ts';
import { listSpooled, Spool } from './spool.ts';

const MiB = 1024 * 1024;
/** One that is written at once with its checksum, and one that is synced before its trailer. */
const sizes = [10_000, 3 * MiB + 17];
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
/** What a second process finds after the first was killed: a copy of the disk at that moment. */
let after: DataFolder;
let remove: () => void;
beforeEach(async () => {
  const temporary = temporaryFolder('slots');
  remove = temporary.remove;
  folder = await createDataFolder(join(temporary.path, 'before'));
  after = dataFolderAt(join(temporary.path, 'after'));
});
afterEach(() => remove());

const slotsOf = (place: DataFolder): string => join(place.spool, 'dicom', 'slots');
const kill = (): void => cpSync(folder.root, after.root, { recursive: true });

/** Acknowledged, and copied in the moment before it gets its name. */
const acknowledge = async (content: Buffer): Promise<{ spool: Spool; objectId: string; settled: Promise<boolean> }> => {
  const spool = await Spool.open(folder.spool, 'dicom');
  const { objectId, writer } = spool.begin(envelope, { receivedAt: new Date(), limitBytes: 64 * MiB });
  writer.write(content);
  const { settled } = await writer.complete();
  kill();
  return { spool, objectId, settled };
};

const filledSlot = (): string => {
  const name = readdirSync(slotsOf(after)).find((slot) => readFileSync(join(slotsOf(after), slot)).byteLength > 0);
  return join(slotsOf(after), name ?? 'none');
};

const datasetOf = (path: string): Buffer => {
  const file = readFileSync(path);
  return file.subarray(decodeEnvelope(file)?.datasetOffset ?? 0);
};

describe.each(sizes)('an object of %i bytes, when the process ends', (size) => {
  it('after the acknowledgement and before the name, is found, read, and named by the next start', async () => {
    const content = randomBytes(size);
    const { spool, objectId, settled } = await acknowledge(content);
    const store = new FolderObjectStore(after);
    expect(existsSync(join(after.spool, 'dicom', `${objectId}.dcm`))).toBe(false);
    // Verify and backup work beside a process that was killed, and see it too.
    expect(await listSpooled(after)).toEqual([objectId]);
    const head = await store.head(objectId);
    const whole = Buffer.from(await store.read(objectId, 0, 64 * MiB));
    expect(whole.byteLength).toBe(head?.sizeBytes);
    const datasetOffset = decodeEnvelope(whole)?.datasetOffset ?? 0;
    expect(whole.subarray(datasetOffset).equals(content)).toBe(true);
    expect(await store.checksum(objectId, datasetOffset)).toBe(createHash('sha256').update(content).digest('hex'));

    const next = await Spool.open(after.spool, 'dicom');
    expect(await next.list()).toEqual([objectId]);
    expect(next.torn).toEqual([]);
    expect(datasetOf(join(after.spool, 'dicom', `${objectId}.dcm`)).equals(content)).toBe(true);
    await next.close();
    expect(await settled).toBe(true);
    await spool.close();
  });

  it('with the name and the trailer still behind it, is cut to its own bytes', async () => {
    const content = randomBytes(size);
    const { spool, objectId } = await acknowledge(content);
    const named = join(after.spool, 'dicom', `${objectId}.dcm`);
    writeFileSync(named, readFileSync(filledSlot()));
    const next = await Spool.open(after.spool, 'dicom');
    expect(await next.list()).toEqual([objectId]);
    expect(datasetOf(named).equals(content)).toBe(true);
    await next.close();
    await spool.close();
    expect(await listSpooled(after)).toEqual([objectId]);
  });

  it('in the middle of it, leaves nothing', async () => {
    const spool = await Spool.open(folder.spool, 'dicom');
    const { writer } = spool.begin(envelope, { receivedAt: new Date(), limitBytes: 64 * MiB });
    writer.write(randomBytes(size));
    kill();
    const next = await Spool.open(after.spool, 'dicom');
    expect(await next.list()).toEqual([]);
    await next.close();
    expect(readdirSync(slotsOf(after))).toEqual([]);
    await writer.discard();
    await spool.close();
    expect(readdirSync(slotsOf(folder))).toEqual([]);
  });

  it.each([
    ['short of a byte', (path: string) => truncateSync(path, readFileSync(path).byteLength - 1)],
    ['short of a block', (path: string) => truncateSync(path, readFileSync(path).byteLength - 4096)],
    ['with a wrong bit', (path: string) => flip(path, readFileSync(path).byteLength - 4096 + 17)],
  ])('with a trailer %s, was never acknowledged and is removed', async (_, tear) => {
    const { spool } = await acknowledge(randomBytes(size));
    tear(filledSlot());
    const next = await Spool.open(after.spool, 'dicom');
    expect(await next.list()).toEqual([]);
    expect(next.torn).toEqual([]);
    await next.close();
    expect(readdirSync(slotsOf(after))).toEqual([]);
    await spool.close();
  });
});

it('keeps apart a slot whose trailer reached the disk and whose bytes did not', async () => {
  const { spool } = await acknowledge(randomBytes(10_000));
  flip(filledSlot(), 5_000);
  const next = await Spool.open(after.spool, 'dicom');
  expect(await next.list()).toEqual([]);
  expect(next.torn).toHaveLength(1);
  await next.close();
  expect(readdirSync(slotsOf(after))).toEqual([...next.torn]);
  await spool.close();
});

it('gives its name to everything acknowledged before it closes, and leaves no empty slot', async () => {
  const spool = await Spool.open(folder.spool, 'dicom');
  const settled: Promise<boolean>[] = [];
  for (let number = 0; number < 40; number++) {
    const { writer } = spool.begin(envelope, { receivedAt: new Date(), limitBytes: MiB });
    writer.write(randomBytes(1_000));
    settled.push((await writer.complete()).settled);
  }
  await spool.close();
  expect(await Promise.all(settled)).toEqual(settled.map(() => true));
  expect(await listSpooled(folder)).toHaveLength(40);
  expect(readdirSync(slotsOf(folder))).toEqual([]);
});

it('leaves to the next start what gets no name before the end', async () => {
  const { spool, objectId, settled } = await acknowledge(randomBytes(1_000));
  const target = join(folder.spool, 'dicom', `${objectId}.dcm`);
  // A folder in the way of the name.
  mkdirSync(target);
  await spool.close();
  expect(await settled).toBe(false);
  expect(await listSpooled(after)).toEqual([objectId]);
});

it('still replays what an earlier version left: complete objects stay, half ones go', async () => {
  const place = join(folder.spool, 'dicom');
  mkdirSync(place, { recursive: true });
  const objectId = '20260301000000000-0000-00000001';
  writeFileSync(join(place, `${objectId}.dcm`), randomBytes(8192));
  writeFileSync(join(place, '20260301000000000-0000-00000000.dcm.part'), 'half');
  const spool = await Spool.open(folder.spool, 'dicom');
  expect(await spool.list()).toEqual([objectId]);
  expect(readFileSync(join(place, `${objectId}.dcm`))).toHaveLength(8192);
  await spool.close();
  expect(readdirSync(place).sort()).toEqual([`${objectId}.dcm`, 'slots']);
});

const flip = (path: string, at: number): void => {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};

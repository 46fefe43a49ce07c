import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { newObjectId } from '../archive/object-id.ts';
import type { ReceivedObject } from './received-object.ts';
import { createRegister } from './register-received.ts';

let test: TestDatabase;
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const emitted: string[] = [];

beforeAll(async () => {
  test = await startTestDatabase();
  for (const name of ['exam.received', 'exam.reopened'] as const)
    test.registry.register([{ name: `note-${name}`, on: name, handle: async () => undefined }]);
});
afterAll(() => test.stop());
beforeEach(async () => {
  emitted.length = 0;
  await test.asOwner(`truncate exam_event, object_conflict, instance, series, exam, patient, stored_object,
    quarantined_object, device, operator_alias, job, hospital_setting cascade`);
});

const register = () =>
  createRegister({
    database: test.database,
    clock,
    store: { read: async () => new Uint8Array() },
    liveEvents: { publishWith: async () => undefined },
  });

const receive = (bytes: Uint8Array, over: Partial<ReceivedObject> = {}): ReceivedObject => ({
  objectId: newObjectId(clock.now()),
  receivedAt: clock.now(),
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sizeBytes: bytes.length,
  datasetOffset: 0,
  head: bytes,
  door: 'dimse',
  callingAeTitle: 'DR1',
  calledAeTitle: 'JIAPIAN',
  remoteAddress: '10.0.0.9',
  fileName: '',
  ...over,
});

const fileOf = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(sample(name)));

describe('registerBatch', () => {
  it('enters patient, exam, series and instance once for the same bytes', async () => {
    const { registerBatch } = register();
    const first = receive(await fileOf('charset/zh-gb18030-dx.dcm'));
    const again = receive(await fileOf('charset/zh-gb18030-dx.dcm'));
    expect(await registerBatch([first, again])).toEqual([
      { kind: 'registered' },
      { kind: 'duplicate', heldObjectId: first.objectId },
    ]);
    expect(await registerBatch([receive(await fileOf('charset/zh-gb18030-dx.dcm'))])).toEqual([
      { kind: 'duplicate', heldObjectId: first.objectId },
    ]);
    expect(await registerBatch([first])).toEqual([{ kind: 'registered' }]);
    const rows = await test.asOwner('select series_count, instance_count, state from exam');
    expect(rows).toEqual([{ series_count: 1, instance_count: 1, state: 'receiving' }]);
  });
});

import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { silentLog } from '../platform/log.ts';
import { OrdersFolder } from './orders-folder.ts';
import { receiveHl7 } from './receive-hl7.ts';

let test: TestDatabase;
let path: string;
let folder: OrdersFolder;
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));

beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'jiapian-orders-'));
  const liveEvents = { publishWith: async () => undefined };
  const handler = receiveHl7({ database: test.database, clock, log: silentLog, liveEvents, source: 'file' });
  folder = new OrdersFolder({ path, handler, log: silentLog });
  return () => rmSync(path, { recursive: true });
});

it('takes a message that stands still from one look to the next, and deletes it', async () => {
  copyFileSync(sample('hl7/zh-orm-o01-dr-chest-utf8.hl7'), join(path, '1.hl7'));
  await folder.look();
  expect(readdirSync(path)).toEqual(['1.hl7']);
  writeFileSync(join(path, '1.hl7'), 'still being written');
  await folder.look();
  copyFileSync(sample('hl7/zh-orm-o01-dr-chest-utf8.hl7'), join(path, '1.hl7'));
  await folder.look();
  await folder.look();
  expect(readdirSync(path)).toEqual([]);
  expect(await test.asOwner('select accession_number, source from imaging_order')).toEqual([
    { accession_number: 'A1001', source: 'file' },
  ]);
});

it('leaves a refused message under another ending, and takes the others', async () => {
  writeFileSync(join(path, 'a.hl7'), 'no message');
  writeFileSync(join(path, 'b.HL7'), '\x0bMSH|^~\\&|HIS|H|||20261124||ADT^A04|B1|P|2.4\rPID|1||P7^^^H^MR\r\x1c\r');
  writeFileSync(join(path, 'c.txt'), 'not ours');
  await folder.look();
  await folder.look();
  expect(readdirSync(path).sort()).toEqual(['a.hl7.refused', 'c.txt']);
  expect(await test.asOwner(`select state from hl7_message where remote_address = 'a.hl7'`)).toEqual([
    { state: 'refused' },
  ]);
});

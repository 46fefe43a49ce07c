import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { silentLog } from './log.ts';
import { openPlatform } from './platform.ts';
import { readSettings } from './settings.ts';

let test: TestDatabase;
let folder: string;
let url: URL;
const role = `owner_${process.pid}`;
const database = `external_${process.pid}`;

beforeAll(async () => {
  test = await startTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'jiapian-external-'));
  // As in docs/operate: the role may create the application's role, and is no superuser.
  await test.asOwner(`create role ${role} login createrole nosuperuser password 'right'`);
  await test.asOwner(`create database ${database} owner ${role}`);
  // The test's server has the role already, made by somebody else; the administrator grants it.
  await test.asOwner(`grant jiapian_app to ${role} with admin option`);
  url = new URL(test.ownerUrl);
  url.username = role;
  url.password = 'right';
  url.pathname = `/${database}`;
});
afterAll(async () => {
  await test.asOwner(`drop database ${database} with (force)`);
  await test.asOwner(`drop owned by ${role}`);
  await test.asOwner(`drop role ${role}`);
  await test.stop();
  await rm(folder, { recursive: true });
});

const settingsWith = (address: URL) => readSettings({ JIAPIAN_DATA: folder, JIAPIAN_DATABASE_URL: address.href });

it('an external database is migrated and used by an owner who is no superuser', async () => {
  const platform = await openPlatform(settingsWith(url), silentLog);
  expect(platform.applied.length).toBeGreaterThan(0);
  const roles = await platform.database.withSystem(({ db }) => db.selectFrom('hospital').selectAll().execute());
  expect(roles).toEqual([]);
  await platform.close();
});

it('an external database that refuses us stops the start at once, without its password in the error', async () => {
  const wrong = new URL(url);
  wrong.password = 'swordfish';
  const refusal = await openPlatform(settingsWith(wrong), silentLog).then(
    () => null,
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({ code: 'DATABASE_UNAVAILABLE', facts: { state: '28P01' } });
  expect(JSON.stringify(refusal)).not.toContain('swordfish');
});

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { migrate, migrationsFolder } from './migrate.ts';

let test: TestDatabase;
let folder: string;
beforeEach(async () => {
  test = await startTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'jiapian-migrate-'));
  await cp(migrationsFolder, folder, { recursive: true });
});
afterEach(async () => {
  await test.stop();
  await rm(folder, { recursive: true });
});

const versions = async (): Promise<number[]> =>
  (await test.asOwner<{ version: number }>('select version from schema_migration order by 1')).map(
    ({ version }) => version,
  );

describe('migrations', () => {
  it('do nothing the second time', async () => {
    expect(await migrate(test.ownerUrl, folder)).toEqual({ applied: [] });
  });

  it('run forward from where the database stands', async () => {
    await writeFile(join(folder, '9001-add-sample.sql'), 'create table sample (hospital_id uuid primary key);');
    expect(await migrate(test.ownerUrl, folder)).toEqual({ applied: ['9001-add-sample'] });
    expect((await versions()).at(-1)).toBe(9001);
  });

  it('run once although several processes start together', async () => {
    await writeFile(join(folder, '9001-add-sample.sql'), 'create table sample (hospital_id uuid primary key);');
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => migrate(test.ownerUrl, folder)));
    expect(outcomes.flatMap(({ applied }) => applied)).toEqual(['9001-add-sample']);
  });

  it('leave nothing of one that fails', async () => {
    const before = await versions();
    await writeFile(join(folder, '9001-fail.sql'), 'create table sample (id int); select 1 / 0;');
    await expect(migrate(test.ownerUrl, folder)).rejects.toThrow(/division by zero/);
    expect(await versions()).toEqual(before);
    expect(await test.asOwner(`select from pg_tables where tablename = 'sample'`)).toEqual([]);
  });

  it('refuse a database that a newer program has changed', async () => {
    await test.asOwner(`insert into schema_migration (version, name, sha256) values (9999, '9999-future', 'x')`);
    await expect(migrate(test.ownerUrl, folder)).rejects.toMatchObject({
      code: 'DATABASE_SCHEMA_UNKNOWN',
      facts: { found: 9999 },
    });
  });

  it('refuse a file that was changed after it ran', async () => {
    await writeFile(join(folder, '0001-organization-access-audit.sql'), '-- rewritten history');
    await expect(migrate(test.ownerUrl, folder)).rejects.toMatchObject({
      code: 'DATABASE_SCHEMA_UNKNOWN',
      facts: { name: '0001-organization-access-audit' },
    });
  });

  it('say so when no database answers', async () => {
    const nowhere = new URL(test.ownerUrl);
    nowhere.searchParams.set('host', join(folder, 'no-socket-here'));
    await expect(migrate(nowhere.href, folder)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});

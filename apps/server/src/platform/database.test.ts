import { AppError } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { databaseTypes } from './database-schema-source.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
  await test.asOwner(
    `insert into department (hospital_id, department_id, name) values ($1, gen_random_uuid(), 'A'), ($2, gen_random_uuid(), 'B')`,
    [test.hospitalId, test.otherHospitalId],
  );
});
afterAll(() => test.stop());

const departmentNames = (): Promise<string[]> =>
  test.database.withHospital(test.hospitalId, async ({ db }) =>
    (await db.selectFrom('department').select('name').execute()).map(({ name }) => name),
  );

describe('a unit of work', () => {
  it('sees the rows of its hospital and none of another, without asking for either', async () => {
    expect(await departmentNames()).toEqual(['A']);
  });

  it('cannot write a row of another hospital', async () => {
    const attempt = test.database.withHospital(test.hospitalId, ({ db }) =>
      db
        .insertInto('department')
        .values({ hospital_id: test.otherHospitalId, department_id: crypto.randomUUID(), name: 'C' })
        .execute(),
    );
    await expect(attempt).rejects.toThrow(/row-level security/);
  });

  it('cannot change or delete a row of another hospital', async () => {
    const changed = await test.database.withHospital(test.hospitalId, async ({ db }) => {
      const update = await db.updateTable('department').set({ name: 'X' }).where('name', '=', 'B').executeTakeFirst();
      const removal = await db.deleteFrom('department').where('name', '=', 'B').executeTakeFirst();
      return [update.numUpdatedRows, removal.numDeletedRows];
    });
    expect(changed).toEqual([0n, 0n]);
  });

  it('leaves no setting behind on the pooled connection: with no setting, no row', async () => {
    await departmentNames();
    const rows = await test.database.withSystem(async ({ db }) => {
      await sql`select set_config('jiapian.scope', '', true)`.execute(db);
      return db.selectFrom('department').selectAll().execute();
    });
    expect(rows).toEqual([]);
  });

  it('sees every hospital in system scope only', async () => {
    const rows = await test.database.withSystem(({ db }) =>
      db.selectFrom('department').select('name').orderBy('name').execute(),
    );
    expect(rows.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it('works as a role that is neither owner nor superuser', async () => {
    const { rows } = await test.database.withSystem(({ db }) =>
      sql<{
        role: string;
        power: boolean;
        bypass: boolean;
      }>`select current_user as role, rolsuper as power, rolbypassrls as bypass
        from pg_roles where rolname = current_user`.execute(db),
    );
    expect(rows).toEqual([{ role: 'jiapian_app', power: false, bypass: false }]);
  });

  it('refuses to begin without a hospital', async () => {
    await expect(test.database.withHospital('', async () => 1)).rejects.toMatchObject({ code: 'SERVER_DEFECT' });
  });

  it('keeps nothing when the work fails', async () => {
    const attempt = test.database.withHospital(test.hospitalId, async ({ db, hospitalId }) => {
      await db
        .insertInto('department')
        .values({ hospital_id: hospitalId, department_id: crypto.randomUUID(), name: 'gone' })
        .execute();
      throw new AppError('ORGANIZATION_NOT_FOUND');
    });
    await expect(attempt).rejects.toMatchObject({ code: 'ORGANIZATION_NOT_FOUND' });
    expect(await departmentNames()).toEqual(['A']);
  });
});

describe('every table', () => {
  it('begins its primary key with the hospital and is bound by row-level security', async () => {
    const loose = await test.asOwner(`
      select c.relname from pg_class c left join pg_index i on i.indrelid = c.oid and i.indisprimary
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
        and (a.attname is distinct from 'hospital_id' or not c.relrowsecurity)`);
    expect(loose).toEqual([]);
  });

  it('has current types in database-schema.ts', async () => {
    const written = await readFile(join(import.meta.dirname, 'database-schema.ts'), 'utf8');
    expect(written).toBe(await databaseTypes(test.ownerUrl));
  });
});

describe('values', () => {
  it('read bigint as number, date as its day and timestamptz as Date', async () => {
    const { rows } = await test.database.withSystem(({ db }) =>
      sql`select 9007199254740991::bigint as big, date '2026-02-28' as day, timestamptz '2026-02-28 00:00:00+08' as moment`.execute(
        db,
      ),
    );
    expect(rows).toEqual([{ big: 9007199254740991, day: '2026-02-28', moment: new Date('2026-02-27T16:00:00Z') }]);
  });

  it('find Chinese words of three characters through the trigram index', async () => {
    const [row] = await test.asOwner<{ parts: string[] }>(`select show_trgm('胸部正位') as parts`);
    expect(row?.parts.length).toBeGreaterThan(0);
  });
});

describe('a lost connection', () => {
  it('is DATABASE_UNAVAILABLE once, and the pool recovers alone', async () => {
    const attempt = test.database.withHospital(test.hospitalId, async ({ db }) => {
      await test.asOwner(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await db.selectFrom('department').selectAll().execute();
    });
    await expect(attempt).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await departmentNames()).toEqual(['A']);
  });
});

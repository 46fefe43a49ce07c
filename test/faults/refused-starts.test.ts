import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { runToEnd } from '../testkit/src/programs.ts';
import { repositoryRoot, temporaryFolder } from '../testkit/src/repository.ts';
import { startServer } from '../testkit/src/server.ts';
import { OutsideDatabase } from './outside-database.ts';

const folder = temporaryFolder('refused');
const databaseFolder = temporaryFolder('refused-db');
afterAll(() => {
  folder.remove();
  databaseFolder.remove();
});

const start = (variables: Record<string, string>) =>
  runToEnd(process.execPath, ['apps/server/src/main.ts'], {
    cwd: repositoryRoot,
    env: { JIAPIAN_TEST_POSTGRES: undefined, JIAPIAN_SAMPLES: undefined, JIAPIAN_DATA: folder.path, ...variables },
  });

const ownerQuery = async (url: string, statement: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};

// A held folder and wrong settings are tested with the server's main program.
it('an older program leaves a newer schema alone, and says what to do', { timeout: 120_000 }, async () => {
  const database = await OutsideDatabase.start(databaseFolder.path);
  try {
    const variables = { JIAPIAN_DATABASE_URL: database.url };
    await (await startServer({ dataFolder: folder.path, variables })).stop();
    const tables = `select count(*)::int as count from information_schema.tables`;
    const [before] = await ownerQuery(database.url, tables);
    await ownerQuery(
      database.url,
      `insert into schema_migration (version, name, sha256) values (9999, '9999-of-next-year', 'x')`,
    );
    const { exitCode, output } = await start(variables);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/does not fit this program.*9999.*Nothing was changed\. Install the newer version/su);
    expect(await ownerQuery(database.url, tables)).toEqual([before]);
    await ownerQuery(database.url, 'delete from schema_migration where version = 9999');
    await (await startServer({ dataFolder: folder.path, variables })).stop();
  } finally {
    await database.stop();
  }
});

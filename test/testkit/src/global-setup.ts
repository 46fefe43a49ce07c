import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClusterTemplate } from './cluster-template.ts';
import { startTestPostgres } from './database.ts';

/** One PostgreSQL for the whole test run; every file makes its own database from the template. */
export default async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'jiapian-cluster-'));
  await makeClusterTemplate(join(folder, 'postgres'));
  const postgres = await startTestPostgres();
  process.env['JIAPIAN_TEST_POSTGRES'] = postgres.url;
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
};

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseTypes } from '../apps/server/src/platform/database-schema-source.ts';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres.ts';
import { silentLog } from '../apps/server/src/platform/log.ts';
import { migrate } from '../apps/server/src/platform/migrate.ts';

/** Writes `database-schema.ts` from a freshly migrated database. */
const folder = await mkdtemp(join(tmpdir(), 'jiapian-types-'));
const postgres = await startEmbeddedPostgres(folder, silentLog);
try {
  await migrate(postgres.url);
  const target = join(import.meta.dirname, '..', 'apps', 'server', 'src', 'platform', 'database-schema.ts');
  await writeFile(target, await databaseTypes(postgres.url));
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import pg from 'pg';
import { FolderObjectStore, listSpooled } from '../archive/index.ts';
import { copyOut } from '../platform/copy-table.ts';
import { softwareVersion } from '../platform/software-version.ts';
import type { ToolPlatform } from '../platform/tool-platform.ts';
import { backupFormat, databaseEntry, teachingPlace, type Manifest } from './backup-format.ts';
import { TeachingStore } from '../teaching/index.ts';
import { createTar, type TarWriter } from './tar-archive.ts';

export interface BackupReport {
  tables: number;
  objects: number;
  bytes: number;
  /** Rows without bytes: a finding, and the rest is backed up all the same. */
  missing: string[];
}

/** One snapshot of the database, then every object that it names: bytes are never rewritten, so they still fit. */
export const writeBackup = async (tool: ToolPlatform, path: string): Promise<BackupReport> => {
  const scratch = await mkdtemp(join(tool.folder.cache, 'backup-'));
  const client = new pg.Client({ connectionString: tool.ownerUrl });
  await client.connect();
  const tar = await createTar(path);
  try {
    // Before the snapshot: what is registered in between is then in both, and registering it again changes nothing.
    const spooled = await listSpooled(tool.folder);
    await client.query('begin isolation level repeatable read read only');
    const manifest = await dumpTables(client, scratch);
    const registered = await client.query<{ object_id: string }>(
      `select object_id from stored_object
       union select object_id from quarantined_object where state in ('waiting', 'dismissed') order by 1`,
    );
    const taught = await client.query<{ object_id: string }>('select object_id from teaching_object order by 1');
    await client.query('commit');
    await addManifest(tar, manifest, scratch);
    const ids = [...new Set([...registered.rows.map(({ object_id }) => object_id), ...spooled])];
    const archived = await addObjects(tar, new FolderObjectStore(tool.folder), ids);
    const teaching = await addTeaching(
      tar,
      new TeachingStore(tool.folder.teaching),
      taught.rows.map(({ object_id }) => object_id),
    );
    const report = {
      tables: manifest.tables.length,
      objects: archived.objects + teaching.objects,
      bytes: archived.bytes + teaching.bytes,
      missing: [...archived.missing, ...teaching.missing],
    };
    await addJson(tar, 'end.json', { objects: report.objects });
    await tar.finish();
    return report;
  } catch (error) {
    await tar.discard();
    throw error;
  } finally {
    await client.end();
    await rm(scratch, { recursive: true });
  }
};

const dumpTables = async (client: pg.Client, scratch: string): Promise<Manifest> => {
  const tables: Manifest['tables'] = [];
  for (const { table, columns } of await tablesInOrder(client)) {
    const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
    const sha256 = createHash('sha256');
    const through = new PassThrough().on('data', (chunk: Buffer) => sha256.update(chunk));
    const written = pipeline(through, createWriteStream(join(scratch, table)));
    await copyOut(client, `copy ${pg.escapeIdentifier(table)} (${list}) to stdout`, through);
    through.end();
    await written;
    tables.push({ table, columns, sha256: sha256.digest('hex') });
  }
  const { rows } = await client.query<{ version: number }>('select max(version) as version from schema_migration');
  const schemaVersion = rows[0]?.version ?? 0;
  return { format: backupFormat, softwareVersion, schemaVersion, createdAt: new Date().toISOString(), tables };
};

/** A table after those that it refers to, so that a restore needs no power over constraints. */
const tablesInOrder = async (client: pg.Client): Promise<{ table: string; columns: string[] }[]> => {
  const { rows } = await client.query<{ table: string; columns: string[]; needs: string[] }>(`
    select c.relname as table,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
              and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
              where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not c.relispartition and c.relname <> 'schema_migration' order by c.relname`);
  const ordered: typeof rows = [];
  const visit = (row: (typeof rows)[number]): void => {
    if (ordered.includes(row)) return;
    for (const need of row.needs) {
      const needed = rows.find(({ table }) => table === need);
      if (needed) visit(needed);
    }
    ordered.push(row);
  };
  for (const row of rows) visit(row);
  return ordered.map(({ table, columns }) => ({ table, columns }));
};

const addManifest = async (tar: TarWriter, manifest: Manifest, scratch: string): Promise<void> => {
  await addJson(tar, 'manifest.json', manifest);
  for (const { table } of manifest.tables) {
    const file = join(scratch, table);
    await tar.add(databaseEntry(table), (await stat(file)).size, createReadStream(file));
  }
};

const addObjects = async (
  tar: TarWriter,
  store: FolderObjectStore,
  ids: readonly string[],
): Promise<Omit<BackupReport, 'tables'>> => {
  const report: Omit<BackupReport, 'tables'> = { objects: 0, bytes: 0, missing: [] };
  for (const objectId of ids) {
    const head = await store.head(objectId);
    if (!head) {
      report.missing.push(objectId);
      continue;
    }
    await tar.add(`${head.place}/${objectId}`, head.sizeBytes, await store.stream(objectId));
    report.objects += 1;
    report.bytes += head.sizeBytes;
  }
  return report;
};

const addTeaching = async (
  tar: TarWriter,
  store: TeachingStore,
  ids: readonly string[],
): Promise<Omit<BackupReport, 'tables'>> => {
  const report: Omit<BackupReport, 'tables'> = { objects: 0, bytes: 0, missing: [] };
  for (const objectId of ids) {
    const path = await store.path(objectId).catch(() => undefined);
    if (path === undefined) {
      report.missing.push(objectId);
      continue;
    }
    const { size } = await stat(path);
    await tar.add(`${teachingPlace}/${objectId}`, size, await store.stream(objectId));
    report.objects += 1;
    report.bytes += size;
  }
  return report;
};

const addJson = async (tar: TarWriter, name: string, document: object): Promise<void> => {
  const text = Buffer.from(JSON.stringify(document, null, 2));
  await tar.add(
    name,
    text.byteLength,
    (async function* () {
      yield text;
    })(),
  );
};

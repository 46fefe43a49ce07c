import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@jiapian/kernel';
import pg from 'pg';
import type { z } from 'zod';
import { FolderObjectStore, isObjectId } from '../archive/index.ts';
import { anyRoleHeld, createDataFolder, type DataFolder } from '../platform/data-folder.ts';
import { copyIn } from '../platform/copy-table.ts';
import { migrate, migrationsFolder } from '../platform/migrate.ts';
import type { Settings } from '../platform/settings.ts';
import { openToolPlatform } from '../platform/tool-platform.ts';
import { databaseEntry, endSchema, manifestSchema, teachingPlace, type Manifest } from './backup-format.ts';
import { readTar, type TarEntry } from './tar-archive.ts';

/**
 * Objects are first restored as if they had just been received, and then moved to where they lay. What lay in a spool
 * stays in that of the web role, which every installation runs: its start brings it into the register.
 */
const restoreWriter = 'web';

/** Brings an archive into an empty installation: the schema of that day, the rows, the bytes, then forward to today. */
export const readBackup = async (settings: Settings, path: string): Promise<{ tables: number; objects: number }> => {
  const folder = await createDataFolder(settings.dataFolder);
  if ((await anyRoleHeld(folder, new Set())) || (await readdir(folder.objects)).length > 0)
    throw new AppError('BACKUP_TARGET_NOT_EMPTY');
  await refuseCutOff(path);
  const entries = readTar(path);
  const manifest = await readJson(await nextEntry(entries, 'manifest.json'), manifestSchema);
  const scratch = await mkdtemp(join(folder.cache, 'restore-'));
  try {
    const tool = await openToolPlatform(settings, async (ownerUrl) => {
      await migrate(ownerUrl, migrationsFolder, manifest.schemaVersion);
      await restoreRows(ownerUrl, manifest, entries);
      await migrate(ownerUrl);
    });
    try {
      return { tables: manifest.tables.length, objects: await restoreObjects(folder, scratch, entries) };
    } finally {
      await tool.close();
    }
  } finally {
    await rm(scratch, { recursive: true });
  }
};

/** Before anything is written: every header is read, and the last entry must be the end. */
const refuseCutOff = async (path: string): Promise<void> => {
  let last: TarEntry | undefined;
  for await (const entry of readTar(path)) last = entry;
  if (last?.name !== 'end.json') throw new AppError('BACKUP_UNREADABLE', { reason: 'the archive was cut off' });
};

const nextEntry = async (entries: AsyncGenerator<TarEntry>, name: string): Promise<TarEntry> => {
  const next = await entries.next();
  if (next.done || next.value.name !== name)
    throw new AppError('BACKUP_UNREADABLE', { expected: name, found: next.done ? 'the end' : next.value.name });
  return next.value;
};

/** All rows or none. */
const restoreRows = async (ownerUrl: string, manifest: Manifest, entries: AsyncGenerator<TarEntry>): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    const { rowCount } = await client.query('select from hospital');
    if (rowCount !== 0) throw new AppError('BACKUP_TARGET_NOT_EMPTY');
    for (const { table, columns, sha256 } of manifest.tables) {
      const entry = await nextEntry(entries, databaseEntry(table));
      const hash = createHash('sha256');
      const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
      await copyIn(
        client,
        `copy ${pg.escapeIdentifier(table)} (${list}) from stdin`,
        Readable.from(hashing(entry, hash)),
      );
      if (hash.digest('hex') !== sha256) throw new AppError('BACKUP_UNREADABLE', { reason: 'damaged', table });
    }
    await continueSequences(client);
    await client.query('commit');
  } finally {
    await client.end();
  }
};

async function* hashing(entry: TarEntry, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const block of entry.content()) {
    hash.update(block);
    yield block;
  }
}

/** COPY brings the numbers of identity columns along; the next one must follow them. */
const continueSequences = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ table: string; column: string }>(`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attidentity <> '' and c.relnamespace = 'public'::regnamespace`);
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${pg.escapeIdentifier(column)}), 0) + 1, false)
       from ${pg.escapeIdentifier(table)}`,
      [table, column],
    );
};

const restoreObjects = async (
  folder: DataFolder,
  scratch: string,
  entries: AsyncGenerator<TarEntry>,
): Promise<number> => {
  const store = new FolderObjectStore(folder);
  let objects = 0;
  for await (const entry of entries) {
    if (entry.name === 'end.json') {
      const end = await readJson(entry, endSchema);
      if (end.objects !== objects) throw new AppError('BACKUP_UNREADABLE', { expected: end.objects, found: objects });
      return objects;
    }
    await restoreObject(store, folder, scratch, entry);
    objects += 1;
  }
  throw new AppError('BACKUP_UNREADABLE', { reason: 'no end' });
};

const restoreObject = async (
  store: FolderObjectStore,
  folder: DataFolder,
  scratch: string,
  entry: TarEntry,
): Promise<void> => {
  const [place, objectId = ''] = entry.name.split('/');
  if (place === teachingPlace) return restoreTeaching(folder, scratch, entry, objectId);
  if (!isObjectId(objectId) || (place !== 'objects' && place !== 'quarantine' && place !== 'spool'))
    throw new AppError('BACKUP_UNREADABLE', { unexpected: entry.name });
  const draft = join(scratch, objectId);
  await pipeline(entry.content(), createWriteStream(draft, { flush: true, mode: 0o600 }));
  const target = join(folder.spool, restoreWriter, `${objectId}.dcm`);
  await mkdir(dirname(target), { recursive: true });
  await rename(draft, target);
  if (place !== 'spool') await store.move(objectId, place);
};

const teachingId = /^[0-9a-f-]{36}$/;

const restoreTeaching = async (
  folder: DataFolder,
  scratch: string,
  entry: TarEntry,
  objectId: string,
): Promise<void> => {
  if (!teachingId.test(objectId)) throw new AppError('BACKUP_UNREADABLE', { unexpected: entry.name });
  const draft = join(scratch, objectId);
  await pipeline(entry.content(), createWriteStream(draft, { flush: true, mode: 0o600 }));
  await rename(draft, join(folder.teaching, `${objectId}.dcm`));
};

const manifestLimitBytes = 1024 * 1024;

const readJson = async <Value>(entry: TarEntry, schema: z.ZodType<Value>): Promise<Value> => {
  if (entry.size > manifestLimitBytes) throw new AppError('BACKUP_UNREADABLE', { entry: entry.name });
  const blocks: Buffer[] = [];
  for await (const block of entry.content()) blocks.push(block);
  const parsed = schema.safeParse(parseJson(Buffer.concat(blocks).toString('utf8')));
  if (!parsed.success) throw new AppError('BACKUP_UNREADABLE', { entry: entry.name });
  return parsed.data;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

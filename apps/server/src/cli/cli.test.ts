import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, open, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstAdministrator } from '../access/index.ts';
import { FolderObjectStore, Spool } from '../archive/index.ts';
import { dataFolderAt } from '../platform/data-folder.ts';
import { acquireLock } from '../platform/folder-lock.ts';
import { readSettings } from '../platform/settings.ts';
import { openToolPlatform, type ToolPlatform } from '../platform/tool-platform.ts';
import { runCommandLine } from './cli.ts';

let folder: string;
let server: ToolPlatform;
let hospitalId: string;
let endServer: () => Promise<void>;

const run = async (args: string[], environment: Record<string, string> = { JIAPIAN_DATA: folder }) => {
  let out = '';
  let err = '';
  const code = await runCommandLine(args, {
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
    environment,
  });
  return { code, out, err, json: () => JSON.parse(out) };
};

/** One received object with its row, as the doors and the register leave it. */
const keepObject = async (place: 'objects' | 'spool' | 'quarantine' = 'objects'): Promise<string> => {
  const spool = await Spool.open(server.folder.spool, 'dicom');
  const envelope = {
    door: 'dimse' as const,
    callingAeTitle: 'DX1',
    calledAeTitle: 'JIAPIAN',
    remoteAddress: '127.0.0.1',
    fileName: '',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
    sopInstanceUid: `2.25.${BigInt(`0x${randomBytes(12).toString('hex')}`)}`,
  };
  const content = randomBytes(200_000);
  const { objectId, datasetOffset, writer } = spool.begin(envelope, { receivedAt: new Date(), limitBytes: 1e9 });
  writer.write(content);
  await writer.complete();
  await spool.close();
  if (place === 'spool') return objectId;
  const sha256 = createHash('sha256').update(content).digest();
  if (place === 'quarantine') {
    await server.database.withHospital(hospitalId, ({ db }) =>
      db
        .insertInto('quarantined_object')
        .values({
          hospital_id: hospitalId,
          object_id: objectId,
          reason_code: 'DICOM_UNREADABLE',
          reason: 'the data set lacks identifiers',
          size_bytes: datasetOffset + content.byteLength,
          sha256,
          door: 'dimse',
          received_at: new Date(),
          state: 'dismissed',
          decided_at: new Date(),
        })
        .execute(),
    );
    await new FolderObjectStore(server.folder).move(objectId, 'quarantine');
    return objectId;
  }
  await server.database.withHospital(hospitalId, ({ db }) =>
    db
      .insertInto('stored_object')
      .values({
        hospital_id: hospitalId,
        object_id: objectId,
        sop_instance_uid: envelope.sopInstanceUid,
        sha256,
        size_bytes: datasetOffset + content.byteLength,
        data_set_offset: datasetOffset,
        transfer_syntax_uid: envelope.transferSyntaxUid,
        door: 'dimse',
        received_at: new Date(),
      })
      .execute(),
  );
  await new FolderObjectStore(server.folder).move(objectId, 'objects');
  return objectId;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiapian-cli-'));
  server = await openToolPlatform(readSettings({ JIAPIAN_DATA: folder }));
  hospitalId = (await ensureFirstAdministrator(server.database, 'correct horse battery')).hospitalId;
  // The commands run beside a server: its lock keeps them from stopping the database.
  const lock = await acquireLock(join(server.folder.locks, 'web.lock'), { role: 'web', address: '' });
  endServer = async () => {
    await lock.release();
    await server.close();
  };
});
afterAll(async () => {
  await endServer();
  await rm(folder, { recursive: true });
});

describe('bad use', () => {
  it.each([
    [[]],
    [['nonsense']],
    [['verify', 'extra']],
    [['verify', '--quick']],
    [['backup']],
    [['user', 'add', '1001']],
    [['user', 'add', '1001', '--roles', 'king']],
    [['user', 'grow', '1001']],
    [['token', 'add']],
  ])('exits 2: jiapian %j', async (args) => {
    const { code, out, err } = await run(args);
    expect(code).toBe(2);
    if (args.length > 0) expect([out, err.length > 0]).toEqual(['', true]);
  });

  it('with --json is one document that says why', async () => {
    const { code, json } = await run(['user', 'add', '1001', '--roles', 'king', '--json']);
    expect([code, json().error.code]).toEqual([2, 'COMMAND_USE_WRONG']);
  });

  it('of settings lists them all and exits 2', async () => {
    const { code, err } = await run(['verify'], { JIAPIAN_HTTP: 'x', JIAPIAN_NOTHING: 'y' });
    expect(code).toBe(2);
    expect(err).toMatch(/JIAPIAN_HTTP(.|\n)*JIAPIAN_NOTHING|JIAPIAN_NOTHING(.|\n)*JIAPIAN_HTTP/);
  });
});

describe('help', () => {
  it.each([
    ['zh_CN.UTF-8', '用法'],
    ['en_GB.UTF-8', 'Use'],
  ])('speaks the language of %s', async (LANG, word) => {
    const { code, out } = await run(['help'], { LANG });
    expect(code).toBe(0);
    expect(out).toContain(word);
  });
});

describe('user', () => {
  it('is added with a one-time password, reset, and disabled', async () => {
    const added = await run(['user', 'add', '1001', '--roles', 'reviewer,technologist', '--name', '王', '--json']);
    expect([added.code, added.json()]).toMatchObject([0, { username: '1001', roles: ['reviewer', 'technologist'] }]);
    const reset = await run(['user', 'reset', '1001', '--json']);
    expect(reset.json().oneTimePassword).not.toBe(added.json().oneTimePassword);
    expect((await run(['user', 'disable', '1001'])).code).toBe(0);
    const account = await server.database.withHospital(hospitalId, ({ db }) =>
      db
        .selectFrom('account')
        .select(['disabled_at', 'must_change_password'])
        .where('username', '=', '1001')
        .executeTakeFirst(),
    );
    expect(account).toEqual({ disabled_at: expect.any(Date), must_change_password: true });
  });

  it('that is unknown, taken, or the last administrator is refused with 1', async () => {
    expect(await run(['user', 'reset', 'nobody', '--json'])).toMatchObject({ code: 1 });
    expect((await run(['user', 'add', 'admin', '--roles', 'auditor', '--json'])).json().error.code).toBe(
      'ACCESS_USERNAME_TAKEN',
    );
    expect((await run(['user', 'disable', 'admin', '--json'])).json().error.code).toBe('ACCESS_LAST_ADMINISTRATOR');
  });
});

describe('token', () => {
  it('is added, listed and revoked', async () => {
    const { tokenId, token } = (await run(['token', 'add', 'RIS', '--roles', 'auditor', '--json'])).json();
    expect(token.length).toBeGreaterThan(20);
    expect((await run(['token', 'revoke', tokenId])).code).toBe(0);
    const { tokens } = (await run(['token', 'list', '--json'])).json();
    expect(tokens).toEqual([{ tokenId, name: 'RIS', roles: ['auditor'], revokedAt: expect.any(String) }]);
    expect((await run(['token', 'revoke', randomUUID()])).code).toBe(1);
  });
});

describe('verify', () => {
  it('is clean when rows and bytes agree, and counts what waits in the spool', async () => {
    await keepObject();
    await keepObject('spool');
    const { code, json } = await run(['verify', '--json']);
    expect([code, json()]).toMatchObject([0, { isClean: true, objects: 1, bytes: 200_000, waiting: 1, findings: [] }]);
  });

  it('names what is missing, damaged and foreign, and exits 1', async () => {
    const store = new FolderObjectStore(server.folder);
    const [missing, damaged, foreign] = [await keepObject(), await keepObject(), await keepObject()];
    await unlink(await store.path(missing));
    const file = await open(await store.path(damaged), 'r+');
    await file.write(Buffer.from('x'), 0, 1, 150_000);
    await file.close();
    await server.database.withHospital(hospitalId, ({ db }) =>
      db.deleteFrom('stored_object').where('object_id', '=', foreign).execute(),
    );
    const { code, json } = await run(['verify', '--json']);
    expect(code).toBe(1);
    expect(json().findings).toEqual([
      { objectId: missing, reason: 'missing' },
      { objectId: damaged, reason: 'damaged' },
      { objectId: foreign, reason: 'foreign' },
    ]);
    await store.remove(foreign);
    await server.database.withHospital(hospitalId, ({ db }) =>
      db.deleteFrom('stored_object').where('object_id', 'in', [missing, damaged]).execute(),
    );
    await store.remove(damaged);
  });
});

describe('a backup', () => {
  let target: string;
  let dismissed: string;
  let archive: string;
  beforeAll(async () => {
    target = await mkdtemp(join(tmpdir(), 'jiapian-restored-'));
    archive = join(target, '..', `${randomUUID()}.tar`);
    dismissed = await keepObject('quarantine');
    const { code } = await run(['backup', archive]);
    expect(code).toBe(0);
  });
  afterAll(async () => {
    await rm(target, { recursive: true });
    await rm(archive);
  });

  it('is never written over a file', async () => {
    const before = await readFile(archive);
    expect((await run(['backup', archive])).code).toBe(2);
    expect((await readFile(archive)).equals(before)).toBe(true);
  });

  it('that was cut off is refused before anything is written', async () => {
    const cut = `${archive}.cut`;
    await writeFile(cut, await readFile(archive));
    await truncate(cut, 200_000);
    const { code, json } = await run(['restore', cut, '--json'], { JIAPIAN_DATA: target });
    expect([code, json().error.code]).toEqual([1, 'BACKUP_UNREADABLE']);
    await rm(cut);
  });

  it('that is not one is refused', async () => {
    const { code } = await run(['restore', join(import.meta.dirname, 'cli.ts')], { JIAPIAN_DATA: target });
    expect(code).toBe(1);
  });

  it('is not restored over a used installation', async () => {
    expect((await run(['restore', archive, '--json'])).json().error.code).toBe('BACKUP_TARGET_NOT_EMPTY');
  });

  it('brings every row and every byte back into an empty installation', async () => {
    const environment = { JIAPIAN_DATA: target };
    expect((await run(['restore', archive], environment)).code).toBe(0);
    const [before, after] = [await run(['verify', '--json']), await run(['verify', '--json'], environment)];
    expect(after.json()).toEqual(before.json());
    const tokens = [await run(['token', 'list', '--json']), await run(['token', 'list', '--json'], environment)];
    expect(tokens[1]?.out).toBe(tokens[0]?.out);
    // A person said that it is not needed; its bytes stay all the same.
    const restored = new FolderObjectStore(dataFolderAt(target));
    expect(await restored.head(dismissed)).toEqual(await new FolderObjectStore(server.folder).head(dismissed));
    expect(await restored.head(dismissed)).toMatchObject({ place: 'quarantine' });
    // The numbers of identity columns go on where they stood.
    expect((await run(['user', 'add', '2001', '--roles', 'reviewer'], environment)).code).toBe(0);
  });
});

import { copyFileSync, globSync, readdirSync, readFileSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decodeFileMeta } from '@jiapian/dicom/network';
import {
  findProgram,
  repositoryRoot,
  runToEnd,
  sample,
  samplesBelow,
  signIn,
  startServer,
  storescu,
  temporaryFolder,
  waitUntil,
  type Server,
  type SignedIn,
} from '@jiapian/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DimseClient } from '../platform/dimse-client.ts';
import { bytesDataset } from '../platform/dimse-dataset.ts';

let server: Server;
let admin: SignedIn;
const scratch = temporaryFolder('doors');

beforeAll(async () => {
  server = await startServer();
  admin = await signIn(server);
});
afterAll(async () => {
  await server.stop();
  scratch.remove();
});

const json = async <Body>(path: string, init?: RequestInit): Promise<Body> => {
  const response = await admin.fetch(path, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
};

const boundary = 'b0undary';
const stow = (files: readonly Buffer[], path = '/dicomweb/studies'): Promise<Response> => {
  const parts = files.flatMap((file) => [
    Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
    file,
    Buffer.from('\r\n'),
  ]);
  return admin.fetch(path, {
    method: 'POST',
    headers: { 'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}` },
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  });
};

interface UploadFile {
  outcome: string;
  reason: string | null;
  objects: number;
}
const startUpload = async (): Promise<string> =>
  (await json<{ uploadId: string }>('/api/v1/uploads', { method: 'POST' })).uploadId;
const uploadFile = (uploadId: string, fileName: string, body: Buffer): Promise<UploadFile> =>
  json(
    `/api/v1/uploads/${uploadId}/files?fileKey=${encodeURIComponent(fileName)}&fileName=${encodeURIComponent(fileName)}`,
    {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(body),
    },
  );

interface Quarantined {
  objectId: string;
  reasonCode: string;
  reason: string;
  fileName: string;
  door: string;
}
const quarantine = async (state = 'waiting'): Promise<Quarantined[]> =>
  (await json<{ items: Quarantined[] }>(`/api/v1/quarantine?state=${state}&limit=200`)).items;

const hardFolders = ['malformed', 'pixel-format', 'charset', 'transfer-syntax'];
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';
const hardFiles = hardFolders.flatMap(samplesBelow);

describe('STOW-RS', () => {
  it('stores an object and answers with its reference; the same again is a no-op', async () => {
    const file = readFileSync(sample('dx/dx-pelvis-ap-infant-1.dcm'));
    const uid = decodeFileMeta(file)?.meta.mediaStorageSopInstanceUid;
    for (let turn = 0; turn < 2; turn++) {
      const response = await stow([file]);
      expect(response.status).toBe(200);
      const body = (await response.json()) as Record<string, { Value: Record<string, { Value: unknown[] }>[] }>;
      expect(body['00081199']?.Value.map((reference) => reference['00081155']?.Value)).toEqual([[uid]]);
    }
  });

  it('takes every difficult file of the samples, each with an answer of its own', async () => {
    const response = await stow(hardFiles.map((file) => readFileSync(file)));
    expect([200, 202]).toContain(response.status);
    const body = (await response.json()) as Record<string, { Value: unknown[] }>;
    const answered = (body['00081198']?.Value.length ?? 0) + (body['00081199']?.Value.length ?? 0);
    expect(answered).toBe(hardFiles.length);
  });

  it('answers 409 when nothing could be understood', async () => {
    const response = await stow([Buffer.from('this is no image')]);
    expect(response.status).toBe(409);
  });

  it.each([
    ['no boundary', 'multipart/related; type="application/dicom"', '--x--'],
    ['a body that ends early', 'multipart/related; boundary=x', '--x\r\nContent-Type: application/dicom\r\n\r\nabc'],
    ['no parts', 'multipart/related; boundary=x', '--x--\r\n'],
    ['a part of another type', 'multipart/related; boundary=x', '--x\r\nContent-Type: text/html\r\n\r\nabc\r\n--x--'],
  ])('refuses %s', async (_, contentType, body) => {
    const response = await admin.fetch('/dicomweb/studies', {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    expect(response.status).toBe(400);
  });
});

describe('upload from the browser', () => {
  it('takes every difficult file, and says of each what became of it', async () => {
    const uploadId = await startUpload();
    for (const file of hardFiles) {
      const uploaded = await uploadFile(uploadId, basename(file), readFileSync(file));
      expect(['received', 'duplicate', 'conflict', 'quarantined', 'archive']).toContain(uploaded.outcome);
    }
    const { files } = await json<{ files: UploadFile[] }>(`/api/v1/uploads/${uploadId}`);
    expect(files).toHaveLength(hardFiles.length);
  });

  it('does not read a file again that has arrived', async () => {
    const uploadId = await startUpload();
    const file = readFileSync(sample('dx/dx-pelvis-ap-infant-12.dcm'));
    const first = await uploadFile(uploadId, 'films/one.dcm', file);
    expect(first).toMatchObject({ outcome: 'received', objects: 1 });
    expect(await uploadFile(uploadId, 'films/one.dcm', Buffer.alloc(0))).toEqual(first);
    expect(await uploadFile(uploadId, 'films/copy.dcm', file)).toMatchObject({ outcome: 'duplicate' });
  });

  it('shows other bytes under the same UID as a conflict, and keeps both', async () => {
    const uploadId = await startUpload();
    const file = readFileSync(sample('dx/dx-pelvis-ap-infant-107.dcm'));
    expect(await uploadFile(uploadId, 'one.dcm', file)).toMatchObject({ outcome: 'received' });
    const other = Buffer.from(file);
    other[other.byteLength - 1] = (other.at(-1) ?? 0) ^ 0xff;
    expect(await uploadFile(uploadId, 'other.dcm', other)).toMatchObject({ outcome: 'conflict' });
    const { items } = await json<{ items: { objectId: string; heldObjectId: string; seenAt: string | null }[] }>(
      '/api/v1/conflicts',
    );
    const uid = decodeFileMeta(file)?.meta.mediaStorageSopInstanceUid;
    const conflict = items.find((item) => (item as unknown as { sopInstanceUid: string }).sopInstanceUid === uid);
    expect(conflict?.heldObjectId).not.toBe(conflict?.objectId);
    expect((await admin.fetch(`/api/v1/conflicts/${conflict?.objectId}/seen`, { method: 'POST' })).status).toBe(204);
  });

  it('keeps nothing of a file whose connection breaks, and takes it whole the next time', async () => {
    const uploadId = await startUpload();
    const file = readFileSync(sample('dx/cr-dental-panoramic-modality-lut.dcm'));
    const cut = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(file.subarray(0, file.byteLength / 2))),
      pull: (controller) => controller.error(new Error('cable pulled')),
    });
    const path = `/api/v1/uploads/${uploadId}/files?fileKey=cut.dcm&fileName=cut.dcm`;
    const headers = { 'content-type': 'application/octet-stream' };
    const broken: RequestInit & { duplex: 'half' } = { method: 'PUT', headers, body: cut, duplex: 'half' };
    await expect(admin.fetch(path, broken)).rejects.toThrow();
    await waitUntil('the half file to be gone', () =>
      readdirSync(join(server.dataFolder, 'spool', 'dicom')).every((name) => name === 'slots'),
    );
    expect((await json<{ files: UploadFile[] }>(`/api/v1/uploads/${uploadId}`)).files).toEqual([]);
    expect(await uploadFile(uploadId, 'cut.dcm', file)).toMatchObject({ outcome: 'received', objects: 1 });
  });

  it('knows no upload of somebody else', async () => {
    const response = await admin.fetch('/api/v1/uploads/00000000-0000-4000-8000-000000000000');
    expect(response.status).toBe(404);
  });

  it('opens an archive with folders, Chinese names, litter, a directory and an archive inside', async () => {
    const path = await archive({
      '胸片/甲.dcm': readFileSync(sample('dx/dx-pelvis-ap-infant-116.dcm')),
      '__MACOSX/._甲.dcm': Buffer.from('litter'),
      DICOMDIR: readFileSync(samplesBelow('dicomdir').find((file) => basename(file) === 'DICOMDIR') ?? ''),
      'inner.zip': readFileSync(await archive({ 'b.dcm': readFileSync(sample('dx/dx-pelvis-ap-infant-121.dcm')) })),
    });
    expect(await uploadFile(await startUpload(), 'all.zip', readFileSync(path))).toEqual({
      fileKey: 'all.zip',
      fileName: 'all.zip',
      outcome: 'archive',
      reason: null,
      objects: 2,
    });
  });

  it('refuses archives that lead outside, link, unpack without end, nest or are damaged, and takes nothing of them', async () => {
    const film = readFileSync(sample('dx/dx-pelvis-ap-infant-138.dcm'));
    const nested = readFileSync(
      await archive({
        'a.zip': readFileSync(await archive({ 'b.zip': readFileSync(await archive({ 'c.dcm': film })) })),
      }),
    );
    const cases: [string, Buffer, string][] = [
      [
        'outside.zip',
        await scripted(`z.writestr('film.dcm', b'x'); z.writestr('../outside.dcm', b'x')`),
        'name-leads-outside',
      ],
      ['absolute.zip', await scripted(`z.writestr('/etc/passwd', b'x')`), 'name-leads-outside'],
      ['drive.zip', await scripted(`z.writestr('C:\\\\\\\\x.dcm', b'x')`), 'name-leads-outside'],
      [
        'bomb.zip',
        await scripted(`[z.writestr(f'{i}.dcm', bytes(1<<26)) for i in range(5)]`),
        'unpacks-to-far-more-than-it-holds',
      ],
      [
        'link.zip',
        await scripted(
          `i = zipfile.ZipInfo('l'); i.create_system = 3; i.external_attr = 0o120777 << 16; z.writestr(i, '/etc/passwd')`,
        ),
        'link-or-device',
      ],
      ['nested.zip', nested, 'nested-too-deep'],
      ['cut.zip', nested.subarray(0, nested.byteLength - 30), 'not-a-zip'],
    ];
    for (const [name, bytes, reason] of cases) {
      expect(await uploadFile(await startUpload(), name, bytes), name).toMatchObject({
        outcome: 'archive',
        reason,
        objects: 0,
      });
    }
    expect(readdirSync(join(server.dataFolder, 'uploads', 'dicom'))).toEqual([]);
  });
});

describe('the watched folder', () => {
  it('takes what stands still, and puts it away where it belongs', async () => {
    const watched = join(server.dataFolder, 'watched');
    mkdirSync(join(watched, 'room 1'));
    copyFileSync(sample('dx/cr-chest-pa-nih-jpeg-baseline.dcm'), join(watched, 'room 1', 'chest.dcm'));
    writeFileSync(join(watched, 'letter.txt'), 'no image');
    writeFileSync(join(watched, 'copying.dcm.part'), 'half');
    symlinkSync('/etc/passwd', join(watched, 'link'));
    // The folders on the disk are named by the day of UTC, which may end while the test waits.
    const today = (): string => new Date().toISOString().slice(0, 10);
    const begunOn = today();
    const putAway = (place: string): string[] => globSync('**/*.{dcm,txt}', { cwd: join(watched, place) });
    await waitUntil('both files put away', () => [...putAway('failed'), ...putAway('done')].length === 2, 60_000);
    const days = [begunOn, today()];
    expect(days.map((day) => join(day, 'room 1', 'chest.dcm'))).toContain(putAway('done')[0]);
    expect(days.map((day) => join(day, 'letter.txt'))).toContain(putAway('failed')[0]);
    expect(readdirSync(watched).sort()).toEqual(['copying.dcm.part', 'done', 'failed', 'link']);
  });
});

describe('the DICOM door', () => {
  it('takes the bytes of every difficult file, whatever they are, and acknowledges each', async () => {
    const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: 'JIAPIAN', callingAeTitle: 'BROKEN' };
    for (const file of hardFiles) {
      const bytes = readFileSync(file);
      const opened = decodeFileMeta(bytes);
      const transferSyntaxUid = opened?.meta.transferSyntaxUid ?? '1.2.840.10008.1.2';
      const named = opened?.meta.mediaStorageSopClassUid ?? secondaryCapture;
      const proposals = [named, secondaryCapture].map((abstractSyntax) => ({
        abstractSyntax,
        transferSyntax: transferSyntaxUid,
      }));
      const client = await DimseClient.associate(peer, proposals);
      // A class that is none of storage is refused; its bytes come under another name then.
      const accepted = proposals.find((proposal) => client.accepts(proposal));
      const answer = await client.store({
        sopClassUid: accepted?.abstractSyntax ?? '',
        sopInstanceUid: opened?.meta.mediaStorageSopInstanceUid ?? '2.25.1',
        transferSyntaxUid,
        dataset: bytesDataset(bytes.subarray(opened?.datasetOffset)),
      });
      expect(answer, file).toMatchObject({ kind: 'success' });
      await client.release();
    }
  });

  it('takes a data set of an odd number of bytes, keeps each of them, and says that it is odd', async () => {
    const file = readFileSync(sample('dx/dx-thorax-veterinary-fuji-ei.dcm'));
    const opened = decodeFileMeta(file);
    const dataset = file.subarray(opened?.datasetOffset);
    expect(dataset.byteLength % 2).toBe(1);
    const { mediaStorageSopClassUid: sopClassUid = '', mediaStorageSopInstanceUid: sopInstanceUid = '' } =
      opened?.meta ?? {};
    const transferSyntaxUid = opened?.meta.transferSyntaxUid ?? '';
    const client = await DimseClient.associate(
      { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DX1' },
      [{ abstractSyntax: sopClassUid, transferSyntax: transferSyntaxUid }],
    );
    const stored = await client.store({
      sopClassUid,
      sopInstanceUid,
      transferSyntaxUid,
      dataset: bytesDataset(dataset),
    });
    await client.release();
    expect(stored).toMatchObject({ kind: 'success' });
    const found = await waitUntil('the object to be registered', async () => {
      const [match] = await json<Record<string, { Value?: string[] }>[]>(
        `/dicomweb/instances?SOPInstanceUID=${sopInstanceUid}`,
      );
      return match;
    });
    const [study, series] = [found['0020000D']?.Value?.[0], found['0020000E']?.Value?.[0]];
    const held = await admin.fetch(`/dicomweb/studies/${study}/series/${series}/instances/${sopInstanceUid}`);
    expect(Buffer.from(await held.arrayBuffer()).includes(dataset)).toBe(true);
  });

  it('takes what dcmtk makes of them', async () => {
    for (const file of [...samplesBelow('charset'), ...samplesBelow('pixel-format')]) {
      const sent = await storescu({ port: server.dicomPort }, [file], ['-R', '-xe']);
      // dcmtk cannot decompress JPEG 2000; that is not ours to answer.
      if (!sent.output.includes('unable to convert')) expect(sent.output, file).not.toMatch(/^E:/mu);
    }
  });

  it('leaves nothing waiting in the spool', async () => {
    await waitUntil('the spool to be empty', () =>
      readdirSync(join(server.dataFolder, 'spool', 'dicom')).every((name) => name === 'slots'),
    );
    const { exitCode, output } = await runToEnd(
      process.execPath,
      [join(repositoryRoot, 'bin/jiapian.js'), 'verify', '--json'],
      {
        env: { JIAPIAN_DATA: server.dataFolder, JIAPIAN_TEST_POSTGRES: undefined },
      },
    );
    expect(output).toContain('"isClean":true');
    expect(exitCode).toBe(0);
  });
});

describe('the quarantine', () => {
  it('names the reason in words, shows what is inside, retries, and is dismissed by a named person', async () => {
    await uploadFile(await startUpload(), 'letter.pdf', Buffer.from('%PDF-1.7 no image'));
    const found = (await quarantine()).find(({ fileName }) => fileName === 'letter.pdf');
    expect(found).toMatchObject({ reasonCode: 'INTAKE_NOT_DICOM', door: 'upload' });
    expect(found?.reason).toMatch(/\w+ \w+/u);
    const path = `/api/v1/quarantine/${found?.objectId}`;
    const content = await json<{ hex: string; elements: unknown[]; stoppedBecause: string }>(`${path}/content`);
    expect(Buffer.from(content.hex, 'hex').toString()).toBe('%PDF-1.7 no image');
    expect(await json(`${path}/retry`, { method: 'POST' })).toMatchObject({ outcome: 'quarantined' });
    const dismiss = (note: string) =>
      admin.fetch(`${path}/dismiss`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ note }),
      });
    expect((await dismiss('')).status).toBe(400);
    expect(await (await dismiss('a letter')).json()).toMatchObject({
      state: 'dismissed',
      decisionNote: 'a letter',
      decidedByName: expect.any(String),
    });
    expect((await dismiss('again')).status).toBe(404);
    expect((await quarantine()).map(({ objectId }) => objectId)).not.toContain(found?.objectId);
    expect((await admin.fetch('/api/v1/quarantine/no-such-object/retry', { method: 'POST' })).status).toBe(404);
  });
});

let archives = 0;
/** A ZIP archive by Python, so that the reader is not tested with its own writer. */
const archive = async (files: Readonly<Record<string, Buffer>>): Promise<string> => {
  const path = join(scratch.path, `${archives++}.zip`);
  const folder = join(scratch.path, `${archives++}`);
  mkdirSync(folder);
  const names = Object.keys(files);
  for (const [index, name] of names.entries()) writeFileSync(join(folder, String(index)), files[name] ?? '');
  const lines = names.map(
    (name, index) => `z.write(${JSON.stringify(join(folder, String(index)))}, ${JSON.stringify(name)})`,
  );
  await python(
    `z = zipfile.ZipFile(${JSON.stringify(path)}, 'w', zipfile.ZIP_DEFLATED)\n${lines.join('\n')}\nz.close()`,
  );
  return path;
};

const scripted = async (line: string): Promise<Buffer> => {
  const path = join(scratch.path, `${archives++}.zip`);
  await python(`z = zipfile.ZipFile(${JSON.stringify(path)}, 'w', zipfile.ZIP_DEFLATED)\n${line}\nz.close()`);
  return readFileSync(path);
};

const python = async (script: string): Promise<void> => {
  const { exitCode, output } = await runToEnd(findProgram('python3', 'python3'), ['-c', `import zipfile\n${script}`]);
  if (exitCode !== 0) throw new Error(output);
};

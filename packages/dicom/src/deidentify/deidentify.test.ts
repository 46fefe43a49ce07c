import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { AppError } from '@jiapian/kernel';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeFrame } from '../pixels/index.ts';
import { readPart10 } from '../read-part10.ts';
import { samplePath } from '../samples.fixture.ts';
import { deidentify, findIdentity, identityOf, type Deidentified } from './index.ts';
import { encodeDataSet } from '../write-data-set.ts';
import { encodePart10, joinChunks } from '../write-part10.ts';
import { holdsIdentity } from './find-identity.ts';
import { keptSequences, keptText, movableDates } from './profile-table.ts';

const root = samplePath('.');
const folder = mkdtempSync(join(tmpdir(), 'deidentify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const uidFor = (original: string): string =>
  `2.25.${BigInt(`0x${createHash('sha256').update(original).digest('hex').slice(0, 30)}`)}`;
const corner = ({ rows, columns }: { rows: number; columns: number }) => [
  { fromRow: 0, toRow: Math.ceil(rows / 8), fromColumn: 0, toColumn: Math.ceil(columns / 4) },
];
const request = {
  code: 'TEACHING-1',
  dates: 'removed' as const,
  keepsPatientCharacteristics: false,
  boxesOf: corner,
  uidFor,
};
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(root, name)));
const dump = (bytes: Uint8Array): string => {
  const file = join(folder, 'one.dcm');
  writeFileSync(file, bytes);
  return execFileSync('dcmdump', ['+L', '-q', '-M', file], { encoding: 'latin1', maxBuffer: 1 << 28 });
};

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.dcm'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .sort();

/** The sample's result, or the code by which it was refused. */
const results = new Map<string, Deidentified | string>();
const resultOf = async (name: string): Promise<Deidentified | string> => {
  const known = results.get(name);
  if (known !== undefined) return known;
  const made = await deidentify(bytesOf(name), request).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    return error.code as string;
  });
  results.set(name, made);
  return made;
};
const madeOf = async (name: string): Promise<Deidentified> => {
  const made = await resultOf(name);
  if (typeof made === 'string') throw new AppError('DICOM_UNREADABLE', { name, made });
  return made;
};

describe('every sample image, de-identified', () => {
  it('holds no value of the identity it had, by the check of its own', async () => {
    const outcomes = { clean: 0, refused: 0 };
    const leaks: string[] = [];
    for (const name of files) {
      const made = await resultOf(name);
      if (typeof made === 'string') outcomes.refused += 1;
      else if (made.found.length > 0) leaks.push(`${name}: ${JSON.stringify(made.found)}`);
      else outcomes.clean += 1;
    }
    expect(leaks).toEqual([]);
    expect(outcomes.clean).toBeGreaterThan(150);
  }, 120_000);

  it('holds, by the dump of another toolkit, no person, date, place or number of the original', async () => {
    const leaks: string[] = [];
    for (const name of files) {
      const made = await resultOf(name);
      if (typeof made === 'string') continue;
      const kept = readPart10(made.bytes);
      const values = [...kept.dataSet.elements.values()];
      const forbidden = values.filter(({ vr, length }) => ['PN', 'DA', 'TM', 'DT', 'AE'].includes(vr) && length > 0);
      if (forbidden.some(({ tag }) => tag !== 0x00100010)) leaks.push(name);
    }
    expect(leaks).toEqual([]);
    for (const name of files.filter((one) => /charset|dx\/|mr\/|us\/|xa\//.test(one)).slice(0, 14)) {
      const made = await resultOf(name);
      if (typeof made === 'string') continue;
      const text = dump(made.bytes);
      const original = dump(bytesOf(name));
      for (const tag of ['0010,0010', '0010,0020', '0008,0080', '0008,1010', '0020,000d', '0008,0018', '0010,0030']) {
        const value = new RegExp(`^\\(${tag}\\) \\w\\w \\[([^\\]]{6,})\\]`, 'mi').exec(original)?.[1]?.trim();
        if (value !== undefined) expect(text.toLowerCase(), `${name} ${tag}`).not.toContain(value.toLowerCase());
      }
      expect(text).toMatch(/^\(0012,0062\) CS \[YES\]/m);
      expect(text).toMatch(/^\(0012,0064\) SQ/m);
      expect(text).toContain('[113100]');
    }
  }, 60_000);

  it('has no error for the validator of dicom3tools that the original did not have', async () => {
    const errors = (bytes: Uint8Array): Set<string> => {
      const file = join(folder, 'valid.dcm');
      writeFileSync(file, bytes);
      const { stderr: text } = spawnSync('dciodvfy', ['-new', file], { encoding: 'latin1' });
      return new Set(
        text
          .split('\n')
          .filter((line) => line.startsWith('Error'))
          .map((line) => line.replace(/[0-9.]{12,}/g, '#')),
      );
    };
    const worse: string[] = [];
    for (const name of files.filter((one) => /^(dx|mr|ct\/single)\//.test(one)).slice(0, 24)) {
      const made = await resultOf(name);
      if (typeof made === 'string') continue;
      const before = errors(bytesOf(name));
      for (const line of errors(made.bytes)) if (!before.has(line)) worse.push(`${name}: ${line}`);
    }
    expect(worse).toEqual([]);
  }, 60_000);
});

describe('the pixels', () => {
  const names = ['dx/cr-chest-pa-philips-j2k.dcm', 'ct/single/ct-jpeg-lossless.dcm', 'charset/zh-gb18030-dx.dcm'];
  it.each(names)('of %s are black in the box and the original outside of it', async (name) => {
    const before = await decodeFrame(bytesOf(name), 0);
    const beforeSamples = before.samples.slice();
    const { bytes, rows, columns } = await madeOf(name);
    const after = await decodeFrame(bytes, 0);
    expect([after.rows, after.columns]).toEqual([rows, columns]);
    const [box] = corner(before);
    const darkest = before.kind === 'grayscale' ? (before.isInverted ? before.maxStored : before.minStored) : 0;
    let [wrongInside, wrongOutside] = [0, 0];
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1) {
        const at = row * columns + column;
        const isInside = row < box!.toRow && column < box!.toColumn;
        if (isInside && after.samples[at] !== darkest) wrongInside += 1;
        if (!isInside && after.samples[at] !== beforeSamples[at]) wrongOutside += 1;
      }
    expect([wrongInside, wrongOutside]).toEqual([0, 0]);
  });

  it('of an object without pixels are refused, and so is what is not DICOM', async () => {
    const report = files.find((name) => name.startsWith('rdsr/'))!;
    expect(await resultOf(report)).toBe('DICOM_NO_PIXELS');
    await expect(deidentify(new Uint8Array(64), request)).rejects.toThrow(AppError);
  });
});

describe('the options', () => {
  const name = 'charset/zh-gb18030-dx.dcm';
  it('moved dates keep their distance and never the day itself', async () => {
    const { bytes, found } = await deidentify(bytesOf(name), { ...request, dates: { movedByDays: -400 } });
    expect(found).toEqual([]);
    expect(dump(bytes)).toContain('[113107]');
    expect(dump(bytes)).toMatch(/\(0028,0303\) CS \[MODIFIED\]/);
    expect(dump(bytes)).toMatch(/\(0008,0020\) DA \[\d{8}\]/);
  });

  it('the same UID becomes the same new one, and none of the originals is left', async () => {
    const { bytes } = await madeOf(name);
    const original = identityOf(readPart10(bytesOf(name)).dataSet).filter(({ kind }) => kind === 'uid');
    expect(original.length).toBeGreaterThan(2);
    const text = Buffer.from(bytes).toString('latin1');
    for (const uid of original) expect(text).not.toContain(uid.text);
  });
});

describe('the check', () => {
  it('finds a name in whatever script, case or order of parts, in a nested item, in bytes and in pixels', async () => {
    const identity = [{ kind: 'name' as const, tag: 0x00100010, text: 'Wang^XiaoDong=王^小东', raw: undefined }];
    const fileWith = (text: string, pixels = '') => {
      const elements = [
        { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
        { tag: 0x00080018, vr: 'UI', value: '2.25.1' },
        { tag: 0x00082218, vr: 'SQ', value: [[{ tag: 0x00080104, vr: 'LO', value: text }]] },
        { tag: 0x7fe00010, vr: 'OB', value: Buffer.from(`\0\0${pixels}`) },
      ];
      const meta = { sopClassUid: '1.2.3', sopInstanceUid: '2.25.1', transferSyntaxUid: '1.2.840.10008.1.2.1' };
      return joinChunks(encodePart10(meta, encodeDataSet(elements)));
    };
    for (const text of ['', 'Chest', 'WA', 'dong', '小', '东北'])
      expect(findIdentity(fileWith(text), identity)).toEqual([]);
    for (const text of ['xiaodong', 'by WANG XIAODONG.', '小东', '王小东', 'Wang, Xiao']) {
      expect(findIdentity(fileWith(text), identity), text).not.toEqual([]);
    }
    const inPixels = findIdentity(fileWith('', 'XiaoDong'), identity);
    expect(inPixels).toEqual([{ kind: 'name', from: 0x00100010, at: null }]);
  });

  it('takes a short number for a coincidence inside another one, and not when it stands alone', () => {
    const sought = { kind: 'id' as const, tag: 0x00100020, text: '123456', raw: undefined };
    expect(holdsIdentity('9123456', [sought])).toBe(false);
    for (const text of ['123456', 'ID 123456 ', 'a-123456/7']) expect(holdsIdentity(text, [sought]), text).toBe(true);
    expect(holdsIdentity('16', [{ ...sought, text: '16' }])).toBe(true);
    expect(holdsIdentity('16 bit', [{ ...sought, text: '16' }])).toBe(false);
  });
});

describe('the table', () => {
  /** Of the kept groups, what PS3.15 table E.1-1 (2024b) lists with X, Z, D or U and that is text or a sequence. */
  const listed = [
    0x00080050, 0x00080080, 0x00080081, 0x00080082, 0x00080090, 0x00080092, 0x00080094, 0x00080096, 0x0008009c,
    0x0008009d, 0x00081010, 0x00081030, 0x0008103e, 0x00081040, 0x00081041, 0x00081048, 0x00081049, 0x00081050,
    0x00081052, 0x00081060, 0x00081062, 0x00081070, 0x00081072, 0x00081080, 0x00081084, 0x00081088, 0x00081110,
    0x00081111, 0x00081120, 0x00081140, 0x00082111, 0x00082112, 0x00084000, 0x00080106, 0x00080107, 0x00080054,
    0x00080055, 0x00081000, 0x00180010, 0x00181000, 0x00181004, 0x00181005, 0x00181007, 0x00181008, 0x00181009,
    0x0018100a, 0x00181030, 0x00181400, 0x00184000, 0x00185011, 0x0018700a, 0x00189185, 0x00189367, 0x00189371,
    0x00189373, 0x0018937b, 0x0018937f, 0x00189424, 0x00189937, 0x0018a003, 0x001811bb, 0x00200010, 0x00200027,
    0x00203401, 0x00203406, 0x00204000, 0x00209158, 0x00284000,
  ];
  it('keeps nothing that the table of the standard lists', () => {
    expect(listed.filter((tag) => keptText.has(tag) || keptSequences.has(tag) || movableDates.has(tag))).toEqual([]);
  });
});

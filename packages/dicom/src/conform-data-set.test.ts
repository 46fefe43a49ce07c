import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../../../test/testkit/src/samples.ts';
import { conformDataSet, type Conforming } from './conform-data-set.ts';
import { recodePixels, writableSyntaxes } from './pixels/index.ts';
import { readPart10 } from './read-part10.ts';
import { encodePart10Header, joinChunks } from './write-part10.ts';
import type { WriteCharacterSet } from './write-text.ts';

const explicit = '1.2.840.10008.1.2.1';
const implicit = '1.2.840.10008.1.2';
const ctOf = (syntax: string) => sample(`transfer-syntax/ct-${syntax}.dcm`);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'conform-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const copyOf = async (file: string, syntax: string, over: Partial<Conforming> = {}): Promise<string> => {
  const part10 = readPart10(new Uint8Array(readFileSync(file)));
  const recoded = await recodePixels(part10.dataSet, part10.transferSyntaxUid, syntax);
  const bytes = joinChunks([
    encodePart10Header({
      sopClassUid: part10.mediaStorageSopClassUid ?? '',
      sopInstanceUid: part10.sopInstanceUid ?? '',
      transferSyntaxUid: syntax,
    }),
    ...conformDataSet(part10.dataSet, {
      isExplicit: syntax !== implicit,
      characterSet: null,
      set: recoded?.set ?? [],
      ...(recoded === null ? {} : { pixels: recoded.pixels }),
      ...over,
    }),
  ]);
  const path = join(folder, `${Math.random()}.dcm`);
  writeFileSync(path, bytes);
  return path;
};

/** dcmtk's programs judge what was written. */
const dcmtk = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const byDcmtk = (program: string, file: string, ...options: string[]): string => {
  const path = join(folder, `${Math.random()}.dcm`);
  dcmtk(program, ...options, file, path);
  return path;
};
/** Elements and values as dcmtk reads them, without the file's own meta information. */
const dump = (file: string): string[] =>
  dcmtk('dcmdump', '-q', file)
    .split('\n')
    .filter((line) => /^\s*\(/.test(line) && !/^\s*\((0002|fffe|7fe0|fffc|....,0000\))/.test(line))
    .map((line) =>
      line
        .replace(/ #.*$/, '')
        .replace(/\(Sequence with .*$/, '')
        .trim(),
    );
const pixelsIn = (file: string): Buffer => {
  const { dataSet } = readPart10(new Uint8Array(readFileSync(file)));
  const element = dataSet.elements.get(0x7fe00010);
  return Buffer.from(dataSet.bytes.subarray(element?.offset ?? 0, (element?.offset ?? 0) + (element?.length ?? 0)));
};

describe('a copy in another transfer syntax', () => {
  it.each([
    ['dcmdjpeg', '1.2.840.10008.1.2.4.51'],
    ['dcmdjpeg', '1.2.840.10008.1.2.4.57'],
    ['dcmdjpls', '1.2.840.10008.1.2.4.80'],
    ['dcmdjpls', '1.2.840.10008.1.2.4.81'],
    ['dcmdrle', '1.2.840.10008.1.2.5'],
    ['dcmconv', '1.2.840.10008.1.2.2'],
    ['dcmconv', '1.2.840.10008.1.2.1.99'],
  ])('has the pixels and elements that %s makes of %s', async (program, syntax) => {
    for (const [target, option] of [
      [explicit, '+te'],
      [implicit, '+ti'],
    ] as const) {
      const ours = await copyOf(ctOf(syntax), target);
      const theirs = byDcmtk(program, ctOf(syntax), option);
      expect(pixelsIn(ours).equals(pixelsIn(theirs))).toBe(true);
      expect(dump(ours)).toEqual(dump(theirs));
    }
  });

  it.each(writableSyntaxes.filter((syntax) => syntax !== explicit && syntax !== implicit))(
    'as %s decodes to the very pixels by dcmtk',
    async (syntax) => {
      const ours = await copyOf(ctOf(explicit), syntax);
      const decoded = byDcmtk(syntax.endsWith('.5') ? 'dcmdrle' : 'dcmdjpeg', ours);
      expect(pixelsIn(decoded).equals(pixelsIn(ctOf(explicit)))).toBe(true);
      expect(dump(ours)).toEqual(dump(ctOf(explicit)));
    },
  );

  it('has every value of odd length filled up', async () => {
    const file = sample('dx/dx-thorax-veterinary-fuji-ei.dcm');
    const original = readPart10(new Uint8Array(readFileSync(file)));
    const copy = readPart10(new Uint8Array(readFileSync(await copyOf(file, explicit))));
    const lengths = [original, copy].map(({ dataSet }) => dataSet.elements.get(0x7fe00010)?.length);
    expect(lengths).toEqual([35_659, 35_660]);
    expect((copy.dataSet.bytes.length - copy.dataSetOffset) % 2).toBe(0);
  });

  it('is not made of a data set that is cut', () => {
    const bytes = new Uint8Array(readFileSync(ctOf(explicit)));
    const { dataSet } = readPart10(bytes.subarray(0, bytes.length - 1_000));
    expect(() => conformDataSet(dataSet, { isExplicit: true, characterSet: null, set: [] })).toThrow(AppError);
  });
});

describe('a copy in another character set', () => {
  it.each([
    ['chrFren', 'ISO_IR 192'],
    ['chrRuss', 'ISO_IR 192'],
    ['chrKoreanMulti', 'GB18030'],
    ['zh-gb18030-dx', 'ISO_IR 192'],
    ['zh-utf8-dx', 'GB18030'],
    ['chrX1', 'GB18030'],
    ['chrX2', 'ISO_IR 192'],
    ['chrFren', 'GB18030'],
    ['chrFren', 'ISO_IR 100'],
  ] as const)('%s in %s reads as dcmtk reads it', async (name, characterSet: WriteCharacterSet) => {
    const file = sample(`charset/${name}.dcm`);
    const ours = await copyOf(file, explicit, { characterSet });
    const inUtf8 = (path: string) => dump(byDcmtk('dcmconv', path, '+U8', '+te'));
    expect(inUtf8(ours)).toEqual(inUtf8(file));
    expect(dump(ours)).toContain(`(0008,0005) CS [${characterSet}]`);
  });

  it('is refused, with the element and without its text, where the character set does not hold it', () => {
    const { dataSet } = readPart10(new Uint8Array(readFileSync(sample('charset/chrX1.dcm'))));
    const copy = () => conformDataSet(dataSet, { isExplicit: true, characterSet: 'ISO_IR 100', set: [] });
    expect(copy).toThrow(
      expect.objectContaining({
        code: 'DICOM_TEXT_UNENCODABLE',
        facts: { tag: '00100010', characterSet: 'ISO_IR 100', reason: 'not-held' },
      }),
    );
  });
});

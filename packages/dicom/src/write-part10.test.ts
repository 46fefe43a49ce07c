import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { elementsOf, encodeDataSet, type KeywordValues, type WriteOptions } from './write-data-set.ts';
import { encodePart10, joinChunks } from './write-part10.ts';
import { encodeText } from './write-text.ts';

const EXPLICIT_LE = '1.2.840.10008.1.2.1';
const IMPLICIT_LE = '1.2.840.10008.1.2';
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

function dump(values: KeywordValues, transferSyntaxUid: string, options: WriteOptions): string {
  const file = join(mkdtempSync(join(tmpdir(), 'write-')), 'a.dcm');
  const meta = { sopClassUid: SECONDARY_CAPTURE, sopInstanceUid: '2.25.1', transferSyntaxUid };
  writeFileSync(file, joinChunks(encodePart10(meta, encodeDataSet(elementsOf(values), options))));
  return execFileSync('dcmdump', ['-q', '+U8', file], { encoding: 'utf8' });
}

const pixels = Uint16Array.from({ length: 40_000 }, (_, i) => i);
const content: KeywordValues = {
  SOPClassUID: SECONDARY_CAPTURE,
  SOPInstanceUID: '2.25.1',
  PatientName: 'Zhang^San=张^三',
  AnatomicRegionSequence: { CodeValue: '816094009', CodingSchemeDesignator: 'SCT', CodeMeaning: 'Chest' },
  ViewCodeSequence: [],
  PixelSpacing: [0.139999999999999, 0.14],
  ImagerPixelSpacing: 1 / 3,
  ReferringPhysicianName: '',
  Rows: 200,
  SpiralPitchFactor: 1.375,
  PixelData: pixels,
};

describe('encodePart10, read by dcmdump', () => {
  it.each([
    ['explicit', EXPLICIT_LE, 'GB18030'],
    ['explicit', EXPLICIT_LE, 'ISO_IR 192'],
    ['implicit', IMPLICIT_LE, 'GB18030'],
  ] as const)('%s VR in %s reads back in %s', (kind, syntax, characterSet) => {
    const options: WriteOptions = { implicit: kind === 'implicit', characterSet };
    const text = dump({ ...content, SpecificCharacterSet: characterSet }, syntax, options);
    expect(text).toContain('[Zhang^San=张^三]');
    expect(text).toMatch(/\(0008,2218\) SQ \(Sequence with explicit length #=1\)/);
    expect(text).toContain('[816094009]');
    expect(text).toMatch(/\(0054,0220\) SQ .*#=0/);
    expect(text).toContain('[0.14\\0.14]');
    expect(text).toContain('[0.333333333]');
    expect(text).toMatch(/\(0018,9311\) FD 1\.375/);
    expect(text).toMatch(/\(0028,0010\) US 200/);
    expect(text).toContain('0000\\0001\\0002');
    expect(text).toMatch(/# {1,}80000, 1 PixelData/);
  });

  it('passes pixel data through without a copy', () => {
    const chunks = encodeDataSet(elementsOf(content));
    expect(chunks.some((chunk) => chunk.buffer === pixels.buffer)).toBe(true);
  });

  it('refuses a number that is none', () => {
    expect(() => encodeDataSet(elementsOf({ Rows: Number.NaN }))).toThrow('DICOM_VALUE_UNWRITABLE');
  });
});

describe('encodeText', () => {
  it.each(['张三', '㐀€', '𠮷野', 'ḿ', 'Wang^Wu=王^五'])('GB 18030 of %s decodes to itself', (text) => {
    expect(new TextDecoder('gb18030').decode(encodeText(text, 'GB18030'))).toBe(text);
  });

  it('writes the published GB 18030 bytes', () => {
    expect([...encodeText('王', 'GB18030')]).toEqual([0xcd, 0xf5]);
    expect([...encodeText('𠀀', 'GB18030')]).toEqual([0x95, 0x32, 0x82, 0x36]);
  });

  it('refuses what a Latin repertoire does not hold', () => {
    expect(() => encodeText('王', 'ISO_IR 100')).toThrow('DICOM_TEXT_UNENCODABLE');
  });
});

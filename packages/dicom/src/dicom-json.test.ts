import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type DicomJson, dicomJsonOf } from './dicom-json.ts';
import { readPart10 } from './read-part10.ts';
import { sampleBytes, samplePath } from './samples.fixture.ts';

/** dcmtk's own answer, bulk data apart. */
const dcm2json = (name: string): unknown =>
  comparable(JSON.parse(execFileSync('dcm2json', ['-q', samplePath(name)], { encoding: 'utf8', maxBuffer: 1 << 30 })));

/** dcmtk writes bulk data inline and keeps the character set of the file; numbers of 32-bit floats differ in digits. */
const comparable = (json: unknown): unknown => {
  if (typeof json === 'number') return Number(json.toPrecision(6));
  if (Array.isArray(json)) return json.map(comparable);
  if (typeof json !== 'object' || json === null) return json;
  const kept = Object.entries(json).filter(([key]) => key !== 'InlineBinary' && key !== '00080005');
  return Object.fromEntries(kept.map(([key, value]) => [key, comparable(value)]));
};

const jsonOf = (name: string, options?: Parameters<typeof dicomJsonOf>[1]): DicomJson =>
  dicomJsonOf(readPart10(sampleBytes(name)).dataSet, options);

describe('dicomJsonOf', () => {
  it.each([
    'transfer-syntax/ct-1.2.840.10008.1.2.1.dcm',
    'transfer-syntax/ct-1.2.840.10008.1.2.2.dcm',
    'exposure-index/DX-Im-GE_XR220-1.dcm',
    'exposure-index/MG-Im-GE_Seno_1_ForPresentation.dcm',
    'rdsr/CT-RDSR-GEPixelMed.dcm',
    'kos-pr-sr/kos-quality-issue.dcm',
    'phantom-planar/leeds.dcm',
    'pixel-format/liver_1frame.dcm',
  ])('says of %s what dcm2json says', (name) => {
    const expected = dcm2json(name) as DicomJson;

    expect(comparable(jsonOf(name))).toEqual(expected);
  });

  it('decodes Chinese text and announces Unicode', () => {
    const json = jsonOf('charset/zh-gb18030-dx.dcm');
    expect(json['00100010']).toEqual({
      vr: 'PN',
      Value: [{ Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小东' }],
    });
    expect(json['00081030']).toEqual({ vr: 'LO', Value: ['胸部正位 DR'] });
    expect(json['00080005']).toEqual({ vr: 'CS', Value: ['ISO_IR 192'] });
  });

  it('decodes an item by the character set of the item', () => {
    const [item] = jsonOf('charset/chrSQEncoding.dcm')['00321064']!.Value as DicomJson[];
    expect(item!['00100010']!.Value).toEqual([
      { Alphabetic: 'ﾔﾏﾀﾞ^ﾀﾛｳ', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' },
    ]);
  });

  it('refers to bulk data by the path it lies at, and leaves it out without a reference', () => {
    const paths: string[] = [];
    const name = 'transfer-syntax/ct-1.2.840.10008.1.2.1.dcm';
    const json = jsonOf(name, {
      bulkDataUri: (path) => {
        paths.push(path);
        return path === '7FE00010' ? '/frames' : undefined;
      },
    });
    expect(json['7FE00010']).toEqual({ vr: 'OW', BulkDataURI: '/frames' });
    expect(paths).toContain('7FE00010');
    expect(jsonOf(name)['7FE00010']).toEqual({ vr: 'OW' });
  });

  it('writes JSON numbers for decimal strings and keeps what is no number as text', () => {
    const json = jsonOf('dx/cr-chest-pa-nih-jpeg-baseline.dcm');
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(jsonOf('malformed/badVR.dcm')['00280008']).toEqual({ vr: 'IS', Value: ['1A'] });
  });
});

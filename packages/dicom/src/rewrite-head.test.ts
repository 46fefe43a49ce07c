import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDataSetOf } from './read-part10.ts';
import { rewriteHead, type HeadChanges } from './rewrite-head.ts';
import { elementsOf, encodeDataSet } from './write-data-set.ts';
import { encodePart10, joinChunks } from './write-part10.ts';
import type { WriteCharacterSet } from './write-text.ts';

const explicit = '1.2.840.10008.1.2.1';
const implicit = '1.2.840.10008.1.2';
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';
const pixels = new Uint8Array(64).map((_, index) => (index * 7) & 0xff);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiapian-copy-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const objectOf = (characterSet: WriteCharacterSet, syntax = explicit): Uint8Array =>
  joinChunks(
    encodeDataSet(
      [
        ...elementsOf({
          ...(characterSet === 'ISO_IR 6' ? {} : { SpecificCharacterSet: characterSet }),
          SOPClassUID: secondaryCapture,
          SOPInstanceUID: '1.2.3.3',
          StudyDate: '20261124',
          StudyTime: '100000',
          AccessionNumber: 'DR1',
          Modality: 'OT',
          ReferringPhysicianName: characterSet === 'ISO_IR 100' ? 'Müller^Jörg' : 'Mueller^Joerg',
          PatientName: characterSet === 'GB18030' ? '张^三' : 'Wrong^Person',
          PatientID: 'P1',
          PatientBirthDate: '19800102',
          PatientSex: 'M',
          PatientAge: '046Y',
          StudyInstanceUID: '1.2.3.1',
          SeriesInstanceUID: '1.2.3.2',
          StudyID: 'S1',
          SeriesNumber: 1,
          InstanceNumber: 1,
          SamplesPerPixel: 1,
          PhotometricInterpretation: 'MONOCHROME2',
          Rows: 8,
          Columns: 8,
          BitsAllocated: 8,
          BitsStored: 8,
          HighBit: 7,
          PixelRepresentation: 0,
          PixelData: pixels,
        }),
        { tag: 0x00080064, vr: 'CS', value: 'WSD' },
        {
          tag: 0x00081140,
          vr: 'SQ',
          value: [elementsOf({ ReferencedSOPClassUID: secondaryCapture, ReferencedSOPInstanceUID: '1.2.3.4' })],
        },
      ],
      { implicit: syntax === implicit, characterSet },
    ),
  );

const changes: HeadChanges = {
  set: elementsOf({ PatientName: '李^四', PatientID: 'P2', AccessionNumber: 'DR2' }),
  remove: new Set([0x00101010]),
  uidOf: (uid) => (uid.startsWith('1.2.3.') ? `2.25.9${uid.slice(6)}` : uid),
  modified: { at: '20261124120000', system: 'Jiapian' },
};

const copyOf = (bytes: Uint8Array, syntax = explicit, over: Partial<HeadChanges> = {}): Uint8Array => {
  const { from, to, bytes: head } = rewriteHead(readDataSetOf(bytes, 0, syntax), 0, { ...changes, ...over });
  return joinChunks([bytes.subarray(0, from), head, bytes.subarray(to)]);
};

const fileOf = (copy: Uint8Array, syntax: string, sopInstanceUid = '2.25.93'): string => {
  const path = join(folder, 'copy.dcm');
  const meta = { sopClassUid: secondaryCapture, sopInstanceUid, transferSyntaxUid: syntax };
  writeFileSync(path, joinChunks(encodePart10(meta, [copy])));
  return path;
};
const dump = (copy: Uint8Array, syntax = explicit): string =>
  execFileSync('dcmdump', ['+U8', '-Un', '+L', fileOf(copy, syntax)], { encoding: 'utf8' });
/** The validator speaks on both channels and ends with 1 where the test object itself lacks something. */
const complaintsOf = (path: string): string[] =>
  execFileSync('sh', ['-c', 'dciodvfy "$1" 2>&1 || true', 'dciodvfy', path], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.startsWith('Error'));
/** The part of the dump that is not what was before. */
const withoutOriginals = (text: string): string => text.replace(/\(0400,0561\)[\s\S]*?\(fffe,e0dd\)(?=.*\n\()/g, '');

const kinds: [WriteCharacterSet, string][] = [
  ['ISO_IR 6', explicit],
  ['ISO_IR 100', explicit],
  ['ISO_IR 192', explicit],
  ['GB18030', explicit],
  ['ISO_IR 100', implicit],
];

describe('the copy of an object with another patient', () => {
  it.each(kinds)('is read by dcmdump with the new name, from %s in %s', (characterSet, syntax) => {
    const text = dump(copyOf(objectOf(characterSet, syntax), syntax), syntax);
    expect(text).toMatch(/^\(0010,0010\) PN \[李\^四\s*\]/m);
    expect(text).toMatch(/^\(0010,0020\) LO \[P2\s*\]/m);
    expect(text).toMatch(/^\(0008,0050\) SH \[DR2\s*\]/m);
    expect(text).not.toMatch(/^\(0010,1010\)/m);
    expect(text).toMatch(/^\(0008,0090\) PN \[M(ü|ue)ller\^J(ö|oe)rg/m);
    // The character set is the object's own where it holds the name.
    const declared = execFileSync('dcmdump', [
      '+P',
      '0008,0005',
      fileOf(copyOf(objectOf(characterSet, syntax), syntax), syntax),
    ]);
    expect(declared.toString()).toContain(characterSet === 'GB18030' ? '[GB18030' : '[ISO_IR 192');
  });

  it.each(kinds)('is a valid object and says in it what it was before, from %s in %s', (characterSet, syntax) => {
    const object = objectOf(characterSet, syntax);
    const own = complaintsOf(fileOf(object, syntax, '1.2.3.3'));
    const path = fileOf(copyOf(object, syntax), syntax);
    expect(complaintsOf(path)).toEqual(own);
    const text = execFileSync('dcmdump', ['+U8', '-Un', path], { encoding: 'utf8' });
    const originals = text.slice(text.indexOf('(0400,0561)'));
    expect(originals).toContain(characterSet === 'GB18030' ? '[张^三' : '[Wrong^Person');
    for (const was of ['[P1', '[DR1', '[046Y', '[1.2.3.1', '[1.2.3.2', '[1.2.3.3', '[CORRECT', '[Jiapian'])
      expect(originals).toContain(was);
  });

  it('has its own UIDs, and refers by them to the others of its study', () => {
    const text = withoutOriginals(dump(copyOf(objectOf('ISO_IR 6'))));
    for (const [tag, uid] of [
      ['0008,0018', '2.25.93'],
      ['0020,000d', '2.25.91'],
      ['0020,000e', '2.25.92'],
      ['0008,1155', '2.25.94'],
    ])
      expect(text).toMatch(new RegExp(`\\(${tag}\\) UI \\[${uid}\\]`));
    expect(text).toContain(`(0008,0016) UI [${secondaryCapture}]`);
  });

  it('keeps every byte of the picture, and leaves the object itself as it was', () => {
    const object = objectOf('ISO_IR 100');
    const before = object.slice();
    const copy = copyOf(object);
    expect(copy.subarray(-pixels.length)).toEqual(pixels);
    expect(object).toEqual(before);
  });

  it('corrected twice keeps what both corrections changed', () => {
    const twice = copyOf(copyOf(objectOf('ISO_IR 6')), explicit, {
      set: elementsOf({ PatientID: 'P3' }),
      remove: new Set(),
    });
    const text = dump(twice);
    const originals = text.slice(text.indexOf('(0400,0561)'));
    expect(originals).toContain('[P1');
    expect(originals).toContain('[P2');
    expect(text.match(/\(0400,0562\)/g)).toHaveLength(2);
  });

  it('cannot be made of a data set that is big endian, or cut before its picture', () => {
    const bigEndian = { ...readDataSetOf(objectOf('ISO_IR 6'), 0, explicit) };
    const cut = readDataSetOf(objectOf('ISO_IR 6').subarray(0, 201), 0, explicit);
    const reasonOf = (head: typeof cut): unknown => {
      try {
        return rewriteHead(head, 0, changes);
      } catch (cause) {
        return (cause as { code: string; facts: { reason: string } }).code;
      }
    };
    expect(reasonOf({ ...bigEndian, encoding: { isExplicit: true, isLittleEndian: false } })).toBe(
      'DICOM_COPY_IMPOSSIBLE',
    );
    expect(reasonOf(cut)).toBe('DICOM_COPY_IMPOSSIBLE');
  });
});

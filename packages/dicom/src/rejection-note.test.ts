import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRejectionNote, KEY_OBJECT_SELECTION_SOP_CLASS, type RejectionNote } from './rejection-note.ts';
import { encodePart10, joinChunks } from './write-part10.ts';

const digitalXRay = '1.2.840.10008.5.1.4.1.1.1.1.1';
const note: RejectionNote = {
  title: 'quality',
  reason: { value: '111209', scheme: 'DCM', meaning: 'Positioning' },
  sopInstanceUid: '2.25.1001',
  seriesInstanceUid: '2.25.1000',
  madeAt: { date: '20261124', time: '104305' },
  patient: { name: '张^三', id: 'P1', issuer: '', birthDate: '19800102', sex: 'M' },
  study: { instanceUid: '2.25.1', date: '20261124', time: '103800', accessionNumber: 'DR1', id: '' },
  observer: '林^示范',
  institution: '示范市中心医院',
  description: '体位不当',
  language: 'zh-CN',
  softwareVersion: '0.1',
  series: [
    {
      instanceUid: '2.25.2',
      instances: [
        { sopClassUid: digitalXRay, sopInstanceUid: '2.25.3', isImage: true },
        { sopClassUid: digitalXRay, sopInstanceUid: '2.25.4', isImage: true },
      ],
    },
    {
      instanceUid: '2.25.5',
      instances: [{ sopClassUid: '1.2.840.10008.5.1.4.1.1.88.67', sopInstanceUid: '2.25.6', isImage: false }],
    },
  ],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiapian-note-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (over: Partial<RejectionNote>): string => {
  const whole = { ...note, ...over };
  const path = join(folder, `${whole.title}-${whole.observer === '' ? 'device' : 'person'}.dcm`);
  const meta = {
    sopClassUid: KEY_OBJECT_SELECTION_SOP_CLASS,
    sopInstanceUid: whole.sopInstanceUid,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
  };
  writeFileSync(path, joinChunks(encodePart10(meta, buildRejectionNote(whole))));
  return path;
};

/** The validator speaks on both channels and ends with 0 whatever it found. */
const complaintsOf = (path: string): string[] =>
  execFileSync('sh', ['-c', 'dciodvfy "$1" 2>&1', 'dciodvfy', path], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.startsWith('Error') || line === 'KeyObjectSelectionDocument');

const kinds: [string, Partial<RejectionNote>][] = [
  ['for quality, by a person', {}],
  ['for patient safety', { title: 'safety', reason: null }],
  ['for a wrong worklist entry', { title: 'worklist', reason: null, language: 'en', description: '' }],
  ['taken back in dcm4chee’s way', { title: 'revoke', reason: null }],
  ['for quality, by this program', { observer: '', institution: '' }],
];

describe('a rejection note', () => {
  it.each(kinds)('%s is a valid key object selection', (_, over) => {
    expect(complaintsOf(written(over))).toEqual(['KeyObjectSelectionDocument']);
  });

  it('is read by dsrdump with its title, reason, person, words and every object', () => {
    const text = execFileSync('dsrdump', ['+U8', '+Pc', written({})], { encoding: 'utf8' });
    for (const words of [
      'Key Object Selection Document',
      '(113001,DCM,"Rejected for Quality Reasons")',
      '(111209,DCM,"Positioning")',
      '林^示范',
      '体位不当',
      '张^三',
    ])
      expect(text).toContain(words);
    expect(text.match(/contains IMAGE/g)).toHaveLength(2);
    expect(text.match(/contains COMPOSITE/g)).toHaveLength(1);
  });

  it('names every object twice: as evidence, series by series, and as content', () => {
    const dump = execFileSync('dcmdump', ['+P', '0008,1155', '+P', '0020,000e', written({})], { encoding: 'utf8' });
    for (const uid of ['2.25.3', '2.25.4', '2.25.6']) expect(dump.split(`[${uid}]`)).toHaveLength(3);
    for (const uid of ['2.25.2', '2.25.5']) expect(dump).toContain(`[${uid}]`);
  });
});

/** The fields of a note that dcm4chee reads, in the DICOM JSON model as dcmtk writes it. */
interface NoteJson {
  [tag: string]: { Value?: (NoteJson & string)[] } | undefined;
}
const itemsOf = (json: NoteJson, tag: string): NoteJson[] => json[tag]?.Value ?? [];
const textOf = (json: NoteJson, tag: string): string => String(json[tag]?.Value?.[0] ?? '');

/**
 * What dcm4chee-arc-light does with a note (StoreServiceEJB, rejectInstances): it knows it by value and scheme of the
 * title, finds each object by series, UID and class, refuses the whole note over one that it does not find, and takes a
 * rejection back only where the title's own setting names the code of that rejection.
 */
const readAsDcm4chee = (path: string, archive: ReadonlyMap<string, string>, takesBack: ReadonlySet<string>) => {
  const json = JSON.parse(execFileSync('dcm2json', [path], { encoding: 'utf8' })) as NoteJson;
  const [title] = itemsOf(json, '0040A043');
  const isRevoke = `${textOf(title!, '00080100')}^${textOf(title!, '00080102')}` === 'REVOKE_REJECTION^99DCM4CHEE';
  const restored = itemsOf(json, '0040A375').flatMap((study) =>
    itemsOf(study, '00081115').flatMap((series) =>
      itemsOf(series, '00081199').map((object) => {
        const uid = textOf(object, '00081155');
        const rejectedBy = archive.get(
          [textOf(study, '0020000D'), textOf(series, '0020000E'), uid, textOf(object, '00081150')].join(' '),
        );
        if (rejectedBy === undefined) return 'no such instance';
        return takesBack.has(rejectedBy) ? uid : 'already rejected';
      }),
    ),
  );
  return { isRevoke, restored };
};

describe('a note that takes another one back, read as dcm4chee reads it', () => {
  const radiograph = (uid: string): string => `2.25.1 2.25.2 ${uid} ${digitalXRay}`;
  const archive = new Map([
    [radiograph('2.25.3'), '113001^DCM'],
    [radiograph('2.25.4'), '113001^DCM'],
    ['2.25.1 2.25.5 2.25.6 1.2.840.10008.5.1.4.1.1.88.67', '113001^DCM'],
  ]);
  const defaults = new Set(['113001^DCM', '113037^DCM', '113038^DCM']);

  it('is known by its title and restores exactly what was hidden', () => {
    const revoke = readAsDcm4chee(written({ title: 'revoke', reason: null }), archive, defaults);
    expect(revoke).toEqual({ isRevoke: true, restored: ['2.25.3', '2.25.4', '2.25.6'] });
    expect(readAsDcm4chee(written({}), archive, defaults).isRevoke).toBe(false);
  });

  it('would be refused by an archive that may not overwrite that rejection, which is its own setting', () => {
    const { restored } = readAsDcm4chee(written({ title: 'revoke', reason: null }), archive, new Set(['113039^DCM']));
    expect(new Set(restored)).toEqual(new Set(['already rejected']));
  });
});

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

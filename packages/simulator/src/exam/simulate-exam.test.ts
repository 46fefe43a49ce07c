import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePart10, joinChunks } from '@jiapian/dicom';
import { framesOf, type StoredFrame } from './film.fixture.ts';
import { smallSize } from './order.ts';
import { simulateExam, type ExamOptions, type SimulatedExam } from './simulate-exam.ts';

const hashOf = (exam: SimulatedExam): string => {
  const hash = createHash('sha256');
  for (const { dataSet } of exam.instances) for (const chunk of dataSet) hash.update(chunk);
  return hash.digest('hex');
};

const small = (options: ExamOptions): ExamOptions => ({ size: smallSize, ...options });

/** The first film of an exam, MONOCHROME2 on DR-1. */
const filmOf = (exam: SimulatedExam): StoredFrame => framesOf(exam)[0] as StoredFrame;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function brightShare(film: StoredFrame, box: Box): number {
  let bright = 0;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) if ((film.pixels[y * film.columns + x] ?? 0) > 3000) bright++;
  }
  return bright / (box.width * box.height);
}

/** Noise by the Immerkaer (1996) estimator, in stored values, over the middle third. */
function noiseOf(film: StoredFrame): number {
  let sum = 0;
  let count = 0;
  const at = (x: number, y: number): number => film.pixels[y * film.columns + x] ?? 0;
  for (let y = Math.floor(film.rows / 3); y < (film.rows * 2) / 3; y++) {
    for (let x = Math.floor(film.columns / 3); x < (film.columns * 2) / 3; x++) {
      const corners = at(x - 1, y - 1) + at(x + 1, y - 1) + at(x - 1, y + 1) + at(x + 1, y + 1);
      const sides = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1);
      sum += Math.abs(corners - 2 * sides + 4 * at(x, y));
      count++;
    }
  }
  return (Math.sqrt(Math.PI / 2) / (6 * count)) * sum;
}

const inDr1 = (options: ExamOptions): SimulatedExam => simulateExam('film', small({ device: 'DR-1', ...options }));

describe('simulateExam', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const one = hashOf(simulateExam(11, small({ procedure: 'hand' })));
    expect(hashOf(simulateExam(11, small({ procedure: 'hand' })))).toBe(one);
    expect(hashOf(simulateExam(12, small({ procedure: 'hand' })))).not.toBe(one);
  });

  it.each<[string, ExamOptions]>([
    ['defects', { forcedDefects: ['motion'] }],
    ['device', { device: 'DR-2' }],
    ['time', { startedAt: { date: '20260105', secondOfDay: 40_000 } }],
    ['size', { size: { ...smallSize, filmPixelMm: 0.7 } }],
  ])('never gives one UID to other bytes: another %s, another UID', (_, change) => {
    const base = small({ procedure: 'hand', device: 'DR-1' });
    const uid = (options: ExamOptions) => simulateExam(11, options).truth[0]?.sopInstanceUid;
    expect(uid({ ...base, ...change })).not.toBe(uid(base));
  });

  it('draws the same again when iterated twice', () => {
    const exam = simulateExam(3, small({ procedure: 'ct-head' }));
    expect(hashOf(exam)).toBe(hashOf(exam));
  });

  it('refuses a defect it does not know', () => {
    expect(() => simulateExam(1, { forcedDefects: ['smudge' as never] })).toThrow('SIMULATOR_UNKNOWN_DEFECT');
  });

  it('puts lead where the truth says the marker is, and nothing there when it is missing', () => {
    const withMarker = inDr1({ procedure: 'hand' });
    const box = withMarker.truth[0]?.marker;
    if (box === null || box === undefined) throw new Error('no marker');
    expect(brightShare(filmOf(withMarker), box)).toBeGreaterThan(0.1);
    const without = inDr1({ procedure: 'hand', forcedDefects: ['marker-missing'] });
    expect(without.truth[0]?.marker).toBeNull();
    expect(brightShare(filmOf(without), box)).toBe(0);
  });

  it('marks the other side when the marker is wrong', () => {
    const [right] = inDr1({ procedure: 'knee' }).truth;
    const [wrong] = inDr1({ procedure: 'knee', forcedDefects: ['marker-wrong-side'] }).truth;
    expect(right?.marker?.letter).toBe(right?.parameters['laterality']);
    expect(wrong?.marker?.letter).not.toBe(wrong?.parameters['laterality']);
    expect(wrong?.defects.map(({ kind }) => kind)).toEqual(['marker-wrong-side']);
  });

  it('has more noise and a lower exposure index when under-exposed', () => {
    const usual = inDr1({ procedure: 'pelvis' });
    const under = inDr1({ procedure: 'pelvis', forcedDefects: ['under-exposure'] });
    const share =
      Number(under.truth[0]?.parameters['relativeDose']) / Number(usual.truth[0]?.parameters['relativeDose']);
    // Quantum noise goes with the square root of the dose; anatomy adds the same to both.
    const expected = Math.sqrt(1 / share);
    const ratio = noiseOf(filmOf(under)) / noiseOf(filmOf(usual));
    expect(ratio).toBeGreaterThan(1.2);
    expect(ratio).toBeLessThan(expected * 1.15);
    expect(under.truth[0]?.parameters['deviationIndex']).toBeLessThan(-4);
  });

  it('sends a repeated film as a second object of the same series', () => {
    const { truth } = inDr1({ procedure: 'hand', forcedDefects: ['duplicate'] });
    expect(truth).toHaveLength(2);
    expect(truth[0]?.seriesInstanceUid).toBe(truth[1]?.seriesInstanceUid);
    expect(truth[0]?.sopInstanceUid).not.toBe(truth[1]?.sopInstanceUid);
  });

  it('stores bright air on the device that says MONOCHROME1', () => {
    const film = filmOf(simulateExam('film', small({ procedure: 'hand', device: 'DR-2' })));
    expect(film.pixels[5]).toBe(4095);
  });
});

describe('simulated objects, judged by dciodvfy and dcmdump', () => {
  it.each([
    ['chest-two-views', 'DR-1'],
    ['chest-mobile', 'DR-M1'],
    ['hand', 'DR-2'],
    ['ct-head', 'CT-1'],
    ['ct-chest', 'CT-2'],
    ['mr-brain', 'MR-1'],
  ])('%s of %s has no error and reads back in its character set', (procedure, device) => {
    const exam = simulateExam('header', small({ procedure, device }));
    const [first] = exam.instances;
    if (first === undefined) throw new Error('no object');
    const file = join(mkdtempSync(join(tmpdir(), 'simulate-')), 'a.dcm');
    writeFileSync(file, joinChunks(encodePart10(first, first.dataSet)));
    const verdict = execFileSync('sh', ['-c', `dciodvfy "${file}" 2>&1 || true`], { encoding: 'utf8' });
    expect(verdict.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
    const dump = execFileSync('dcmdump', ['-q', '+U8', file], { encoding: 'utf8' });
    expect(dump).toContain(`[${exam.patient.name}]`);
    expect(dump).toContain('示范市中心医院');
    expect(dump).toContain(exam.accessionNumber);
  });
});

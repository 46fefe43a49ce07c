import { describe, expect, it } from 'vitest';
import { radiographDefects, type DefectKind } from '../truth.ts';
import { correlation, framesOf, type StoredFrame } from './film.fixture.ts';
import { smallSize } from './order.ts';
import { simulateExam, type SimulatedExam } from './simulate-exam.ts';

const exam = (procedure: string, ...forcedDefects: DefectKind[]): SimulatedExam =>
  simulateExam('defects', { procedure, device: 'DR-1', size: smallSize, forcedDefects });
const first = (one: SimulatedExam): StoredFrame => framesOf(one)[0] as StoredFrame;
const defectOf = (one: SimulatedExam, kind: DefectKind) => one.truth[0]?.defects.find((defect) => defect.kind === kind);

describe('defects by construction', () => {
  it('a repeated film shows the same patient with other noise', () => {
    const [one, two] = framesOf(exam('lumbar', 'duplicate')) as [StoredFrame, StoredFrame];
    expect(correlation(one, two)).toBeGreaterThan(0.97);
    expect(one.pixels).not.toEqual(two.pixels);
  });

  it('two patients are not the same picture', () => {
    const other = simulateExam('another', { procedure: 'lumbar', device: 'DR-1', size: smallSize });
    expect(correlation(first(exam('lumbar')), first(other))).toBeLessThan(0.97);
  });

  it('dead columns are at full scale through the exposed field where the truth says', () => {
    const bad = exam('pelvis', 'dead-lines');
    const film = first(bad);
    const columns = String(defectOf(bad, 'dead-lines')?.facts['columns']).split(',').map(Number);
    expect(columns).toHaveLength(3);
    for (const x of columns)
      for (let y = Math.round(film.rows * 0.2); y < film.rows * 0.8; y++)
        expect(film.pixels[y * film.columns + x]).toBe(4095);
  });

  it('a foreign object is brighter than the clean film at its place and nowhere else', () => {
    const bad = exam('chest-pa', 'foreign-object');
    const [clean, film] = [first(exam('chest-pa')), first(bad)];
    const box = defectOf(bad, 'foreign-object')?.where;
    if (box === null || box === undefined) throw new Error('no place');
    let [inside, outside] = [0, 0];
    film.pixels.forEach((value, i) => {
      const [x, y] = [i % film.columns, Math.floor(i / film.columns)];
      if (value - (clean.pixels[i] ?? 0) < 700) return;
      const isInside = x >= box.x - 3 && x < box.x + box.width + 3 && y >= box.y - 3 && y < box.y + box.height + 3;
      if (isInside) inside++;
      else outside++;
    });
    expect(inside).toBeGreaterThan(40);
    expect(outside).toBeLessThan(inside / 20);
  });

  it('a field too wide exposes more of the detector', () => {
    const black = (film: StoredFrame): number => film.pixels.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
    expect(black(first(exam('lumbar', 'field-too-wide')))).toBeLessThan(black(first(exam('lumbar'))) * 0.6);
  });

  it('movement takes sharpness away', () => {
    const sharpness = (film: StoredFrame): number => {
      let sum = 0;
      for (let y = 40; y < film.rows - 40; y++) {
        for (let x = 40; x < film.columns - 40; x++) {
          const at = y * film.columns + x;
          // Two rows apart: detector noise between neighbours says nothing about movement.
          sum += Math.abs((film.pixels[at + 4 * film.columns] ?? 0) - (film.pixels[at] ?? 0));
        }
      }
      return sum;
    };
    expect(sharpness(first(exam('hand', 'motion')))).toBeLessThan(sharpness(first(exam('hand'))) * 0.97);
  });

  it('annotation is missing in the header where the truth says', () => {
    const bad = exam('hand', 'annotation-missing');
    expect(String(defectOf(bad, 'annotation-missing')?.facts['omitted']).length).toBeGreaterThan(0);
  });

  it.each([
    'motion',
    'grid-lines',
    'stitching',
    'double-exposure',
    'rotation',
    'anatomy-cut-off',
    'over-exposure',
  ] as const)('%s changes the film and is in the truth', (kind) => {
    const bad = exam('pelvis', kind);
    expect(bad.truth[0]?.defects.map((defect) => defect.kind)).toEqual([kind]);
    expect(first(bad).pixels).not.toEqual(first(exam('pelvis')).pixels);
  });

  it('a rate of 1 gives every film a defect, a rate of 0 none', () => {
    const at = (defectRate: number): number[] =>
      Array.from({ length: 12 }, (_, seed) => simulateExam(seed, { defectRate, size: smallSize })).flatMap(
        ({ truth }) => truth.map(({ defects }) => defects.length),
      );
    expect(Math.min(...at(1))).toBeGreaterThan(0);
    expect(Math.max(...at(0))).toBe(0);
  });

  it('every radiograph defect can be asked for', () => {
    for (const kind of radiographDefects) {
      const kinds = ['lumbar', 'chest-pa'].flatMap((procedure) =>
        exam(procedure, kind).truth.flatMap(({ defects }) => defects),
      );
      expect(kinds.map((defect) => defect.kind)).toContain(kind);
    }
  });
});

describe('slice defects by construction', () => {
  const slices = (procedure: string, ...forcedDefects: DefectKind[]): StoredFrame[] =>
    framesOf(simulateExam('slices', { procedure, size: smallSize, forcedDefects }));
  const mean = (frame: StoredFrame, rows: readonly [number, number]): number => {
    const part = frame.pixels.subarray(rows[0] * frame.columns, rows[1] * frame.columns);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  };

  it('metal reaches the top of the CT scale', () => {
    const highest = (frames: StoredFrame[]): number => Math.max(...frames.map(({ pixels }) => Math.max(...pixels)));
    expect(highest(slices('ct-abdomen', 'ct-metal-streaks'))).toBe(4095);
    expect(highest(slices('ct-abdomen'))).toBeLessThan(3000);
  });

  it('a patient off centre lies lower in the field', () => {
    const centre = (frame: StoredFrame): number => {
      let [sum, weight] = [0, 0];
      frame.pixels.forEach((value, i) => {
        if (value < 974) return;
        sum += Math.floor(i / frame.columns);
        weight++;
      });
      return sum / weight;
    };
    const [usual, off] = [slices('ct-head')[2], slices('ct-head', 'ct-off-centre')[2]] as [StoredFrame, StoredFrame];
    expect(centre(off) - centre(usual)).toBeGreaterThan(12);
  });

  it('ghosts put signal into the air above the head', () => {
    const [usual, ghosted] = [slices('mr-brain')[2], slices('mr-brain', 'mr-ghosting')[2]] as [
      StoredFrame,
      StoredFrame,
    ];
    expect(mean(ghosted, [0, 5])).toBeGreaterThan(mean(usual, [0, 5]) * 1.3);
  });
});

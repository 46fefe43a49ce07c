import { expect, it } from 'vitest';
import type { Measurement } from '../metrics/measurement.ts';
import { checkMarker } from './check-marker.ts';

const marker = (letter: string, column: number): Measurement => ({
  metric: 'side-marker',
  where: letter,
  value: 0.9,
  unit: '1',
  method: 'test',
  version: 1,
  place: { column, row: 10, width: 20, height: 30 },
});
const chest = { modality: 'DX', bodyPartExamined: 'CHEST', viewPosition: 'PA', columns: 1000 };
const leftKnee = { modality: 'DX', bodyPartExamined: 'KNEE', viewPosition: 'AP', imageLaterality: 'L', columns: 1000 };
const checksOf = (facts: object, ...markers: Measurement[]) => checkMarker(facts, markers).map(({ check }) => check);

it('the R of a frontal chest stands at the left of the picture, the L at the right', () => {
  expect(checksOf(chest, marker('R', 50))).toEqual([]);
  expect(checksOf(chest, marker('L', 900))).toEqual([]);
  expect(checksOf(chest, marker('R', 900))).toEqual(['marker-on-other-side']);
  expect(checksOf(chest, marker('L', 50))).toEqual(['marker-on-other-side']);
});

it('a head from the front is shown as if facing the viewer too', () => {
  const skull = { ...chest, bodyPartExamined: 'SKULL' };
  expect(checksOf(skull, marker('R', 50))).toEqual([]);
  expect(checksOf(skull, marker('L', 50))).toEqual(['marker-on-other-side']);
});

it('a lateral chest carries the letter of the side on the detector, wherever it stands', () => {
  expect(checksOf({ ...chest, viewPosition: 'LL' }, marker('L', 50))).toEqual([]);
  expect(checksOf({ ...chest, viewPosition: 'RL' }, marker('R', 900))).toEqual([]);
  expect(checkMarker({ ...chest, viewPosition: 'LL' }, [marker('R', 50)])).toEqual([
    expect.objectContaining({ check: 'marker-contradicts-side', keyword: 'ViewPosition', value: 'R', expected: 'L' }),
  ]);
});

it('a lateral of an unnamed side says nothing of its letter', () => {
  expect(checksOf({ ...chest, viewPosition: 'LAT' }, marker('R', 50))).toEqual([]);
});

it('the marker of a limb must name the side of the header, wherever it stands', () => {
  expect(checksOf(leftKnee, marker('L', 50))).toEqual([]);
  expect(checksOf(leftKnee, marker('R', 50))).toEqual(['marker-contradicts-side']);
});

it('says nothing of no letter, or of both', () => {
  expect(checksOf(chest)).toEqual([]);
  expect(checksOf(leftKnee, marker('L', 50), marker('R', 900))).toEqual([]);
});

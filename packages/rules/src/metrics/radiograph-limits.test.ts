import { expect, it } from 'vitest';
import { defaultDeductions } from '../grading/default-deductions.ts';
import { radiographRules } from './radiograph-limits.ts';
import { radiographMetrics } from './radiograph-metrics.ts';

it('every limit is on a figure that exists, in its unit, and has an id of its own', () => {
  for (const { id, metric, unit } of radiographRules) {
    const known = radiographMetrics.find((one) => one.metric === metric);
    expect(known?.unit, id).toBe(unit);
  }
  expect(new Set(radiographRules.map(({ id }) => id)).size).toBe(radiographRules.length);
});

it('every limit speaks to an item of the deduction catalogue', () => {
  const codes = defaultDeductions.map(({ code }) => code);
  for (const { id, deduction } of radiographRules) expect(codes, id).toContain(deduction);
});

it('a product default never passes for verified', () => {
  expect(radiographRules.filter(({ source, verified }) => source === 'PD' && verified)).toEqual([]);
});

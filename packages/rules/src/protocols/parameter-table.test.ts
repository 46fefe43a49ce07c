import { describe, expect, it } from 'vitest';
import { sources } from '../sources.ts';
import { parameterColumns } from './columns.ts';
import type { ParameterFacts } from './parameter-facts.ts';
import { parameterKindOf, tableFaults, type ParameterRow, type ParameterTable } from './parameter-table.ts';

const row = (over: Partial<ParameterRow> = {}): ParameterRow => ({
  rowId: 'r1',
  subject: 'CH01',
  phase: null,
  ageClass: 'adult',
  sizeClass: 'any',
  films: 20,
  note: '',
  cells: {
    tubeVoltageKv: { kind: 'number', value: 120, low: 116, high: 124 },
    grid: { kind: 'text', text: '12:1' },
  },
  ...over,
});
const tableOf = (...rows: ParameterRow[]): ParameterTable => ({ kind: 'projection', deviceSinceYear: 2020, rows });

describe('faults of a table', () => {
  it('are named, each at its place', () => {
    expect(tableFaults(tableOf())).toEqual([{ reason: 'no-rows', at: '' }]);
    expect(tableFaults(tableOf(row()))).toEqual([]);
    expect(tableFaults(tableOf(row(), row({ rowId: 'r2' })))).toEqual([{ reason: 'row-twice', at: 'r2' }]);
    expect(tableFaults(tableOf(row({ subject: ' ', cells: {} })))).toEqual([
      { reason: 'subject-missing', at: 'r1' },
      { reason: 'row-empty', at: 'r1' },
    ]);
    const wrong = row({
      cells: {
        tubeVoltageKv: { kind: 'number', value: 120, low: 121, high: 124 },
        exposureMas: { kind: 'number', value: 2, low: 0, high: 3, bySize: { diameterCm: 22, slopePerCm: 0.1 } },
        grid: { kind: 'text', text: '' },
      },
    });
    expect(tableFaults(tableOf(wrong))).toEqual([
      { reason: 'range-wrong', at: 'r1.tubeVoltageKv' },
      { reason: 'value-not-positive', at: 'r1.exposureMas' },
      { reason: 'text-empty', at: 'r1.grid' },
    ]);
  });
});

describe('the columns', () => {
  it('have one key each, known sources, and words in both languages', () => {
    for (const columns of Object.values(parameterColumns)) {
      expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
      for (const { name, source, verified, read, above, below } of columns) {
        expect([name.zh, name.en]).not.toContain('');
        expect(source.split(', ').filter((key) => sources[key] === undefined)).toEqual([]);
        expect(verified).toBe(false);
        if (read !== null) expect([above.zh, above.en, below.zh, below.en]).not.toContain('');
      }
    }
  });

  it('read a header in the unit they show', () => {
    const read = (key: string, facts: ParameterFacts) =>
      parameterColumns.projection.find((column) => column.key === key)?.read?.(facts, 65);
    expect(read('exposureMas', { exposureUas: 2500, exposureMas: 3 })).toBe(2.5);
    expect(read('exposureMas', { exposureMas: 3 })).toBe(3);
    expect(read('exposureMas', { tubeCurrentMa: 200, exposureTimeMs: 10 })).toBe(2);
    expect(read('exposureMas', {})).toBeUndefined();
    expect(read('sourceDetectorCm', { distanceSourceToDetectorMm: 1800 })).toBe(180);
    expect(read('grid', { grid: ['NONE'] })).toBe('NONE');
    expect(read('grid', { grid: ['FIXED'], gridAspectRatio: '8\\1' })).toBe('8:1');
    expect(
      read('fieldCm2', {
        collimatorLeftEdge: 0,
        collimatorRightEdge: 1000,
        collimatorUpperEdge: 100,
        collimatorLowerEdge: 1100,
        pixelSpacing: { rowMm: 0.2, columnMm: 0.1 },
      }),
    ).toBeCloseTo(200, 9);
  });

  it('stand for the modalities that have a table', () => {
    expect(['DX', 'MG', 'CT', 'MR', 'US'].map(parameterKindOf)).toEqual(['projection', 'projection', 'CT', 'MR', null]);
  });
});

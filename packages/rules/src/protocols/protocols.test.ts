import { transition } from '@jiapian/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftTable, fewestFilmsOfRow } from './draft-table.ts';
import { judgeFilm } from './judge-film.ts';
import type { ParameterFacts } from './parameter-facts.ts';
import type { ParameterRow, ParameterTable } from './parameter-table.ts';
import { patientSizeOf } from './patient-class.ts';
import { scanPhaseOf } from './scan-phase.ts';
import { parameterTableEvents, parameterTableStates, parameterTableTable } from './table-state.ts';

/** 1.70 m and 65 kg: BMI 22.5, a water cylinder of 22.06 cm. */
const medium = { patientAge: '045Y', patientSizeM: 1.7, patientWeightKg: 65 };
const chest: ParameterFacts = {
  ...medium,
  kvp: 120,
  exposureUas: 2500,
  distanceSourceToDetectorMm: 1800,
  grid: ['FIXED', 'FOCUSED'],
  gridAspectRatio: '12\\1',
};

describe('the states of a table', () => {
  it('are what they are meant to be, pair by pair', () => {
    const walked = parameterTableStates.map((state) =>
      parameterTableEvents.map((event) => {
        const next = transition(parameterTableTable, state, event);
        return next.ok ? next.value : '-';
      }),
    );
    expect(walked).toEqual([
      ['draft', 'owner-signed', 'leader-signed', '-', 'dropped'],
      ['draft', '-', 'in-force', '-', 'dropped'],
      ['draft', 'in-force', '-', '-', 'dropped'],
      ['-', '-', '-', 'superseded', '-'],
      ['-', '-', '-', '-', '-'],
      ['-', '-', '-', '-', '-'],
    ]);
  });
});

describe('the patient', () => {
  it.each([
    ['364D', 'under-1'],
    ['001Y', '1-to-4'],
    ['004Y', '1-to-4'],
    ['005Y', '5-to-9'],
    ['010Y', '10-to-14'],
    ['014Y', '10-to-14'],
    ['015Y', 'adult'],
    ['024M', '1-to-4'],
  ])('of age %s is classed %s', (patientAge, ageClass) => {
    expect(patientSizeOf({ patientAge }).ageClass).toBe(ageClass);
  });

  it('has an age by birth date where the device writes none, and none where both are missing or impossible', () => {
    expect(patientSizeOf({ patientBirthDate: '2000-01-01', studyDate: '2026-01-01' }).ageClass).toBe('adult');
    expect(patientSizeOf({ patientBirthDate: '2027-01-01', studyDate: '2026-01-01' }).ageClass).toBeNull();
    expect(patientSizeOf({}).ageClass).toBeNull();
  });

  // BMI at, just below and just above each border; 100 kg/m² per metre of 2 m: weight = 4 · BMI.
  it.each([
    [4 * 18.4, 'thin'],
    [4 * 18.5, 'medium'],
    [4 * 23.9, 'medium'],
    [4 * 24, 'large'],
    [4 * 27.9, 'large'],
    [4 * 28, 'very-large'],
  ])('of 2 m and %f kg is %s', (patientWeightKg, sizeClass) => {
    expect(patientSizeOf({ patientAge: '040Y', patientSizeM: 2, patientWeightKg }).sizeClass).toBe(sizeClass);
  });

  it('has the diameter of a water cylinder of the same weight and height', () => {
    // 65 kg over 1.7 m: 0.065 m³ ÷ 1.7 m = 0.038235 m², diameter 0.22064 m.
    expect(patientSizeOf(medium).diameterCm).toBeCloseTo(22.064, 2);
  });

  it('has no size when weight or height is missing or typed wrongly', () => {
    expect(patientSizeOf({ ...medium, patientWeightKg: undefined })).toMatchObject({
      sizeClass: null,
      diameterCm: null,
    });
    expect(patientSizeOf({ ...medium, patientSizeM: 170 }).sizeClass).toBeNull();
    expect(patientSizeOf({ ...medium, patientWeightKg: 0 }).sizeClass).toBeNull();
  });
});

describe('the phase', () => {
  it.each([
    [{ seriesDescription: '上腹部平扫' }, 'plain'],
    [{ seriesDescription: '上腹部 动脉期' }, 'arterial'],
    [{ seriesDescription: 'Portal venous 5mm' }, 'venous'],
    [{ seriesDescription: '延迟期' }, 'delayed'],
    [{ protocolName: 'Abdomen C+' }, 'contrast'],
    [{ contrastBolusAgent: 'Iohexol' }, 'contrast'],
    [{}, 'plain'],
    [{ seriesDescription: '平扫', contrastBolusAgent: 'Iohexol' }, null],
  ])('of %j is %s', (facts, phase) => {
    expect(scanPhaseOf(facts)).toBe(phase);
  });
});

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

describe('judging', () => {
  it.each([
    [115.9, 'below', 'deviates'],
    [116, 'within', 'within'],
    [124, 'within', 'within'],
    [124.1, 'above', 'deviates'],
  ])('%f kV against 116–124 is %s', (kvp, state, verdict) => {
    const judged = judgeFilm(tableOf(row()), 'CH01', { ...chest, kvp });
    expect(judged.columns.find(({ column }) => column === 'tubeVoltageKv')).toMatchObject({ state, expected: 120 });
    expect(judged.verdict).toBe(verdict);
  });

  it('tells direction and share of a deviation', () => {
    const judged = judgeFilm(tableOf(row()), 'CH01', { ...chest, kvp: 90 });
    expect(judged.columns[0]).toMatchObject({ actual: 90, expected: 120, deviation: -0.25, state: 'below' });
  });

  it('says another word differs, whatever its case and spaces', () => {
    const without = { ...chest, grid: ['NONE'] };
    expect(judgeFilm(tableOf(row()), 'CH01', without).columns[1]).toMatchObject({ state: 'differs', actual: 'NONE' });
    const cells = { exposureControl: { kind: 'text', text: 'manual' } } as const;
    const spoken = { ...chest, exposureControlMode: 'MANUAL' };
    expect(judgeFilm(tableOf(row({ cells })), 'CH01', spoken).verdict).toBe('within');
  });

  it('moves the range with the size of the patient', () => {
    const cells = {
      exposureMas: { kind: 'number', value: 2, low: 1.6, high: 2.5, bySize: { diameterCm: 22, slopePerCm: 0.1 } },
    } as const;
    // 120 kg over 1.7 m: a cylinder of 29.98 cm, 7.98 cm more: exp(0.798) = 2.221 times.
    const large = { ...chest, patientWeightKg: 120, exposureUas: 4400 };
    const [judged] = judgeFilm(tableOf(row({ cells })), 'CH01', large).columns;
    expect(judged?.expected).toBeCloseTo(4.442, 2);
    expect(judged).toMatchObject({ state: 'within', actual: 4.4 });
    expect(judgeFilm(tableOf(row({ cells })), 'CH01', { ...large, patientWeightKg: 65 }).columns[0]?.state).toBe(
      'above',
    );
  });

  it('does not judge what must follow the size when the size is unknown, and never calls the film within', () => {
    const cells = {
      ...row().cells,
      exposureMas: { kind: 'number', value: 2.5, low: 2, high: 3 },
    } as const;
    const unsized = { ...chest, patientWeightKg: undefined };
    const judged = judgeFilm(tableOf(row({ cells })), 'CH01', unsized);
    expect(judged).toMatchObject({ verdict: 'not-judged', reason: 'size-unknown' });
    expect(judged.columns.map(({ state }) => state)).toEqual(['within', 'not-judged', 'within']);
    expect(judgeFilm(tableOf(row({ cells })), 'CH01', { ...unsized, kvp: 90 }).verdict).toBe('deviates');
  });

  it.each([
    [null, {}, 'position-unknown'],
    ['HD01', {}, 'no-row'],
    ['CH01', { patientAge: undefined }, 'age-unknown'],
    ['CH01', { patientAge: '006Y' }, 'no-row-for-age'],
  ] as const)('of %s with %j is left with the reason', (subject, over, reason) => {
    const judged = judgeFilm(tableOf(row()), subject, { ...chest, ...over });
    expect(judged).toMatchObject({ verdict: 'not-judged', reason, rowId: null, columns: [] });
  });

  it('says when the table has rows by size and the size is unknown, or has none of the size', () => {
    const sized = tableOf(row({ sizeClass: 'medium' }));
    expect(judgeFilm(sized, 'CH01', { ...chest, patientWeightKg: undefined }).reason).toBe('size-unknown');
    expect(judgeFilm(sized, 'CH01', { ...chest, patientWeightKg: 120 }).reason).toBe('no-row-for-size');
    expect(judgeFilm(sized, 'CH01', chest).rowId).toBe('r1');
  });

  it('takes the row of the patient’s class before the one for any', () => {
    const table = tableOf(row(), row({ rowId: 'r2', sizeClass: 'medium' }));
    expect(judgeFilm(table, 'CH01', chest).rowId).toBe('r2');
    expect(judgeFilm(table, 'CH01', { ...chest, patientWeightKg: 120 }).rowId).toBe('r1');
  });

  it('says that the header is silent', () => {
    const judged = judgeFilm(tableOf(row()), 'CH01', { ...chest, kvp: undefined });
    expect(judged).toMatchObject({ verdict: 'not-judged', reason: 'header-silent' });
  });

  it('holds contrast against the weight and each phase against its own row', () => {
    const scan = (rowId: string, phase: ParameterRow['phase']): ParameterRow =>
      row({
        rowId,
        phase,
        ageClass: 'adult',
        subject: 'Abdomen',
        cells: { contrastMlPerKg: { kind: 'number', value: 1.2, low: 1, high: 1.4 } },
      });
    const table: ParameterTable = {
      kind: 'CT',
      deviceSinceYear: null,
      rows: [scan('a', 'arterial'), scan('v', 'venous')],
    };
    const scanned = {
      ...medium,
      contrastBolusAgent: 'Iohexol',
      contrastBolusVolumeMl: 104,
      seriesDescription: '静脉期',
    };
    // 104 ml for 65 kg are 1.6 ml/kg.
    const judged = judgeFilm(table, 'Abdomen', scanned);
    expect(judged).toMatchObject({ verdict: 'deviates', rowId: 'v', phase: 'venous' });
    expect(judged.columns[0]).toMatchObject({ state: 'above', actual: 1.6 });
    const unweighed = judgeFilm(table, 'Abdomen', { ...scanned, patientWeightKg: undefined, patientSizeM: undefined });
    expect(unweighed).toMatchObject({ verdict: 'not-judged', reason: 'weight-unknown' });
    expect(judgeFilm(table, 'Abdomen', { ...scanned, seriesDescription: '延迟期' }).reason).toBe('no-row-for-phase');
    expect(judgeFilm(table, 'Abdomen', { ...scanned, seriesDescription: undefined }).reason).toBe('phase-unknown');
    expect(judgeFilm(table, 'Abdomen', { ...scanned, seriesDescription: '平扫' }).reason).toBe('phase-unknown');
  });

  it('finds every film of a table within that lies on its values, whatever the size', () => {
    fc.assert(
      fc.property(fc.double({ min: 40, max: 150, noNaN: true }), (patientWeightKg) => {
        const cells = {
          exposureMas: { kind: 'number', value: 2, low: 1.9, high: 2.1, bySize: { diameterCm: 22, slopePerCm: 0.077 } },
        } as const;
        const size = patientSizeOf({ ...medium, patientWeightKg }).diameterCm!;
        const exposureUas = 2000 * Math.exp(0.077 * (size - 22));
        expect(judgeFilm(tableOf(row({ cells })), 'CH01', { ...medium, patientWeightKg, exposureUas }).verdict).toBe(
          'within',
        );
      }),
    );
  });
});

describe('a draft', () => {
  const films = (count: number, over: (at: number) => Partial<ParameterFacts>) =>
    Array.from({ length: count }, (_, at) => ({ subject: 'CH01', facts: { ...chest, ...over(at) } }));

  it('takes medians and spread, and the word most films agree on', () => {
    const { rows } = draftTable(
      'projection',
      films(21, (at) => ({ kvp: 110 + at, grid: at < 2 ? ['NONE'] : ['FOCUSED'] })),
    );
    expect(rows).toHaveLength(1);
    // 110…130: median 120, deviations 0…10 with median 5: 3 · 1.4826 · 5 = 22.239.
    expect(rows[0]).toMatchObject({ subject: 'CH01', ageClass: 'adult', sizeClass: 'medium', films: 21 });
    expect(rows[0]?.cells['tubeVoltageKv']).toEqual({ kind: 'number', value: 120, low: 97.76, high: 142.2 });
    expect(rows[0]?.cells['grid']).toEqual({ kind: 'text', text: '12:1' });
  });

  it('gives a value that never varies the least spread of its column', () => {
    const { rows } = draftTable(
      'projection',
      films(20, () => ({})),
    );
    // 3 % of 120 kV.
    expect(rows[0]?.cells['tubeVoltageKv']).toEqual({ kind: 'number', value: 120, low: 116.4, high: 123.6 });
  });

  it('has no row of fewer films than it needs, and one of just enough', () => {
    expect(
      draftTable(
        'projection',
        films(fewestFilmsOfRow - 1, () => ({})),
      ).rows,
    ).toEqual([]);
    expect(
      draftTable(
        'projection',
        films(fewestFilmsOfRow, () => ({})),
      ).rows,
    ).toHaveLength(1);
  });

  it('has no cell for what films disagree on or do not say', () => {
    const { rows } = draftTable(
      'projection',
      films(20, (at) => ({ gridAspectRatio: at % 2 ? '8\\1' : '12\\1', kvp: undefined })),
    );
    expect(Object.keys(rows[0]?.cells ?? {})).not.toContain('grid');
    expect(Object.keys(rows[0]?.cells ?? {})).not.toContain('tubeVoltageKv');
  });

  it('takes the size out of mAs, by the slope of the device’s own films', () => {
    const slope = 0.1;
    const sized = films(60, (at) => {
      const patientWeightKg = 55 + (at % 15);
      const diameter = patientSizeOf({ ...medium, patientWeightKg }).diameterCm!;
      return { patientWeightKg, exposureUas: 2000 * Math.exp(slope * (diameter - 22)) };
    });
    const cell = draftTable('projection', sized).rows.find(({ sizeClass }) => sizeClass === 'medium')?.cells[
      'exposureMas'
    ];
    expect(cell).toMatchObject({ kind: 'number', bySize: { slopePerCm: 0.1 } });
  });

  it('gives a class of few films the row for any size, and leaves films of unknown age out', () => {
    const mixed = [
      ...films(20, () => ({})),
      ...films(2, () => ({ patientWeightKg: 110 })),
      ...films(9, () => ({ patientAge: undefined })),
    ];
    const { rows } = draftTable('projection', mixed);
    expect(rows.map(({ sizeClass, films: count }) => [sizeClass, count])).toEqual([
      ['medium', 20],
      ['any', 22],
    ]);
  });

  it('of robust values is not moved by a third of bad films', () => {
    const spoiled = films(30, (at) => ({ kvp: at < 10 ? 60 : 120 }));
    expect(draftTable('projection', spoiled).rows[0]?.cells['tubeVoltageKv']).toMatchObject({ value: 120 });
  });

  it('keeps every film it was drafted from within, when they do not vary', () => {
    const own = films(30, (at) => ({ patientWeightKg: 56 + (at % 10), exposureUas: 2500 + (at % 3) * 10 }));
    const table = draftTable('projection', own);
    expect(own.map(({ facts }) => judgeFilm(table, 'CH01', facts).verdict)).toEqual(own.map(() => 'within'));
  });

  it('keeps the phases of CT apart and names the protocol', () => {
    const scans = Array.from({ length: 20 }, (_, at) => ({
      subject: '上腹部',
      facts: { ...medium, kvp: 120, seriesDescription: at % 2 ? '动脉期' : '平扫' },
    }));
    expect(draftTable('CT', scans).rows.map(({ phase, films: count }) => [phase, count])).toEqual([
      ['arterial', 10],
      ['plain', 10],
    ]);
  });
});

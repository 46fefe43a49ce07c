import { describe, expect, it } from 'vitest';
import { grades } from '@jiapian/kernel';
import { defaultStandard } from './default-standard.ts';
import { capOf } from './grade-film.ts';
import { modalityClassOf } from '../modality.ts';
import { deductionsFor } from './standard.ts';
import { rejectReasonGroups, rejectReasons } from './reject-reasons.ts';

const { deductions, conditions } = defaultStandard;
const codesFor = (modality: string) => deductionsFor(defaultStandard, modality).map((item) => item.code);

/** Keys that the workstation uses for viewing, the case and the lists; a defect must not take them. */
const viewerKeys = ['O', 'I', 'G', 'M', 'H', 'N', 'L'];

describe('the default standard', () => {
  it('holds the whole catalogue D01 to D18', () => {
    const catalogue = new Set(deductions.map((item) => item.code.slice(0, 3)));
    const expected = Array.from({ length: 18 }, (_, index) => `D${String(index + 1).padStart(2, '0')}`);
    expect([...catalogue].sort()).toEqual(expected);
  });

  // Points, caps and vetoes as the hospital rules collected for this product give them, transcribed by hand.
  it.each([
    ['D01-patient', [100], 'reject'],
    ['D01-side', [100], 'reject'],
    ['D01-part', [100], 'reject'],
    ['D02', [10, 20, 30], 'reject'],
    ['D03', [5, 10, 15], null],
    ['D04', [5, 10], null],
    ['D05', [5, 10, 20], null],
    ['D06', [5, 10], null],
    ['D07', [5, 10, 20], null],
    ['D08', [5, 10], null],
    ['D09', [5, 10, 15], 'C'],
    ['D10', [5, 10, 15], null],
    ['D11', [10], 'B'],
    ['D12', [2, 4, 6, 8, 10], null],
    ['D13', [3, 5], null],
    ['D14', [5, 10], null],
    ['D15', [10, 20], null],
    ['D16', [5, 10], null],
    ['D17', [5, 10], null],
    ['D18', [20, 40], 'C'],
  ] as const)('%s has the points and the strictest cap that were collected', (code, steps, cap) => {
    const item = deductions.find((candidate) => candidate.code === code)!;
    expect([item.steps, capOf(item, item.steps.length)]).toEqual([steps, cap]);
  });

  it.each(['DX', 'CR', 'MG', 'OT', 'CT', 'MR'])('gives no key twice on a sheet for %s', (modality) => {
    const keys = deductionsFor(defaultStandard, modality).map((item) => item.key);
    expect(keys.length).toBe(new Set(keys).size);
    expect(keys.filter((key) => viewerKeys.includes(key))).toEqual([]);
    expect(keys.filter((key) => ['1', '2', '3', '4'].includes(key))).toEqual([]);
  });

  it('puts the keys of the score sheet where the screens show them', () => {
    const keyOf = Object.fromEntries(deductions.map((item) => [item.code, item.key]));
    expect(keyOf).toMatchObject({
      'D01-patient': '7',
      'D01-side': '8',
      'D01-part': '9',
      D02: 'Q',
      D03: 'W',
      D04: 'E',
      D14: 'R',
      D17: 'Y',
      D05: 'A',
      D06: 'S',
      D07: 'D',
      D08: 'F',
      D09: 'Z',
      D10: 'X',
      D11: 'C',
      D12: 'V',
    });
  });

  it('asks a radiograph for its marker and field, a CT or MR for slice and phase', () => {
    expect(modalityClassOf('CT')).toBe('cross-sectional');
    expect(modalityClassOf('DX')).toBe('projection');
    const only = (code: string) => ['DX', 'CT'].filter((modality) => codesFor(modality).includes(code));
    expect(['D04', 'D11', 'D15', 'D16', 'D07'].map(only)).toEqual([['DX'], ['DX'], ['CT'], ['CT'], ['DX', 'CT']]);
  });

  it('has points and caps that never get milder with another press', () => {
    for (const item of deductions) {
      const caps = item.steps.map((_, index) => capOf(item, index + 1));
      for (let index = 1; index < item.steps.length; index += 1) {
        expect(item.steps[index]!, item.code).toBeGreaterThan(item.steps[index - 1]!);
        expect(grades.indexOf(caps[index] ?? 'A'), item.code).toBeGreaterThanOrEqual(
          grades.indexOf(caps[index - 1] ?? 'A'),
        );
      }
      if (item.stepNames) expect(item.stepNames.length).toBe(item.steps.length);
    }
  });

  it('charges every item to a condition it has', () => {
    const known = conditions.map((condition) => condition.code);
    expect(deductions.filter((item) => !known.includes(item.condition))).toEqual([]);
  });

  it('lists the four basic conditions and the six general criteria', () => {
    expect(conditions.filter((condition) => condition.kind === 'basic').length).toBe(4);
    expect(conditions.filter((condition) => condition.kind === 'general').length).toBe(6);
  });

  it('names a source for every number and wording, and calls no product default verified', () => {
    const { scaleSource, conditionFailPointsSource, conditionScaleSource } = defaultStandard;
    const sourced = [...deductions, ...conditions, scaleSource, conditionFailPointsSource, conditionScaleSource];
    for (const { source, verified } of sourced) {
      expect(source).toMatch(/^(S\d\d|GKU|PD)$/);
      if (!source.startsWith('S')) expect(verified).toBe(false);
    }
  });

  it('survives being stored as JSON', () => {
    expect(JSON.parse(JSON.stringify(defaultStandard))).toEqual(defaultStandard);
  });
});

describe('the reject reasons', () => {
  // CID 7011 as pydicom's code dictionary gives it.
  it('are the sixteen of CID 7011', () => {
    const codes = rejectReasons.map((reason) => reason.code).sort();
    expect(codes).toEqual([...Array.from({ length: 15 }, (_, index) => String(111207 + index)), '113026']);
  });

  it('stand in a named group, in both languages', () => {
    for (const { group, name } of rejectReasons) {
      expect(rejectReasonGroups[group].zh).not.toBe('');
      expect(name.zh).not.toBe('');
      expect(name.en).not.toBe('');
    }
  });
});

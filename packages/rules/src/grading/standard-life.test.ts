import { describe, expect, it } from 'vitest';
import { standardFaults } from './check-standard.ts';
import { standardChanges } from './compare-standards.ts';
import { defaultStandard } from './default-standard.ts';
import { regrade, regradeWith } from './regrade.ts';
import { rejectReasons } from './reject-reasons.ts';
import type { DeductionItem, ReviewStandard } from './standard.ts';

const known = rejectReasons.map(({ code }) => code);
const faultsOf = (standard: ReviewStandard) => standardFaults(standard, known);
const withItem = (code: string, change: Partial<DeductionItem>): ReviewStandard => ({
  ...defaultStandard,
  deductions: defaultStandard.deductions.map((item) => (item.code === code ? { ...item, ...change } : item)),
});

describe('standardFaults', () => {
  it('finds nothing wrong with the standard a hospital starts with', () => {
    expect(faultsOf(defaultStandard)).toEqual([]);
  });

  it.each<[string, ReviewStandard, string, string]>([
    ['points over 100', withItem('D02', { steps: [10, 101] }), 'points-over-start', 'deductions.D02.steps'],
    ['falling steps', withItem('D02', { steps: [20, 10] }), 'points-falling', 'deductions.D02.steps'],
    ['no steps', withItem('D02', { steps: [] }), 'steps-missing', 'deductions.D02.steps'],
    ['an unknown condition', withItem('D02', { condition: 'X' }), 'condition-unknown', 'deductions.D02.condition'],
    [
      'a missing translation',
      withItem('D02', { name: { zh: '范围', en: ' ' } }),
      'translation-missing',
      'deductions.D02.name',
    ],
    ['a key used twice', withItem('D03', { key: 'Q' }), 'key-twice', 'deductions.D03.key'],
    ['a veto that leaves 丙', withItem('D01-side', { cap: 'C' }), 'veto-not-reject', 'deductions.D01-side.cap'],
    [
      'a cap at a step it does not have',
      withItem('D02', { steps: [10], capAtStep: { step: 2, cap: 'reject' } }),
      'cap-beyond-steps',
      'deductions.D02.capAtStep',
    ],
    [
      'one code twice',
      {
        ...defaultStandard,
        deductions: [...defaultStandard.deductions, { ...defaultStandard.deductions[0]!, key: '0' }],
      },
      'code-twice',
      'deductions.D01-patient',
    ],
    [
      'bounds that rise',
      {
        ...defaultStandard,
        scale: [
          { grade: 'A', atLeast: 75 },
          { grade: 'B', atLeast: 75 },
          { grade: 'C', atLeast: 60 },
        ],
      },
      'scale-not-falling',
      'scale.B',
    ],
    ['no conditions', { ...defaultStandard, conditions: [] }, 'nothing-to-judge', 'conditions'],
    [
      'a reason outside CID 7011',
      { ...defaultStandard, rejectReasons: [{ ...rejectReasons[0]!, code: '999' }] },
      'reason-unknown',
      'rejectReasons.999',
    ],
  ])('refuses %s', (_, standard, reason, at) => {
    expect(faultsOf(standard)).toContainEqual({ reason, at });
  });

  it('has no cycle: a deduction refers to a condition only, and two that refer to each other are both refused', () => {
    const circular = {
      ...defaultStandard,
      deductions: defaultStandard.deductions.map((item) => {
        const condition = { D02: 'D03', D03: 'D02' }[item.code];
        return condition === undefined ? item : { ...item, condition };
      }),
    };
    expect(faultsOf(circular)).toEqual([
      { reason: 'condition-unknown', at: 'deductions.D02.condition' },
      { reason: 'condition-unknown', at: 'deductions.D03.condition' },
    ]);
  });

  it('takes a hospital with three grades of its own names', () => {
    const three: ReviewStandard = {
      ...defaultStandard,
      gradeNames: { A: { zh: '优', en: 'Good' }, B: { zh: '良', en: 'Fair' }, reject: { zh: '差', en: 'Poor' } },
      scale: [
        { grade: 'A', atLeast: 90 },
        { grade: 'B', atLeast: 60 },
      ],
      conditionScale: [
        { grade: 'A', atMostNotMet: 0 },
        { grade: 'B', atMostNotMet: 2 },
      ],
    };
    expect(faultsOf(three)).toEqual([]);
    expect(faultsOf({ ...three, conditionScale: defaultStandard.conditionScale })).toContainEqual({
      reason: 'scales-differ',
      at: 'conditionScale',
    });
  });
});

describe('standardChanges', () => {
  it('names each place that differs, whatever the order of the rows', () => {
    expect(standardChanges(defaultStandard, { ...defaultStandard, id: 'own', version: 9 })).toEqual([]);
    const reversed = { ...defaultStandard, deductions: [...defaultStandard.deductions].reverse() };
    expect(standardChanges(defaultStandard, reversed)).toEqual([]);
    expect(standardChanges(defaultStandard, withItem('D02', { steps: [10, 20] }))).toEqual([
      { at: 'deductions.D02.steps', before: [10, 20, 30], after: [10, 20] },
    ]);
  });

  it('shows a row that only one of them has', () => {
    const without = { ...defaultStandard, deductions: defaultStandard.deductions.filter(({ code }) => code !== 'D14') };
    const changes = standardChanges(defaultStandard, without);
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.every(({ at }) => at.startsWith('deductions.D14.'))).toBe(true);
    expect(changes.every((change) => !('after' in change))).toBe(true);
  });
});

describe('regrade', () => {
  const reading = { grade: 'B', marks: [{ code: 'D02', step: 1 }], conditionsNotMet: [], isOverridden: false } as const;

  it('moves a film when the points of its mark change', () => {
    expect(regrade(withItem('D02', { steps: [50, 60, 70] }), reading).grade).not.toBe(
      regrade(defaultStandard, reading).grade,
    );
  });

  it('keeps a judgement the reader gave against the rules, but for a veto', () => {
    const own = { ...reading, grade: 'A', isOverridden: true } as const;
    expect(regrade(defaultStandard, own).grade).toBe('A');
    const vetoed = withItem('D02', { veto: true, cap: 'reject' });
    expect(regrade(vetoed, own).grade).toBe('reject');
  });

  it('says when a mark has no place any more', () => {
    const without = { ...defaultStandard, deductions: defaultStandard.deductions.filter(({ code }) => code !== 'D02') };
    expect(regrade(without, reading)).toEqual({ grade: 'A', isPartial: true });
  });
});

describe('regradeWith', () => {
  it('answers for each of many readings what regrade answers for it alone', () => {
    const stricter = withItem('D03', { steps: [30, 40, 50] });
    const again = regradeWith(stricter);
    const sheets = [[], [{ code: 'D03', step: 1 }], [{ code: 'D03', step: 2 }], [{ code: 'GONE', step: 1 }]];
    for (const grade of ['A', 'B', 'A'] as const) {
      for (const marks of sheets) {
        for (const isOverridden of [true, false]) {
          for (const conditionsNotMet of [[], ['POSITION']]) {
            const reading = { grade, marks, conditionsNotMet, isOverridden };
            expect(again(reading)).toEqual(regrade(stricter, reading));
          }
        }
      }
    }
  });
});

import { transition } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { noteTitleFor, recipeFor } from './archive-recipe.ts';
import {
  correctionEvents,
  correctionKinds,
  correctionStates,
  correctionTable,
  firstCorrectionState,
  maySignCorrection,
} from './correction-state.ts';
import { effectiveIdentity, type IdentityCorrection } from './effective-identity.ts';
import { changesIdentity, groupCopies, type StandingCorrection } from './plan-copies.ts';

describe('the correction table', () => {
  it('is what it is meant to be, pair by pair', () => {
    // signed, refused, undone
    const walked = correctionStates.map((state) =>
      correctionEvents.map((event) => {
        const next = transition(correctionTable, state, event);
        return next.ok ? next.value : '-';
      }),
    );
    expect(walked).toEqual([
      ['in-force', 'refused', '-'],
      ['-', '-', 'undone'],
      ['-', '-', '-'],
      ['-', '-', '-'],
    ]);
  });
});

describe('who has to sign', () => {
  const strict = { needsSecondSignature: true, merge: 'propose' as const };
  const plain = { needsSecondSignature: false, merge: 'automatic' as const };

  it('a person’s change of patient or exam waits where the hospital wants a second signature, a side does not', () => {
    const first = correctionKinds.map((kind) => firstCorrectionState({ kind, source: 'person' }, strict));
    expect(first).toEqual(['proposed', 'in-force', 'proposed', 'in-force']);
    for (const kind of correctionKinds)
      expect(firstCorrectionState({ kind, source: 'person' }, plain)).toBe('in-force');
  });

  it('a message waits for a person unless the hospital believes it', () => {
    expect(firstCorrectionState({ kind: 'merge', source: 'hl7' }, strict)).toBe('proposed');
    expect(firstCorrectionState({ kind: 'merge', source: 'hl7' }, plain)).toBe('in-force');
  });

  it('nobody signs a change of patient of one’s own, a machine signs nothing', () => {
    const own = { kind: 'patient' as const, proposedBy: 'a' };
    expect(maySignCorrection(own, strict, 'a')).toBe(false);
    expect(maySignCorrection(own, strict, 'b')).toBe(true);
    expect(maySignCorrection(own, plain, 'a')).toBe(true);
    expect(maySignCorrection({ kind: 'merge', proposedBy: null }, strict, 'a')).toBe(true);
    expect(maySignCorrection(own, plain, null)).toBe(false);
  });
});

describe('an archive', () => {
  it('has a way of its own for merged patients', () => {
    const ways = { correction: 'follow', merge: 'none' } as const;
    expect(correctionKinds.map((kind) => recipeFor(kind, ways))).toEqual(['follow', 'none', 'follow', 'follow']);
  });

  it('is told 113038 for a wrong patient, merge or exam, and 113037 for a side', () => {
    expect(correctionKinds.map(noteTitleFor)).toEqual(['worklist', 'worklist', 'worklist', 'safety']);
  });
});

describe('whose an exam is', () => {
  const one = (over: Partial<IdentityCorrection<string>>): IdentityCorrection<string> => ({
    id: '1',
    kind: 'patient',
    state: 'in-force',
    before: 'A',
    after: 'B',
    ...over,
  });

  it('is what the last correction in force says, and the first word of all when none is', () => {
    expect(effectiveIdentity([])).toBeNull();
    expect(effectiveIdentity([one({})])).toBe('B');
    expect(effectiveIdentity([one({}), one({ before: 'B', after: 'C' })])).toBe('C');
    expect(effectiveIdentity([one({}), one({ before: 'B', after: 'C', state: 'undone' })])).toBe('B');
    expect(effectiveIdentity([one({ state: 'undone' }), one({ before: 'B', after: 'C' })])).toBe('C');
    expect(effectiveIdentity([one({ state: 'undone' }), one({ before: 'B', after: 'C', state: 'undone' })])).toBe('A');
  });

  it('is not touched by a side, nor by a proposal that never stood', () => {
    expect(
      effectiveIdentity([one({ kind: 'side' }), one({ state: 'refused' }), one({ state: 'proposed' })]),
    ).toBeNull();
  });
});

describe('copies of an exam’s objects', () => {
  const standing = (over: Partial<StandingCorrection>): StandingCorrection => ({
    id: 'p',
    kind: 'patient',
    examId: 'E',
    targetExamId: null,
    instanceUids: new Set(),
    ...over,
  });
  const shape = (corrections: readonly StandingCorrection[]) =>
    groupCopies('E', ['1', '2', '3'], corrections).map((group) => [
      group.corrections.map(({ id }) => id),
      group.instanceUids,
    ]);

  it('are alike where the same corrections concern them', () => {
    expect(shape([])).toEqual([[[], ['1', '2', '3']]]);
    expect(shape([standing({})])).toEqual([[['p'], ['1', '2', '3']]]);
    expect(shape([standing({ id: 's', kind: 'side', instanceUids: new Set(['2']) }), standing({})])).toEqual([
      [['p'], ['1', '3']],
      [['s', 'p'], ['2']],
    ]);
  });

  it('are those of a move only in the exam that the objects came to', () => {
    const moved = standing({ id: 'm', kind: 'move', examId: 'F', targetExamId: 'E', instanceUids: new Set(['3']) });
    expect(shape([moved])).toEqual([
      [[], ['1', '2']],
      [['m'], ['3']],
    ]);
    expect(shape([{ ...moved, examId: 'E', targetExamId: 'F' }])).toEqual([[[], ['1', '2', '3']]]);
  });

  it('are of another study only when whose they are has changed', () => {
    expect(changesIdentity([standing({ kind: 'side' })])).toBe(false);
    expect(changesIdentity([standing({ kind: 'side' }), standing({ kind: 'merge' })])).toBe(true);
  });
});

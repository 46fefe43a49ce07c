import { describe, expect, it } from 'vitest';
import { transition } from '@jiapian/kernel';
import { discontinuationReasons, discontinuationWords } from './discontinuation-reasons.ts';
import {
  performedStepEventOf,
  performedStepEvents,
  performedStepStates,
  performedStepTable,
} from './performed-step.ts';

describe('a performed procedure step', () => {
  it('is what the standard says, pair by pair', () => {
    const walked = performedStepStates.map((state) =>
      performedStepEvents.map((event) => {
        const next = transition(performedStepTable, state, event);
        return next.ok ? next.value : '-';
      }),
    );
    expect(walked).toEqual([
      ['in-progress', 'completed', 'discontinued'],
      ['-', '-', '-'],
      ['-', '-', '-'],
    ]);
  });

  it.each([
    ['', 'updated'],
    ['IN PROGRESS', 'updated'],
    ['COMPLETED', 'completed'],
    ['DISCONTINUED', 'discontinued'],
    ['DONE', undefined],
    ['completed', undefined],
  ])('reads the status %j as %s', (status, event) => {
    expect(performedStepEventOf(status)).toBe(event);
  });
});

describe('reasons of discontinuation', () => {
  it('are the seventeen DICOM codes of CID 9301 and the two of SNOMED', () => {
    const dicom = Array.from({ length: 17 }, (_, index) => String(110500 + index));
    expect(Object.keys(discontinuationReasons).sort()).toEqual([...dicom, '95384003', '292094009'].sort());
  });

  it('has no words for a code that is not in the list', () => {
    expect(discontinuationWords('110517')).toBeNull();
  });
});

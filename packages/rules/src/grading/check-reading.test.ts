import { describe, expect, it } from 'vitest';
import { checkReading, type ReadingDraft } from './check-reading.ts';
import { defaultStandard } from './default-standard.ts';
import { isRejectConfirmed, rejectConfirmationOf } from './reject-confirmation.ts';

const answer = (draft: ReadingDraft) => {
  const result = checkReading(defaultStandard, draft);
  return result.ok ? (result.value.isOverridden ? 'saved otherwise' : 'saved') : result.reason.code;
};
const motion = [{ code: 'D07', step: 2 }];
const wrongSide = [{ code: 'D01-side', step: 1 }];
const cut = [{ code: 'D02', step: 3 }];
const confirmed = { rejectReason: '111209', isRejectConfirmed: true };

describe('checkReading', () => {
  it.each<[string, ReadingDraft, string]>([
    ['saves 甲 on an empty sheet', { grade: 'A', marks: [] }, 'saved'],
    ['saves the grade of the rules', { grade: 'B', marks: motion }, 'saved'],
    [
      'saves a condition not met as the named defect',
      { grade: 'B', marks: [], conditionsNotMet: ['DISTORTION'] },
      'saved',
    ],
    ['saves a 废 with reason and confirmation', { grade: 'reject', marks: cut, ...confirmed }, 'saved'],
    ['saves a vetoed 废', { grade: 'reject', marks: wrongSide, ...confirmed }, 'saved'],
    [
      'saves a stricter grade with a reason',
      { grade: 'C', marks: motion, overrideReason: '病灶区模糊' },
      'saved otherwise',
    ],
    ['saves a milder grade with a reason', { grade: 'A', marks: motion, overrideReason: '边缘' }, 'saved otherwise'],
    ['refuses 乙 without a defect', { grade: 'B', marks: [], overrideReason: 'x' }, 'REVIEW_DEFECT_REQUIRED'],
    ['refuses 废 without a defect', { grade: 'reject', marks: [], ...confirmed }, 'REVIEW_DEFECT_REQUIRED'],
    ['refuses a stricter grade without a reason', { grade: 'C', marks: motion }, 'REVIEW_GRADE_NOT_BY_RULE'],
    ['refuses a milder grade without a reason', { grade: 'A', marks: motion }, 'REVIEW_GRADE_NOT_BY_RULE'],
    ['refuses a reason of spaces', { grade: 'A', marks: motion, overrideReason: ' \t' }, 'REVIEW_GRADE_NOT_BY_RULE'],
    [
      'refuses to lift a veto, reason or not',
      { grade: 'C', marks: wrongSide, overrideReason: 'x' },
      'REVIEW_VETO_FINAL',
    ],
    [
      'refuses 废 without a reason code',
      { grade: 'reject', marks: cut, isRejectConfirmed: true },
      'REVIEW_REASON_REQUIRED',
    ],
    [
      'refuses 废 with a code outside the list',
      { grade: 'reject', marks: cut, rejectReason: '113001', isRejectConfirmed: true },
      'REVIEW_REASON_REQUIRED',
    ],
    [
      'refuses an unconfirmed 废',
      { grade: 'reject', marks: cut, rejectReason: '111209' },
      'REVIEW_CONFIRMATION_REQUIRED',
    ],
    ['refuses an unknown mark', { grade: 'A', marks: [{ code: 'D99', step: 1 }] }, 'REVIEW_MARK_UNKNOWN'],
    ['refuses an unknown condition', { grade: 'A', marks: [], conditionsNotMet: ['BEAUTY'] }, 'REVIEW_MARK_UNKNOWN'],
  ])('%s', (_, draft, expected) => {
    expect(answer(draft)).toBe(expected);
  });
});

describe('rejectConfirmationOf', () => {
  const studyInstanceUid = '1.2.840.113619.2.55.98765';
  it.each([
    ['the end of the accession number', 'DX2611240031', '0031'],
    ['an accession number of just four characters', 'A12b', 'A12b'],
    ['the study UID when the accession number is too short', '031', '8765'],
    ['the study UID when there is no accession number', '', '8765'],
  ])('asks for %s', (_, accessionNumber, expected) => {
    expect(rejectConfirmationOf({ accessionNumber, studyInstanceUid })).toBe(expected);
  });

  it('takes the characters in either case and refuses others', () => {
    const exam = { accessionNumber: 'DX26a1bC', studyInstanceUid };
    expect(['A1BC', ' a1bc ', 'a1b', '', 'a1bcd'].map((typed) => isRejectConfirmed(exam, typed))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

import { fail, ok, type ErrorCode, type Grade, type Result } from '@jiapian/kernel';
import { gradeFilm, type GradeOutcome } from './grade-film.ts';
import { unknownMark, type Mark } from './mark.ts';
import type { ReviewStandard } from './standard.ts';

/** A reading (评片) as the reader hands it in. */
export interface ReadingDraft {
  readonly grade: Grade;
  readonly marks: readonly Mark[];
  readonly conditionsNotMet?: readonly string[];
  /** One line, needed when the grade differs from the rules' result. */
  readonly overrideReason?: string | null;
  /** CID 7011 code, needed when the grade is 废. */
  readonly rejectReason?: string | null;
  /** The second confirmation of a 废. */
  readonly isRejectConfirmed?: boolean;
  /** The reading is only compared with another and sets no grade: its 废 needs neither reason nor confirmation. */
  readonly isCompared?: boolean;
}

/** A reading that may be saved. */
export interface CheckedReading {
  readonly outcome: GradeOutcome;
  /** The reader graded otherwise than the rules, with a reason. */
  readonly isOverridden: boolean;
}

/** Why a reading may not be saved: a code of the error catalogue and facts without patient data. */
export interface ReadingRefusal {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Whether a reading may be saved. Refusals, first that applies:
 * REVIEW_MARK_UNKNOWN a mark that the standard does not have;
 * REVIEW_VETO_FINAL a grade other than 废 although a veto is marked;
 * REVIEW_DEFECT_REQUIRED below 甲 without a mark or a condition named;
 * REVIEW_GRADE_NOT_BY_RULE another grade than the rules' without a line of reason;
 * REVIEW_REASON_REQUIRED 废 without a reason of the standard's list;
 * REVIEW_CONFIRMATION_REQUIRED 废 not confirmed.
 */
export const checkReading = (standard: ReviewStandard, draft: ReadingDraft): Result<CheckedReading, ReadingRefusal> => {
  const conditions = draft.conditionsNotMet ?? [];
  const unknown = unknownMark(standard, draft.marks, conditions);
  if (unknown !== null) return fail({ code: 'REVIEW_MARK_UNKNOWN', facts: unknown });

  const outcome = gradeFilm(standard, draft.marks, conditions);
  const isOverridden = draft.grade !== outcome.grade;
  const facts = { grade: draft.grade, byRule: outcome.grade };
  if (outcome.isVetoed && isOverridden) return fail({ code: 'REVIEW_VETO_FINAL', facts });
  if (draft.grade !== 'A' && draft.marks.length === 0 && conditions.length === 0) {
    return fail({ code: 'REVIEW_DEFECT_REQUIRED', facts });
  }
  if (isOverridden && isBlank(draft.overrideReason)) return fail({ code: 'REVIEW_GRADE_NOT_BY_RULE', facts });
  if (draft.grade === 'reject' && draft.isCompared !== true) {
    const isListed = standard.rejectReasons.some((reason) => reason.code === draft.rejectReason);
    if (!isListed) return fail({ code: 'REVIEW_REASON_REQUIRED', facts });
    if (draft.isRejectConfirmed !== true) return fail({ code: 'REVIEW_CONFIRMATION_REQUIRED', facts });
  }
  return ok({ outcome, isOverridden });
};

const isBlank = (line: string | null | undefined): boolean => (line ?? '').trim() === '';

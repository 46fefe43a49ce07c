import type { CorrectionKind, CorrectionState } from './correction-state.ts';

/** A correction of an exam's identity, as far as this question needs it. */
export interface IdentityCorrection<Identity> {
  readonly id: string;
  readonly kind: CorrectionKind;
  readonly state: CorrectionState;
  readonly before: Identity;
  readonly after: Identity;
}

/**
 * Whose an exam is after all its corrections, oldest first: what the last one in force says; what stood before the
 * first of all when none is in force any more; null when it was never corrected.
 */
export const effectiveIdentity = <Identity>(history: readonly IdentityCorrection<Identity>[]): Identity | null => {
  const identity = history.filter(({ kind }) => kind === 'patient' || kind === 'merge');
  const standing = identity.findLast(({ state }) => state === 'in-force');
  if (standing !== undefined) return standing.after;
  const first = identity.find(({ state }) => state === 'undone');
  return first?.before ?? null;
};

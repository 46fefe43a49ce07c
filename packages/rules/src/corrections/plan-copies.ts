import type { CorrectionKind } from './correction-state.ts';

/** A correction in force, as far as copies are concerned; oldest first in every list. */
export interface StandingCorrection {
  readonly id: string;
  readonly kind: CorrectionKind;
  readonly examId: string;
  readonly targetExamId: string | null;
  /** Empty: every object of the exam. */
  readonly instanceUids: ReadonlySet<string>;
}

/** Objects of one exam whose copies are made alike. */
export interface CopyGroup {
  /** The corrections that stand in these copies, oldest first; none: the objects as they were received. */
  readonly corrections: readonly StandingCorrection[];
  readonly instanceUids: readonly string[];
}

/**
 * Which objects of an exam share one kind of copy. A correction of whose the exam is concerns every object that it has
 * now; one that moved objects concerns those that it brought here; one of a side its films, wherever they went.
 */
export const groupCopies = (
  examId: string,
  instanceUids: readonly string[],
  standing: readonly StandingCorrection[],
): CopyGroup[] => {
  const of = (uid: string): StandingCorrection[] => standing.filter((one) => concerns(one, examId, uid));
  const groups = Map.groupBy(instanceUids, (uid) =>
    of(uid)
      .map(({ id }) => id)
      .join(' '),
  );
  return [...groups.values()].map((uids) => ({ corrections: of(uids[0] ?? ''), instanceUids: uids }));
};

const concerns = (one: StandingCorrection, examId: string, uid: string): boolean => {
  switch (one.kind) {
    case 'patient':
    case 'merge':
      return one.examId === examId;
    case 'move':
      return one.targetExamId === examId && one.instanceUids.has(uid);
    case 'side':
      return one.instanceUids.has(uid);
  }
};

/** Whether any of them says whose images these are, so that their study is another one for an archive that had them. */
export const changesIdentity = (corrections: readonly StandingCorrection[]): boolean =>
  corrections.some(({ kind }) => kind !== 'side');

/** Why an object is rejected: a note has one title and one reason. */
export interface RejectionCause {
  readonly title: 'quality' | 'safety' | 'worklist';
  /** Code of CID 7011; empty with the other titles. */
  readonly reasonCode: string;
}

/** A rejection that stands at one archive. */
export interface StandingRejection extends RejectionCause {
  readonly id: string;
  readonly destinationId: string;
  readonly instanceUids: readonly string[];
}

/** What is to be told to one archive. */
export interface NewRejection extends RejectionCause {
  readonly destinationId: string;
  readonly instanceUids: readonly string[];
}

/**
 * What has to change so that each archive hides exactly the rejected objects that it has: a rejection that says more
 * or other than that is taken back whole, and what is then not covered is told anew, grouped by title and reason.
 * Doing it again changes nothing.
 */
export const reconcileRejection = (
  rejected: ReadonlyMap<string, RejectionCause>,
  presentAt: ReadonlyMap<string, ReadonlySet<string>>,
  standing: readonly StandingRejection[],
): { takeBack: string[]; tell: NewRejection[] } => {
  const takeBack = standing.filter((one) => !isStillTrue(one, rejected)).map(({ id }) => id);
  const kept = standing.filter(({ id }) => !takeBack.includes(id));
  const tell = [...presentAt].flatMap(([destinationId, present]) => {
    const covered = new Set(
      kept.filter((one) => one.destinationId === destinationId).flatMap((one) => one.instanceUids),
    );
    const open = [...rejected].filter(([uid]) => present.has(uid) && !covered.has(uid));
    const groups = Map.groupBy(open, ([, { title, reasonCode }]) => `${title} ${reasonCode}`);
    return [...groups.values()].flatMap((group) => {
      const cause = group[0]?.[1];
      return cause === undefined ? [] : [{ ...cause, destinationId, instanceUids: group.map(([uid]) => uid) }];
    });
  });
  return { takeBack, tell };
};

const isStillTrue = (one: StandingRejection, rejected: ReadonlyMap<string, RejectionCause>): boolean =>
  one.instanceUids.every((uid) => {
    const cause = rejected.get(uid);
    return cause !== undefined && cause.title === one.title && cause.reasonCode === one.reasonCode;
  });

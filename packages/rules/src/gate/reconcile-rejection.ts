/** Why an object is rejected: a note has one title and one reason, and speaks of one copy of a study. */
export interface RejectionCause {
  readonly title: 'quality' | 'safety' | 'worklist';
  /** Code of CID 7011; empty with the other titles. */
  readonly reasonCode: string;
  /** Which copy of the exam the archive has: as received, or as one correction made it. */
  readonly copyId: string;
  /** A person at this archive corrects it, whatever notes it understands. */
  readonly isByHand: boolean;
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

/** What is rejected at one archive, object by object. */
export type RejectedThere = ReadonlyMap<string, RejectionCause>;

/**
 * What has to change so that each archive hides exactly the rejected objects that it has: a rejection that says more
 * or other than that is taken back whole, and what is then not covered is told anew, grouped by title, reason, copy and
 * who acts. Archives may differ: one of them corrects by hand what another is sent anew. Doing it again changes nothing.
 */
export const reconcileRejection = (
  rejectedAt: ReadonlyMap<string, RejectedThere>,
  presentAt: ReadonlyMap<string, ReadonlySet<string>>,
  standing: readonly StandingRejection[],
): { takeBack: string[]; tell: NewRejection[] } => {
  const takeBack = standing.filter((one) => !isStillTrue(one, rejectedAt.get(one.destinationId))).map(({ id }) => id);
  const kept = standing.filter(({ id }) => !takeBack.includes(id));
  const tell = [...presentAt].flatMap(([destinationId, present]) => {
    const covered = new Set(
      kept.filter((one) => one.destinationId === destinationId).flatMap((one) => one.instanceUids),
    );
    const rejected = rejectedAt.get(destinationId) ?? [];
    const open = [...rejected].filter(([uid]) => present.has(uid) && !covered.has(uid));
    const groups = Map.groupBy(open, ([, cause]) => JSON.stringify(partsOf(cause)));
    return [...groups.values()].flatMap((group) => {
      const cause = group[0]?.[1];
      return cause === undefined ? [] : [{ ...cause, destinationId, instanceUids: group.map(([uid]) => uid) }];
    });
  });
  return { takeBack, tell };
};

const partsOf = ({ title, reasonCode, copyId, isByHand }: RejectionCause) => [title, reasonCode, copyId, isByHand];

const isStillTrue = (one: StandingRejection, rejected: RejectedThere | undefined): boolean =>
  one.instanceUids.every((uid) => {
    const cause = rejected?.get(uid);
    return cause !== undefined && cause.title === one.title && cause.reasonCode === one.reasonCode;
  });

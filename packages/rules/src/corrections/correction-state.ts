import type { TransitionTable } from '@jiapian/kernel';

/**
 * A correction as a fact of its own. `proposed` a second person has to sign, or to believe a message; `in-force` it
 * stands beside the original; `refused` it never stood; `undone` another fact has taken it back.
 */
export const correctionStates = ['proposed', 'in-force', 'refused', 'undone'] as const;
/** One state of a correction. */
export type CorrectionState = (typeof correctionStates)[number];

/** What can happen to it. */
export const correctionEvents = ['signed', 'refused', 'undone'] as const;
/** One event of a correction. */
export type CorrectionEvent = (typeof correctionEvents)[number];

/** Nothing that stood is ever deleted, and nothing that ended comes back: it is corrected anew. */
export const correctionTable: TransitionTable<CorrectionState, CorrectionEvent> = Object.freeze({
  proposed: Object.freeze({ signed: 'in-force', refused: 'refused' }),
  'in-force': Object.freeze({ undone: 'undone' }),
  refused: Object.freeze({}),
  undone: Object.freeze({}),
});

/** What can be wrong: whose images, two numbers of one person, which exam, which side. */
export const correctionKinds = ['patient', 'merge', 'move', 'side'] as const;
/** One kind of correction. */
export type CorrectionKind = (typeof correctionKinds)[number];

/** What a hospital has decided about corrections. */
export interface CorrectionPolicy {
  /** Another person signs before images become another patient's. */
  readonly needsSecondSignature: boolean;
  /** Whether a merge told by HL7 waits for a person. */
  readonly merge: 'propose' | 'automatic';
}

/**
 * Product defaults: one person corrects, as at a modality; a merge waits for a person, because a message may be
 * wrong and copies in archives follow it. [PD]
 */
export const defaultCorrectionPolicy: CorrectionPolicy = { needsSecondSignature: false, merge: 'propose' };

/** Kinds after which images are of another patient, or of another exam. */
const kindsOfIdentity: ReadonlySet<CorrectionKind> = new Set(['patient', 'move']);

/** The state in which a correction begins: in force, or waiting for a second person. */
export const firstCorrectionState = (
  correction: { kind: CorrectionKind; source: 'person' | 'hl7' },
  policy: CorrectionPolicy,
): 'proposed' | 'in-force' => {
  if (correction.source === 'hl7') return policy.merge === 'automatic' ? 'in-force' : 'proposed';
  return policy.needsSecondSignature && kindsOfIdentity.has(correction.kind) ? 'proposed' : 'in-force';
};

/**
 * Whether a person may sign a proposal: with the second signature not the one who made it. A proposal that a message
 * made has no author among persons. Refusing, and taking back one's own proposal, is open to everybody who may correct.
 */
export const maySignCorrection = (
  proposal: { kind: CorrectionKind; proposedBy: string | null },
  policy: CorrectionPolicy,
  accountId: string | null,
): boolean =>
  accountId !== null &&
  !(policy.needsSecondSignature && kindsOfIdentity.has(proposal.kind) && proposal.proposedBy === accountId);

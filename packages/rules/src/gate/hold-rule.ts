/** Where the patient comes from, as the order tells it. */
export type PatientSetting = 'unknown' | 'outpatient' | 'inpatient' | 'emergency';

/**
 * `until-graded` held until every film has its grade; `until-clear` held until the automatic checks have run and found
 * nothing; `review-afterwards` passed at once and read later; `sampled` a share is held until graded, the rest passed.
 */
export const holdModes = ['until-graded', 'until-clear', 'review-afterwards', 'sampled'] as const;
/** One way to hold. */
export type HoldMode = (typeof holdModes)[number];

/** What becomes of the exams that a rule fits; every hold ends, graded or not. */
export interface HoldOutcome {
  readonly mode: HoldMode;
  /** Null for the device's own time, else the hospital's. */
  readonly holdMinutes: number | null;
  /** Share that is held, 0 to 100; only with the mode `sampled`. */
  readonly samplePercent: number | null;
}

/** One rule of a hospital; empty lists and nulls ask nothing. */
export interface HoldRule extends HoldOutcome {
  readonly name: string;
  readonly modalities: readonly string[];
  readonly deviceIds: readonly string[];
  readonly positionCodes: readonly string[];
  readonly patientSettings: readonly PatientSetting[];
  /** 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  /** Minutes since midnight, first inside, last outside; both or neither. */
  readonly fromMinute: number | null;
  readonly toMinute: number | null;
  readonly reviewersAtLeast: number | null;
  readonly reviewersAtMost: number | null;
}

/** When the gate opens by itself; a null switches the reason off. */
export interface OpeningRules {
  /** No reviewer was seen for so long, and an exam has left unread in the meantime. */
  readonly absentMinutes: number | null;
  /** More exams than this are held at once. */
  readonly heldMax: number | null;
  /** The system cannot do its work: jobs are stuck or dead. */
  readonly whenDegraded: boolean;
  /** It stays open so long at least, so that it does not flap. */
  readonly atLeastMinutes: number;
}

/** The hold and release policy of a hospital: the first rule that fits decides, `otherwise` the rest. */
export interface HoldPolicy {
  readonly rules: readonly HoldRule[];
  readonly otherwise: HoldOutcome;
  /** So long before a hold ends unread, a substitute is called. */
  readonly escalateMinutes: number;
  /** Accounts called before a hold ends, in this order; empty: everyone who may decide. */
  readonly substitutes: readonly string[];
  readonly opening: OpeningRules;
}

/** What holds until a hospital says otherwise: held until graded; all numbers product defaults [PD], unverified. */
export const defaultHoldPolicy: HoldPolicy = {
  rules: [],
  otherwise: { mode: 'until-graded', holdMinutes: null, samplePercent: null },
  escalateMinutes: 5,
  substitutes: [],
  opening: { absentMinutes: 60, heldMax: 200, whenDegraded: true, atLeastMinutes: 15 },
};

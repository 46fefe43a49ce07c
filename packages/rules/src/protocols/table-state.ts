import type { TransitionTable } from '@jiapian/kernel';

/**
 * `draft` being edited; `owner-signed` and `leader-signed` one of the two has signed; `in-force` both have;
 * `superseded` a newer version of the device is in force; `dropped` a draft nobody wanted.
 */
export const parameterTableStates = [
  'draft',
  'owner-signed',
  'leader-signed',
  'in-force',
  'superseded',
  'dropped',
] as const;
/** One state of an exam parameter table (检查参数表). */
export type ParameterTableState = (typeof parameterTableStates)[number];

/** `edited` voids a signature: what was signed is not what stands there now. */
export const parameterTableEvents = ['edited', 'owner-signed', 'leader-signed', 'superseded', 'dropped'] as const;
/** One event of an exam parameter table. */
export type ParameterTableEvent = (typeof parameterTableEvents)[number];

/** An exam parameter table from the draft to the version that replaces it; what was in force never changes again. */
export const parameterTableTable: TransitionTable<ParameterTableState, ParameterTableEvent> = Object.freeze({
  draft: Object.freeze({
    edited: 'draft',
    'owner-signed': 'owner-signed',
    'leader-signed': 'leader-signed',
    dropped: 'dropped',
  }),
  'owner-signed': Object.freeze({ edited: 'draft', 'leader-signed': 'in-force', dropped: 'dropped' }),
  'leader-signed': Object.freeze({ edited: 'draft', 'owner-signed': 'in-force', dropped: 'dropped' }),
  'in-force': Object.freeze({ superseded: 'superseded' }),
  superseded: Object.freeze({}),
  dropped: Object.freeze({}),
});

/** The two who sign: the device's owner and the technical leader. */
export const signerRoles = ['owner', 'leader'] as const;
/** One of the two signatures of a table. */
export type SignerRole = (typeof signerRoles)[number];

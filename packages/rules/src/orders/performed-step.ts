import type { TransitionTable } from '@jiapian/kernel';

/** States of a performed procedure step (PS3.3 C.4.14, attribute 0040,0252). */
export const performedStepStates = ['in-progress', 'completed', 'discontinued'] as const;
/** One state of a performed procedure step. */
export type PerformedStepState = (typeof performedStepStates)[number];

/** What N-SET can do to a step. */
export const performedStepEvents = ['updated', 'completed', 'discontinued'] as const;
/** One event of a performed procedure step. */
export type PerformedStepEvent = (typeof performedStepEvents)[number];

/** A step that has ended is final: later changes are refused (PS3.4 F.7.2.2.2, status 0110 with error A710). */
export const performedStepTable: TransitionTable<PerformedStepState, PerformedStepEvent> = Object.freeze({
  'in-progress': Object.freeze({
    updated: 'in-progress',
    completed: 'completed',
    discontinued: 'discontinued',
  }),
  completed: Object.freeze({}),
  discontinued: Object.freeze({}),
});

/** The event that a value of Performed Procedure Step Status means; undefined for a value that is none of the standard. */
export const performedStepEventOf = (status: string): PerformedStepEvent | undefined =>
  (({ '': 'updated', 'IN PROGRESS': 'updated', COMPLETED: 'completed', DISCONTINUED: 'discontinued' }) as const)[
    status as 'COMPLETED'
  ];

import type { Corridor } from './corridor.ts';
import type { IndexedOutcomes } from './indexed-outcomes.ts';

/** What the doors besides DICOM need of the room; there once the room has started. */
export interface OpenDoors {
  corridor: Corridor;
  outcomes: IndexedOutcomes;
  /** Where this process lays archives down while it reads them. */
  scratchFolder: string;
}

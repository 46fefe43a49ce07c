import type { Corridor } from './corridor.ts';
import type { IndexedOutcomes } from './indexed-outcomes.ts';

/** What the doors of the web need of the room; there once the room has started. */
export interface OpenDoors {
  corridor: Corridor;
  outcomes: IndexedOutcomes;
}

import type { TransitionTable } from '@jiapian/kernel';
import { backOffWaitsMs } from './back-off.ts';

/** `closed` it is sent to; `open` it is left alone for a while; `half-open` one object is on trial. */
export const circuitStates = ['closed', 'open', 'half-open'] as const;
/** One state of the way to a destination. */
export type CircuitState = (typeof circuitStates)[number];

/** `answered` it spoke, whatever it said; `went-away` once too often it did not; `trial-due` the wait is over. */
export const circuitEvents = ['answered', 'went-away', 'trial-due'] as const;
/** One event on the way to a destination. */
export type CircuitEvent = (typeof circuitEvents)[number];

/** The circuit breaker of one destination: a PACS that is away is asked with one object, not with thousands. */
export const circuitTable: TransitionTable<CircuitState, CircuitEvent> = Object.freeze({
  closed: Object.freeze({ answered: 'closed', 'went-away': 'open' }),
  open: Object.freeze({ answered: 'closed', 'trial-due': 'half-open' }),
  'half-open': Object.freeze({ answered: 'closed', 'went-away': 'open' }),
});

/** Rounds without an answer, one after the other, before a destination counts as down. [PD] */
export const circuitFailuresMax = 3;

/** What is known of the way to a destination; moments in ms since 1970 UTC. */
export interface Circuit {
  readonly state: CircuitState;
  /** Rounds without an answer since the last one with an answer. */
  readonly failures: number;
  /** When an open circuit lets one object try; null while it is closed. */
  readonly nextTrialMs: number | null;
}

/** The way to a destination that nobody has sent to yet. */
export const closedCircuit: Circuit = Object.freeze({ state: 'closed', failures: 0, nextTrialMs: null });

const longestWaitMs = backOffWaitsMs.at(-1) ?? 0;

/** The circuit after one round of sending: whether the destination spoke at all. */
export const circuitAfter = (circuit: Circuit, hasAnswered: boolean, nowMs: number): Circuit => {
  if (hasAnswered) return closedCircuit;
  const failures = circuit.failures + 1;
  if (circuit.state === 'closed' && failures < circuitFailuresMax) return { ...circuit, failures };
  const waitMs = backOffWaitsMs[failures - 1] ?? longestWaitMs;
  return { state: 'open', failures, nextTrialMs: nowMs + waitMs };
};

/** Whether anything may be sent now, and whether it is one object on trial only. */
export const circuitAllows = (circuit: Circuit, nowMs: number): 'all' | 'one' | 'none' => {
  if (circuit.state === 'closed') return 'all';
  return circuit.nextTrialMs === null || nowMs >= circuit.nextTrialMs ? 'one' : 'none';
};

import { fail, ok, type Result } from './result.ts';

/** A state machine as data: `table[state][event]` is the next state; an absent pair is illegal. */
export type TransitionTable<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Event, State>>>>
>;

/** The next state, or the illegal pair as an error value. */
export const transition = <State extends string, Event extends string>(
  table: TransitionTable<State, Event>,
  state: State,
  event: Event,
): Result<State, { illegal: true; state: State; event: Event }> => {
  const next = table[state][event];
  return next === undefined ? fail({ illegal: true, state, event }) : ok(next);
};

/** The only source of the present moment; rules receive moments, they never ask for them. */
export interface Clock {
  now(): Date;
}

/** A clock that stands still until it is told to move; for tests and for replay. */
export const fixedClock = (start: Date): Clock & { advanceMs(ms: number): void } => {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    advanceMs: (ms) => {
      current += ms;
    },
  };
};

/** Milliseconds of a day of 24 hours; a day of the calendar may be an hour shorter or longer. */
export const DAY_MS = 86_400_000;

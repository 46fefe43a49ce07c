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

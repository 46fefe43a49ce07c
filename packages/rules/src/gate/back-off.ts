/** Wait after the first, second, … failed attempt, in ms; product default [PD], 30 min at most. */
export const backOffWaitsMs: readonly number[] = [
  10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 1_800_000,
];

/** Attempts before an object is parked for a person: the first and one after each wait, about 94 min in all. */
export const maxForwardAttempts = backOffWaitsMs.length + 1;

/**
 * How long to wait after the given number of failed attempts (1 or more), in ms; null when all attempts are spent and
 * a person must decide.
 */
export const backOffMs = (failedAttempts: number): number | null => backOffWaitsMs[failedAttempts - 1] ?? null;

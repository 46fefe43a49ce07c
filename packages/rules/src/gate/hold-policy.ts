/** What a device is for; null while nobody has named it. */
export type PriorityClass = 'routine' | 'emergency' | null;

/** Held for a time in ms, or let through and why. */
export type HoldDecision =
  { readonly kind: 'hold'; readonly holdMs: number } | { readonly kind: 'pass'; readonly because: PassReason };
/** Why an exam is not held; each is an event of the gate table. */
export type PassReason = 'emergency' | 'unnamed-device';

/** How long a routine exam waits for its grades: 15 min after it is ready, product default [PD], unverified. */
export const defaultHoldMinutes = 15;

const millisecondsPerMinute = 60_000;

/**
 * Whether a ready exam is held at the gate. An emergency is never held, whether the device's class or a person says so;
 * a device that nobody has named is never held, because it may be an emergency room's. `holdMinutes` is the device's own
 * time, null for the default.
 */
export const holdPolicy = (exam: {
  readonly priorityClass: PriorityClass;
  readonly isMarkedEmergency?: boolean;
  readonly holdMinutes?: number | null;
}): HoldDecision => {
  if (exam.priorityClass === 'emergency' || exam.isMarkedEmergency === true) {
    return { kind: 'pass', because: 'emergency' };
  }
  if (exam.priorityClass === null) return { kind: 'pass', because: 'unnamed-device' };
  return { kind: 'hold', holdMs: (exam.holdMinutes ?? defaultHoldMinutes) * millisecondsPerMinute };
};

/** An exam that leaves by itself within so many minutes is shown as urgent; product default [PD], unverified. */
export const dueSoonMinutes = 5;

/** Whether the hold time of an exam is up; the last moment of it is outside. Moments in ms since 1970 UTC. */
export const isHoldOver = (holdUntilMs: number, nowMs: number): boolean => nowMs >= holdUntilMs;

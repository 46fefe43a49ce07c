import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Lets the calling thread run when nobody else wants the processor: measuring must not slow down receiving or a reader.
 * Linux gives every thread a priority of its own; elsewhere nothing happens.
 */
export const stepAside = (): void => {
  try {
    const [, thread] = /task\/(\d+)$/.exec(readlinkSync('/proc/thread-self')) ?? [];
    if (thread !== undefined) setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // No such thing here, or not allowed: then all threads are equal.
  }
};

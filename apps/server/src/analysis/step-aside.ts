import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Niceness of a measuring thread: a third of what others get when all want the processor, the whole when they do not. */
const niceness = 5;

/**
 * Lets others go before the calling thread: measuring must not slow down receiving or a reader.
 * Linux gives every thread a priority of its own; elsewhere nothing happens.
 */
export const stepAside = (): void => {
  try {
    const [, thread] = /task\/(\d+)$/.exec(readlinkSync('/proc/thread-self')) ?? [];
    if (thread !== undefined) setPriority(Number(thread), niceness);
  } catch {
    // No such thing here, or not allowed: then all threads are equal.
  }
};

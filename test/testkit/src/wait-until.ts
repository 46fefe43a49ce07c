import { setTimeout as pause } from 'node:timers/promises';

const defaultLimitMs = 60_000;
const pollMs = 50;

/** Asks until the answer is neither undefined nor false; fails with what was waited for when the time is up. */
export async function waitUntil<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  limitMs = defaultLimitMs,
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`waited ${limitMs / 1000} s in vain for: ${what}`);
    await pause(pollMs);
  }
}

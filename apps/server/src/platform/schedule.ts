import type { Log } from './log.ts';

/** Something done again and again, never twice at once. */
export interface Tick {
  name: string;
  everyMs: number;
  run(signal: AbortSignal): Promise<void>;
}

export interface Schedule {
  start(): void;
  /** Ends the waiting, tells the running ticks, and waits for them. */
  stop(): Promise<void>;
}

/** Each tick waits its interval after it has finished, so that a slow one never overlaps itself. */
export const createSchedule = (ticks: readonly Tick[], log: Log): Schedule => {
  const stopping = new AbortController();
  let loops: Promise<void>[] = [];
  return {
    start: () => {
      loops = ticks.map((tick) => repeat(tick, stopping.signal, log));
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
};

const slowestRetryMs = 5_000;

const repeat = async (tick: Tick, signal: AbortSignal, log: Log): Promise<void> => {
  let failures = 0;
  let lastReason = '';
  while (!signal.aborted) {
    try {
      await tick.run(signal);
      if (failures > 0) log.info('tick.recovered', { tick: tick.name, failures });
      failures = 0;
      lastReason = '';
    } catch (error) {
      failures += 1;
      const reason = error instanceof Error ? error.message : 'unknown';
      // An outage of minutes is one line, not one for each try.
      if (reason !== lastReason && !signal.aborted) log.error('tick.failed', { tick: tick.name }, error);
      lastReason = reason;
    }
    await waitFor(waitAfter(tick.everyMs, failures), signal);
  }
};

/** A failing tick comes less often, up to every five seconds; a slower one keeps its pace. */
const waitAfter = (everyMs: number, failures: number): number =>
  Math.max(everyMs, Math.min(everyMs * 2 ** failures, slowestRetryMs));

const waitFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

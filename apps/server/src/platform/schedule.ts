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

const repeat = async (tick: Tick, signal: AbortSignal, log: Log): Promise<void> => {
  while (!signal.aborted) {
    await tick.run(signal).catch((error: unknown) => {
      if (!signal.aborted) log.error('tick.failed', { tick: tick.name }, error);
    });
    await waitFor(tick.everyMs, signal);
  }
};

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

import type { Log } from './log.ts';

/** A terminal and a parent may both pass on one Ctrl-C; only a later one means "at once". */
const secondSignalAfterMs = 1_000;

/**
 * A signal, or a defect that nothing caught: then the state is unknown, and what was acknowledged is safe on disk.
 * Also kept while starting: what was begun is then finished and stopped in order.
 */
export const waitForEnd = (log: Log): Promise<0 | 1> =>
  new Promise((resolve) => {
    let askedAt: number | null = null;
    const onSignal = (): void => {
      const now = performance.now();
      if (askedAt !== null && now - askedAt > secondSignalAfterMs) process.exit(1);
      askedAt ??= now;
      resolve(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
    process.on('uncaughtException', (error) => {
      log.error('process.uncaught', {}, error);
      resolve(1);
    });
    // One forgotten promise is one failed piece of work: it is shown, and the doors stay open.
    process.on('unhandledRejection', (error) => log.error('process.unhandled', {}, error));
    // Whoever read our output may be gone before us.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  });

import { expect, it } from 'vitest';
import { createLog, silentLog } from './log.ts';
import { createSchedule } from './schedule.ts';

it('a tick never overlaps itself, however slow it is', async () => {
  let running = 0;
  let most = 0;
  let count = 0;
  const enough = Promise.withResolvers<void>();
  const schedule = createSchedule(
    [
      {
        name: 'slow',
        everyMs: 1,
        run: async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise(setImmediate);
          running -= 1;
          if (++count === 5) enough.resolve();
        },
      },
    ],
    silentLog,
  );
  schedule.start();
  await enough.promise;
  await schedule.stop();
  expect(most).toBe(1);
});

it('a tick that fails again and again is logged once, and once when it has recovered', async () => {
  const lines: string[] = [];
  const log = createLog({ out: { write: (line) => lines.push(line) }, err: { write: (line) => lines.push(line) } });
  let count = 0;
  const fifth = Promise.withResolvers<void>();
  const schedule = createSchedule(
    [
      {
        name: 'fragile',
        everyMs: 1,
        run: async () => {
          count += 1;
          if (count <= 3) throw new Error('no');
          if (count === 5) fifth.resolve();
        },
      },
    ],
    log,
  );
  schedule.start();
  await fifth.promise;
  await schedule.stop();
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'error', event: 'tick.failed', tick: 'fragile' },
    { level: 'info', event: 'tick.recovered', tick: 'fragile', failures: 3 },
  ]);
});

it('stopping tells the running tick and waits for it', async () => {
  const begun = Promise.withResolvers<void>();
  let isEnded = false;
  const schedule = createSchedule(
    [
      {
        name: 'patient',
        everyMs: 3_600_000,
        run: async (signal) => {
          begun.resolve();
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          await new Promise(setImmediate);
          isEnded = true;
        },
      },
    ],
    silentLog,
  );
  schedule.start();
  await begun.promise;
  await schedule.stop();
  expect(isEnded).toBe(true);
});

import { afterEach, describe, expect, it } from 'vitest';
import type { DecodeTask } from './decode-job.ts';
import { createDecodePool, type DecodePool, type DecodePoolOptions } from './decode-pool.ts';

/** Stands for a codec: frame 1 hangs, 2 ends the thread, 3 throws outside any promise, others are answered in order. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    let count = 0;
    parentPort.on('message', ({ id, task }) => {
      if (task.frame === 1) for (;;);
      if (task.frame === 2) process.exit(7);
      if (task.frame === 3) throw new Error('out of memory');
      count += 1;
      parentPort.postMessage({ id, result: { kind: 'thumbnail', png: Uint8Array.of(task.frame, count) } });
    });`)}`,
);
const source = { path: '/nowhere', dataSetOffset: 0, transferSyntaxUid: '1.2.840.10008.1.2.1', numberOfFrames: 9 };
const task = (frame: number): DecodeTask => ({ kind: 'thumbnail', source, frame });

let pool: DecodePool;
const open = (options: DecodePoolOptions = {}): DecodePool =>
  (pool = createDecodePool({ program, workers: 1, timeoutMs: 2_000, ...options }));
afterEach(() => pool.close());

const pngOf = async (frame: number, priority: 'viewer' | 'preload' = 'viewer'): Promise<number[]> => {
  const result = await pool.run(task(frame), priority);
  return result.kind === 'thumbnail' ? [...result.png] : [];
};

describe('decode pool', () => {
  it.each([
    [1, 'took too long'],
    [2, 'broke down'],
    [3, 'broke down'],
  ])('answers frame %i with a reason and goes on with a new thread', async (frame, words) => {
    open();
    const broken = pool.run(task(frame), 'viewer');
    const after = pngOf(5);
    await expect(broken).rejects.toMatchObject({
      code: 'DICOM_CODEC_FAILED',
      facts: { reason: expect.stringContaining(words) as string },
    });
    expect(await after).toEqual([5, 1]);
  });

  it('takes what a person waits for before what was asked ahead', async () => {
    open();
    const order: number[] = [];
    const note = (frame: number, priority: 'viewer' | 'preload') =>
      pngOf(frame, priority).then(([first]) => order.push(first ?? 0));
    await Promise.all([
      note(10, 'preload'),
      note(11, 'preload'),
      note(12, 'preload'),
      note(13, 'viewer'),
      note(14, 'viewer'),
    ]);
    expect(order).toEqual([10, 13, 14, 11, 12]);
  });

  it('keeps a thread for what a person waits for', async () => {
    open({ workers: 2, timeoutMs: 60_000 });
    const ahead = [1, 1, 1].map((frame) => expect(pngOf(frame, 'preload')).rejects.toThrow());
    expect(await pngOf(5)).toEqual([5, 1]);
    await pool.close();
    await Promise.all(ahead);
  });

  it('refuses more than its queue holds', async () => {
    open({ queueLimit: 2, timeoutMs: 5_000 });
    const accepted = [pngOf(4), pngOf(5), pngOf(6)];
    await expect(pngOf(7)).rejects.toMatchObject({ code: 'REQUEST_TOO_MANY' });
    expect(await Promise.all(accepted)).toEqual([
      [4, 1],
      [5, 2],
      [6, 3],
    ]);
  });

  it('rejects what is waiting when it closes', async () => {
    open({ timeoutMs: 60_000 });
    const running = expect(pool.run(task(1), 'viewer')).rejects.toMatchObject({ code: 'REQUEST_TOO_MANY' });
    const waiting = expect(pool.run(task(4), 'viewer')).rejects.toMatchObject({ code: 'REQUEST_TOO_MANY' });
    await pool.close();
    await running;
    await waiting;
  });
});

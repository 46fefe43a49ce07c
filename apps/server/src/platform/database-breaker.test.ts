import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DatabaseBreaker } from './database-breaker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (): Promise<never> => new Promise(() => undefined);
const unavailable = { code: 'DATABASE_UNAVAILABLE', facts: { state: 'no-answer' } };

it('hands on what the work answers, and what it fails with', async () => {
  const breaker = new DatabaseBreaker(never);
  expect(await breaker.guard(async () => 7)).toBe(7);
  await expect(breaker.guard(() => Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
});

it('lets a slow statement be slow while the database answers', async () => {
  const breaker = new DatabaseBreaker(async () => undefined);
  const slow = Promise.withResolvers<string>();
  const answer = breaker.guard(() => slow.promise);
  await vi.advanceTimersByTimeAsync(30_000);
  slow.resolve('after half a minute');
  expect(await answer).toBe('after half a minute');
});

it('fails whoever waits once the database does not answer, and everyone else at once, until it answers again', async () => {
  let isHung = true;
  const breaker = new DatabaseBreaker(() => (isHung ? never() : Promise.resolve()));
  const waiting = expect(breaker.guard(never)).rejects.toMatchObject(unavailable);
  await vi.advanceTimersByTimeAsync(3_999);
  const late = expect(breaker.guard(never)).rejects.toMatchObject(unavailable);
  await vi.advanceTimersByTimeAsync(1);
  await Promise.all([waiting, late]);
  const work = vi.fn(async () => 'done');
  await expect(breaker.guard(work)).rejects.toMatchObject(unavailable);
  expect(work).not.toHaveBeenCalled();
  isHung = false;
  // The probe that hangs now and the pause behind it.
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await breaker.guard(work)).toBe('done');
  breaker.close();
});

it('is not kept waiting by those who come later, nor by those whom the driver gave up', async () => {
  const breaker = new DatabaseBreaker(never);
  const first = expect(breaker.guard(never)).rejects.toMatchObject(unavailable);
  const others: Promise<unknown>[] = [];
  for (let second = 0; second < 4; second += 0.5) {
    others.push(breaker.guard(never).catch(() => undefined));
    others.push(breaker.guard(() => Promise.reject(new RangeError('gave up'))).catch(() => undefined));
    await vi.advanceTimersByTimeAsync(500);
  }
  await first;
  await Promise.all(others);
  breaker.close();
});

it('asks no more when it is closed', async () => {
  const probe = vi.fn(never);
  const breaker = new DatabaseBreaker(probe);
  void breaker.guard(() => wait(60_000));
  breaker.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(probe).not.toHaveBeenCalled();
});

import { describe, expect, it } from 'vitest';
import type { Frame, FrameAddress } from './frame.ts';
import { reduceFor } from './frame.ts';
import { createFrameCache } from './frame-cache.ts';

const frameOf = (bytes: number): Frame => ({ head: {} as Frame['head'], samples: new Uint8Array(bytes) });
const address = (sopInstanceUid: string): FrameAddress => ({ sopInstanceUid, frame: 0, reduce: 1 });

describe('frame cache', () => {
  it('loads an address once, however many ask', async () => {
    let loads = 0;
    const cache = createFrameCache(async () => {
      loads += 1;
      return frameOf(10);
    });
    const [one, other] = await Promise.all([cache.load(address('1')), cache.load(address('1'))]);
    expect(one).toBe(other);
    expect(loads).toBe(1);
  });

  it('lets the least recently used go when the limit is passed', async () => {
    const cache = createFrameCache(async () => frameOf(40), 100);
    await cache.load(address('1'));
    await cache.load(address('2'));
    await cache.load(address('1'));
    await cache.load(address('3'));
    expect(cache.has(address('1'))).toBe(true);
    expect(cache.has(address('2'))).toBe(false);
    expect(cache.heldBytes()).toBe(80);
  });

  it('aborts a load when the last caller has gone', async () => {
    let isAborted = false;
    const cache = createFrameCache(
      (_address, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            isAborted = true;
            reject(new DOMException('gone', 'AbortError'));
          });
        }),
    );
    const first = new AbortController();
    const second = new AbortController();
    const loads = [cache.load(address('1'), first.signal), cache.load(address('1'), second.signal)];
    first.abort();
    await expect(loads[0]).rejects.toThrow('stale');
    expect(isAborted).toBe(false);
    second.abort();
    await expect(loads[1]).rejects.toThrow('stale');
    expect(isAborted).toBe(true);
    expect(cache.has(address('1'))).toBe(false);
  });

  it('forgets a failed load, so that it can be asked again', async () => {
    let loads = 0;
    const cache = createFrameCache(async () => {
      loads += 1;
      if (loads === 1) throw new TypeError('lost');
      return frameOf(1);
    });
    await expect(cache.load(address('1'))).rejects.toThrow('lost');
    await expect(cache.load(address('1'))).resolves.toBeDefined();
  });
});

describe('reduceFor', () => {
  it('never has less than one sample for a screen pixel', () => {
    expect(reduceFor(1)).toBe(1);
    expect(reduceFor(0.51)).toBe(1);
    expect(reduceFor(0.5)).toBe(2);
    expect(reduceFor(0.25)).toBe(4);
    expect(reduceFor(0.12)).toBe(8);
    expect(reduceFor(4)).toBe(1);
  });
});

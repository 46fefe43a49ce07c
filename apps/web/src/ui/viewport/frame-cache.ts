import { fetchFrame } from './fetch-frame.ts';
import type { Frame, FrameAddress } from './frame.ts';

/** Memory for decoded frames; a 7.5-megapixel film takes 15 MB at full size, under 1 MB reduced to fit. */
export const CACHE_LIMIT_BYTES = 256 * 1024 * 1024;

type Fetch = (address: FrameAddress, signal: AbortSignal) => Promise<Frame>;
interface Entry {
  readonly frame: Promise<Frame>;
  readonly abort: AbortController;
  /** What has arrived. */
  held: Frame | null;
  bytes: number;
  /** How many callers still wait for it; a load nobody waits for is aborted. */
  waiting: number;
}

const keyOf = (address: FrameAddress): string => `${address.sopInstanceUid}/${address.frame}/${address.reduce}`;

/** Frames by address, least recently used first out; one load per address however many ask. */
export const createFrameCache = (fetch: Fetch = fetchFrame, limitBytes = CACHE_LIMIT_BYTES) => {
  const entries = new Map<string, Entry>();
  let heldBytes = 0;

  const drop = (key: string, entry: Entry): void => {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    heldBytes -= entry.bytes;
  };
  const evict = (keep: Entry): void => {
    for (const [key, entry] of entries) {
      if (heldBytes <= limitBytes) return;
      if (entry !== keep && entry.waiting === 0) drop(key, entry);
    }
  };
  const start = (key: string, address: FrameAddress): Entry => {
    const abort = new AbortController();
    const entry: Entry = { frame: fetch(address, abort.signal), abort, held: null, bytes: 0, waiting: 0 };
    entries.set(key, entry);
    entry.frame.then(
      (frame) => {
        if (entries.get(key) !== entry) return;
        entry.held = frame;
        entry.bytes = frame.samples.byteLength;
        heldBytes += entry.bytes;
        evict(entry);
      },
      () => drop(key, entry),
    );
    return entry;
  };

  return {
    heldBytes: (): number => heldBytes,
    has: (address: FrameAddress): boolean => entries.has(keyOf(address)),
    /** The frame when it is here already; asks for nothing. */
    held: (address: FrameAddress): Frame | null => entries.get(keyOf(address))?.held ?? null,
    async load(address: FrameAddress, signal?: AbortSignal): Promise<Frame> {
      const key = keyOf(address);
      const entry = entries.get(key) ?? start(key, address);
      entries.delete(key);
      entries.set(key, entry);
      entry.waiting += 1;
      const leave = (): void => {
        entry.waiting -= 1;
        if (entry.waiting > 0 || entry.bytes > 0) return;
        drop(key, entry);
        entry.abort.abort();
      };
      return new Promise((resolve, reject) => {
        const onAbort = (): void => {
          leave();
          reject(new DOMException('stale', 'AbortError'));
        };
        if (signal?.aborted) {
          onAbort();
          return;
        }
        signal?.addEventListener('abort', onAbort, { once: true });
        const done = (): void => {
          signal?.removeEventListener('abort', onAbort);
          if (!signal?.aborted) entry.waiting -= 1;
        };
        entry.frame.then(
          (frame) => {
            done();
            resolve(frame);
          },
          (error: unknown) => {
            done();
            reject(error);
          },
        );
      });
    },
  };
};
export type FrameCache = ReturnType<typeof createFrameCache>;

/** One cache for the page: the next films are loaded ahead into the same memory. */
export const frameCache = createFrameCache();

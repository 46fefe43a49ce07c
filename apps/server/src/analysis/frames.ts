import { AppError } from '@jiapian/kernel';
import type { ObjectStore } from '../archive/index.ts';
import type { RegisteredInstance } from '../exams/index.ts';
import type { DecodedFrame, DecodeResult, Reduction } from './decode-job.ts';
import type { DecodePool, Priority } from './decode-pool.ts';
import type { FrameSource } from './frame-source.ts';
import { LruCache } from './lru-cache.ts';

/** A file with frames, of the archive or of another store. */
export type FrameObject = Pick<
  RegisteredInstance,
  'objectId' | 'dataSetOffset' | 'transferSyntaxUid' | 'numberOfFrames'
>;

export interface Frames {
  frame(instance: FrameObject, frame: number, reduce: Reduction, priority: Priority): Promise<DecodedFrame>;
  /** A small PNG of the middle frame. */
  thumbnail(instance: FrameObject, hasMaskedCorners?: boolean): Promise<Uint8Array>;
  /** The frame's bytes as stored, compressed or not. */
  stored(instance: FrameObject, frame: number): Promise<Uint8Array>;
}

/** Three films of 15 MB full and reduced, with room for the one after; more would only be memory. */
const cacheBytes = 128 * 1024 * 1024;
const thumbnailCacheBytes = 16 * 1024 * 1024;

/** Decoded frames by instance, from memory when they were just seen; the same one is never decoded twice at once. */
export const createFrames = (pool: DecodePool, store: Pick<ObjectStore, 'path'>): Frames => {
  const decoded = new LruCache<DecodedFrame>(cacheBytes);
  const pictures = new LruCache<Uint8Array>(thumbnailCacheBytes);
  const running = new Map<string, Promise<DecodedFrame>>();
  const keep = (key: string, frame: DecodedFrame): void => decoded.set(key, frame, frame.samples.length);

  const decode = async (
    instance: FrameObject,
    frame: number,
    reduce: Reduction,
    priority: Priority,
  ): Promise<DecodedFrame> => {
    const source = await sourceOf(instance, store);
    const result = await pool.run({ kind: 'frame', source, frame, reduce }, priority);
    if (result.kind !== 'frame') throw unexpected(result);
    if (result.full !== undefined) keep(keyOf(instance, frame, 1), result.full);
    keep(keyOf(instance, frame, reduce), result.frame);
    return result.frame;
  };

  return {
    frame: (instance, frame, reduce, priority) => {
      const key = keyOf(instance, frame, reduce);
      const known = decoded.get(key);
      if (known !== undefined) return Promise.resolve(known);
      const begun = running.get(key);
      if (begun !== undefined) return begun;
      const started = decode(instance, frame, reduce, priority).finally(() => running.delete(key));
      running.set(key, started);
      return started;
    },
    thumbnail: async (instance, hasMaskedCorners = false) => {
      const key = `${instance.objectId}${hasMaskedCorners ? ' masked' : ''}`;
      const known = pictures.get(key);
      if (known !== undefined) return known;
      const source = await sourceOf(instance, store);
      const frame = Math.max(0, Math.floor((instance.numberOfFrames - 1) / 2));
      const result = await pool.run({ kind: 'thumbnail', source, frame, hasMaskedCorners }, 'thumbnail');
      if (result.kind !== 'thumbnail') throw unexpected(result);
      pictures.set(key, result.png, result.png.length);
      return result.png;
    },
    stored: async (instance, frame) => {
      const source = await sourceOf(instance, store);
      const result = await pool.run({ kind: 'stored', source, frame }, 'preload');
      if (result.kind !== 'stored') throw unexpected(result);
      return result.bytes;
    },
  };
};

const keyOf = ({ objectId }: FrameObject, frame: number, reduce: Reduction): string => `${objectId} ${frame} ${reduce}`;

const sourceOf = async (instance: FrameObject, store: Pick<ObjectStore, 'path'>): Promise<FrameSource> => ({
  path: await store.path(instance.objectId),
  dataSetOffset: instance.dataSetOffset,
  transferSyntaxUid: instance.transferSyntaxUid,
  numberOfFrames: instance.numberOfFrames,
});

const unexpected = ({ kind }: DecodeResult): AppError =>
  new AppError('SERVER_DEFECT', { reason: 'the decoder answered another question', kind });

import type { FrameHead } from '@jiapian/contract';
import type { FrameSource } from './frame-source.ts';
import type { WorkerAnswer } from './worker-pool.ts';

export type Reduction = 1 | 2 | 4 | 8;

/** What a worker is asked. */
export type DecodeTask =
  | { kind: 'frame'; source: FrameSource; frame: number; reduce: Reduction }
  | { kind: 'thumbnail'; source: FrameSource; frame: number; hasMaskedCorners?: boolean }
  | { kind: 'stored'; source: FrameSource; frame: number };

export interface DecodedFrame {
  head: FrameHead;
  /** Row-major, little endian. */
  samples: Uint8Array<ArrayBuffer>;
}

export type DecodeResult =
  | {
      kind: 'frame';
      frame: DecodedFrame;
      /** The frame that was reduced, so that zooming in decodes nothing. */ full?: DecodedFrame;
    }
  | { kind: 'thumbnail'; png: Uint8Array<ArrayBuffer> }
  | { kind: 'stored'; bytes: Uint8Array<ArrayBuffer> };

export type DecodeAnswer = WorkerAnswer<DecodeResult>;

import type { FrameHead } from '@jiapian/contract';
import type { FrameSource } from './frame-source.ts';

export type Reduction = 1 | 2 | 4 | 8;

/** What a worker is asked. */
export type DecodeTask =
  | { kind: 'frame'; source: FrameSource; frame: number; reduce: Reduction }
  | { kind: 'thumbnail'; source: FrameSource; frame: number }
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

/** What a worker answers: a result, or an error by its code. */
export type DecodeAnswer =
  { id: number; result: DecodeResult } | { id: number; error: { code: string | null; facts: Record<string, unknown> } };

import type { FrameHead } from '@jiapian/contract';

export type Reduce = 1 | 2 | 4 | 8;
export const reduces: readonly Reduce[] = [8, 4, 2, 1];
export type Samples = Uint8Array | Uint16Array | Int16Array;

/** Decoded samples as the server sends them, row-major; colour is RGB interleaved. */
export interface Frame {
  readonly head: FrameHead;
  readonly samples: Samples;
}
export interface FrameAddress {
  readonly sopInstanceUid: string;
  readonly frame: number;
  readonly reduce: Reduce;
}

/** Carries the head of the frame as JSON; the body is samples only. */
export const FRAME_HEADER = 'jiapian-frame';

export const framePath = ({ sopInstanceUid, frame }: FrameAddress): string =>
  `/instances/${sopInstanceUid}/frames/${frame}`;

/** Every browser that runs this page is little endian, as the body is. */
export const samplesOf = (head: FrameHead, body: ArrayBuffer): Samples => {
  if (head.sampleType === 'uint8') return new Uint8Array(body);
  const evenLength = body.byteLength >> 1;
  return head.sampleType === 'int16' ? new Int16Array(body, 0, evenLength) : new Uint16Array(body, 0, evenLength);
};

/** The smallest frame that still has a sample for every pixel of the screen at this zoom. */
export const reduceFor = (zoom: number): Reduce => reduces.find((reduce) => 1 / reduce >= zoom) ?? 1;

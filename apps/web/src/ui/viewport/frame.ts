import { frameHeadSchema, type FrameHead } from '@jiapian/contract';
import { ApiProblem } from '../../api/api-problem.ts';
import { send } from '../../api/client.ts';

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

export const fetchFrame = async (address: FrameAddress, signal: AbortSignal): Promise<Frame> => {
  const path = `/instances/${address.sopInstanceUid}/frames/${address.frame}`;
  const response = await send('GET', path, { query: { reduce: address.reduce }, signal });
  const head = readHead(response.headers.get('jiapian-frame'));
  const body = await response.arrayBuffer();
  const samples = samplesOf(head, body);
  if (samples.length < head.rows * head.columns * (head.kind === 'colour' ? 3 : 1)) throw unexpected();
  return { head, samples };
};

const unexpected = (cause?: unknown): ApiProblem => new ApiProblem({ code: 'RESPONSE_UNEXPECTED', status: 200, cause });

const readHead = (text: string | null): FrameHead => {
  let content: unknown;
  try {
    content = JSON.parse(text ?? '');
  } catch (error) {
    throw unexpected(error);
  }
  const parsed = frameHeadSchema.safeParse(content);
  if (!parsed.success) throw unexpected(parsed.error);
  return parsed.data;
};

/** Every browser that runs this page is little endian, as the body is. */
const samplesOf = (head: FrameHead, body: ArrayBuffer): Samples => {
  if (head.sampleType === 'uint8') return new Uint8Array(body);
  const evenLength = body.byteLength >> 1;
  return head.sampleType === 'int16' ? new Int16Array(body, 0, evenLength) : new Uint16Array(body, 0, evenLength);
};

/** The smallest frame that still has a sample for every pixel of the screen at this zoom. */
export const reduceFor = (zoom: number): Reduce => reduces.find((reduce) => 1 / reduce >= zoom) ?? 1;

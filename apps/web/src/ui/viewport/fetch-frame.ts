import { frameHeadSchema, type FrameHead } from '@jiapian/contract';
import { ApiProblem } from '../../api/api-problem.ts';
import { send } from '../../api/client.ts';
import { FRAME_HEADER, framePath, samplesOf, type Frame, type FrameAddress, type Reduce } from './frame.ts';

export const fetchFrame = (address: FrameAddress, signal: AbortSignal): Promise<Frame> =>
  fetchFrameFrom(framePath(address), address.reduce, signal);

/** The same from another place of the server. */
export const fetchFrameFrom = async (path: string, reduce: Reduce, signal: AbortSignal): Promise<Frame> => {
  const response = await send('GET', path, { query: { reduce }, signal });
  const head = readHead(response.headers.get(FRAME_HEADER));
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

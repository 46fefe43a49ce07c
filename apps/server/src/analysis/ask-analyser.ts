import { type AnalyserAnswer, analyserAnswerSchema } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { AnalyserRow } from './analysers.repository.ts';
import type { AnalyserQuestion } from './analyser-request.ts';

/** An answer is figures and words; one above this is read no further. */
const longestAnswerBytes = 1024 * 1024;

/** Refusals that another try may change: the program is away, busy or slow. */
const passing: ReadonlySet<string> = new Set(['unreachable', 'too-slow', 'server-error', 'too-busy']);

/**
 * Asks an analyser about one picture. Throws ANALYSIS_ANALYSER_FAILED with `reason`, and `isPassing` when it may answer
 * another time. What it says of itself never reaches a log: only the named reason does.
 */
export const askAnalyser = async (
  { address, token, timeoutMs }: Pick<AnalyserRow, 'address' | 'token' | 'timeoutMs'>,
  question: AnalyserQuestion,
  stop?: AbortSignal,
): Promise<AnalyserAnswer> => {
  // One time for all of it: an answer that trickles is as late as none.
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = stop === undefined ? limit : AbortSignal.any([limit, stop]);
  try {
    const response = await fetch(address, {
      method: 'POST',
      // A redirect could carry picture and token to another machine.
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: question.body,
      signal,
    });
    const refused = refusalOf(response);
    if (refused !== null) {
      await response.body?.cancel();
      throw failure(refused);
    }
    return checked(await readAnswer(response), question);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw failure(limit.aborted ? 'too-slow' : 'unreachable');
  }
};

const failure = (reason: string): AppError =>
  new AppError('ANALYSIS_ANALYSER_FAILED', { reason, isPassing: passing.has(reason) });

const refusalOf = ({ status, type }: Response): string | null => {
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return 'redirected';
  if (status === 401 || status === 403) return 'token-refused';
  if (status === 429 || status === 503) return 'too-busy';
  if (status >= 500) return 'server-error';
  return status === 200 ? null : 'request-refused';
};

const readAnswer = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > longestAnswerBytes) throw failure('answer-too-long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const checked = (text: string, { requestId, columns, rows }: AnalyserQuestion): AnalyserAnswer => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw failure('answer-not-json');
  }
  const { data } = analyserAnswerSchema.safeParse(json);
  if (data === undefined) throw failure('answer-not-by-the-contract');
  // An answer to another question would stand beside the wrong film.
  if (data.requestId !== requestId) throw failure('answer-to-another-question');
  const places = [...data.measurements, ...data.findings].flatMap(({ place }) => place ?? []);
  const isInside = places.every(
    ({ column, row, width, height }) =>
      column >= 0 && row >= 0 && width >= 0 && height >= 0 && column + width <= columns && row + height <= rows,
  );
  if (!isInside) throw failure('place-outside-the-picture');
  return data;
};

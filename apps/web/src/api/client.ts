import { problemSchema } from '@jiapian/contract';
import { errorCatalogue, type ErrorCode } from '@jiapian/kernel';
import { addressOf, type QueryValue } from './address.ts';
import { ApiProblem } from './api-problem.ts';
import { takeEarly } from './early-answers.ts';

export interface RequestOptions {
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** The page that leaves sends its last words with it. */
  readonly keepalive?: boolean;
}
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** The part of a contract schema the client needs. */
interface Schema<Value> {
  safeParse(data: unknown): { success: true; data: Value } | { success: false; error: unknown };
}

let onSignInRequired: () => void = () => {};
/** The shell says where to go when the session has ended. */
export const whenSignInRequired = (go: () => void): void => {
  onSignInRequired = go;
};

/** Asks the server and checks its answer against the contract. */
export const request = async <Value>(
  schema: Schema<Value>,
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Value> => {
  const response = await send(method, path, options);
  const parsed = schema.safeParse(await readJson(response));
  if (parsed.success) return parsed.data;
  throw new ApiProblem({
    code: 'RESPONSE_UNEXPECTED',
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? '',
    cause: parsed.error,
  });
};

/** The same for routes whose answer has no content. */
export const command = async (method: Method, path: string, options: RequestOptions = {}): Promise<void> => {
  await send(method, path, options);
};

/** The bare answer, refusals already turned into problems. */
export const send = async (method: Method, path: string, options: RequestOptions = {}): Promise<Response> => {
  const init: RequestInit = { method, credentials: 'same-origin', signal: options.signal ?? null };
  if (options.body !== undefined) {
    init.body = JSON.stringify(options.body);
    init.headers = { 'content-type': 'application/json' };
  }
  if (options.keepalive) init.keepalive = true;
  let response: Response;
  try {
    const address = addressOf(path, options.query);
    response = await ((method === 'GET' ? takeEarly(address) : undefined) ?? fetch(address, init));
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiProblem({ code: 'NETWORK_LOST', status: 0, cause: error });
  }
  if (response.ok) return response;
  const problem = await readProblem(response);
  if (problem.code === 'ACCESS_SIGN_IN_REQUIRED') onSignInRequired();
  throw problem;
};

const readJson = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch (error) {
    throw new ApiProblem({ code: 'RESPONSE_UNEXPECTED', status: response.status, cause: error });
  }
};

const readProblem = async (response: Response): Promise<ApiProblem> => {
  const text = await response.text();
  const parsed = problemSchema.safeParse(parseOrNull(text));
  // A proxy's page instead of a problem: the status is all there is.
  if (!parsed.success || !isErrorCode(parsed.data.code)) {
    return new ApiProblem({
      code: response.status >= 502 && response.status <= 504 ? 'NETWORK_LOST' : 'RESPONSE_UNEXPECTED',
      status: response.status,
      requestId: response.headers.get('x-request-id') ?? '',
    });
  }
  const { code, requestId, facts, issues, status } = parsed.data;
  return new ApiProblem({ code, requestId, facts, issues, status });
};

const parseOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCatalogue, code);

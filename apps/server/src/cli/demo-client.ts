import { AppError } from '@jiapian/kernel';

export interface ApiClient {
  get<Value>(path: string): Promise<Value>;
  post<Value>(path: string, body?: unknown): Promise<Value>;
  put<Value>(path: string, body: unknown): Promise<Value>;
}

/** Signs in as a person does; the demo uses only what every client can use. */
export const signInTo = async (baseUrl: string, username: string, password: string): Promise<ApiClient> => {
  const answer = await fetch(`${baseUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: baseUrl },
    body: JSON.stringify({ username, password }),
  });
  if (!answer.ok) throw new AppError('ACCESS_CREDENTIALS_WRONG', { username });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

  const call = async <Value>(method: string, path: string, body?: unknown): Promise<Value> => {
    const response = await fetch(`${baseUrl}/api/v1${path}`, {
      method,
      headers: { cookie, origin: baseUrl, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new AppError('SERVER_DEFECT', { method, path, status: response.status, answer: text });
    return (text === '' ? null : JSON.parse(text)) as Value;
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
  };
};

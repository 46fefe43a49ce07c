import { problemSchema, uploadFileSchema, type UploadFile } from '@jiapian/contract';
import { errorCatalogue, type ErrorCode } from '@jiapian/kernel';
import { ApiProblem } from '../api/api-problem.ts';
import { addressOf } from '../api/address.ts';
import type { ChosenFile } from './chosen-files.ts';

/** Sends one file and tells how much of it has left; `fetch` can't, so this is the older interface. */
export const sendFile = (
  uploadId: string,
  { file, fileKey, path }: ChosenFile,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<UploadFile> =>
  new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('PUT', addressOf(`/uploads/${uploadId}/files`, { fileKey, fileName: path }));
    call.setRequestHeader('content-type', 'application/octet-stream');
    call.upload.onprogress = (event) => onProgress(event.loaded);
    const lost = (): void => reject(new ApiProblem({ code: 'NETWORK_LOST', status: 0 }));
    call.onerror = lost;
    call.ontimeout = lost;
    call.onabort = lost;
    call.onload = () => {
      const content = parsed(call.responseText);
      const answer = uploadFileSchema.safeParse(content);
      if (call.status === 200 && answer.success) resolve(answer.data);
      else reject(problemOf(call.status, content));
    };
    signal.addEventListener('abort', () => call.abort(), { once: true });
    call.send(file);
  });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const problemOf = (status: number, content: unknown): ApiProblem => {
  const problem = problemSchema.safeParse(content);
  if (problem.success && isErrorCode(problem.data.code)) {
    return new ApiProblem({ code: problem.data.code, status, requestId: problem.data.requestId });
  }
  // A proxy in front answers like this while the server is away.
  const isAway = status === 0 || (status >= 502 && status <= 504);
  return new ApiProblem({ code: isAway ? 'NETWORK_LOST' : 'RESPONSE_UNEXPECTED', status });
};

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCatalogue, code);

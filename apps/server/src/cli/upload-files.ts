import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { problemSchema, startUploadResponse, uploadFileSchema, type UploadFile } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { FileToSend } from './files-below.ts';
import type { RunningServer } from './running-server.ts';

export interface ImportReport {
  files: number;
  /** Objects; a ZIP holds many. */
  received: number;
  duplicate: number;
  conflict: number;
  quarantined: { file: string; reason: string }[];
  failed: { file: string; reason: string }[];
}

/** The register answers in batches: several files on the way fill one. */
const filesInFlight = 8;

/** Sends the files through the same door as the browser. */
export const uploadFiles = async (server: RunningServer, files: readonly FileToSend[]): Promise<ImportReport> => {
  const report: ImportReport = {
    files: files.length,
    received: 0,
    duplicate: 0,
    conflict: 0,
    quarantined: [],
    failed: [],
  };
  const started = await fetch(`${server.baseUrl}/api/v1/uploads`, { method: 'POST', headers: headersOf(server) });
  if (!started.ok) throw new AppError('SERVER_NOT_RUNNING', { status: started.status });
  const { uploadId } = startUploadResponse.parse(await started.json());
  const waiting = files.entries();
  const lane = async (): Promise<void> => {
    for (const [at, file] of waiting) count(report, file, await sendFile(server, uploadId, file, at));
  };
  await Promise.all(Array.from({ length: filesInFlight }, lane));
  return report;
};

const headersOf = ({ token }: RunningServer): Record<string, string> => ({ authorization: `Bearer ${token}` });

const sendFile = async (
  server: RunningServer,
  uploadId: string,
  file: FileToSend,
  at: number,
): Promise<UploadFile | { failure: string }> => {
  // Two folders named side by side may hold files of one name.
  const fileKey = `${at} ${file.size} ${file.name}`.slice(0, 500);
  const query = new URLSearchParams({ fileKey, fileName: file.name.slice(-1000), door: 'import' });
  const request: RequestInit & { duplex: 'half' } = {
    method: 'PUT',
    headers: { ...headersOf(server), 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(file.path)),
    duplex: 'half',
  };
  try {
    const answer = await fetch(`${server.baseUrl}/api/v1/uploads/${uploadId}/files?${query.toString()}`, request);
    if (answer.ok) return uploadFileSchema.parse(await answer.json());
    const problem = problemSchema.safeParse(await answer.json());
    return { failure: problem.data?.code ?? `status ${answer.status}` };
  } catch {
    return { failure: 'the connection was lost or the file could not be read' };
  }
};

const count = (report: ImportReport, file: FileToSend, answer: UploadFile | { failure: string }): void => {
  if ('failure' in answer) {
    report.failed.push({ file: file.name, reason: answer.failure });
    return;
  }
  const { outcome, objects, reason } = answer;
  if (outcome === 'duplicate') report.duplicate += objects;
  else if (outcome === 'conflict') report.conflict += objects;
  else if (outcome === 'received' || outcome === 'archive') report.received += objects;
  if (outcome === 'quarantined' || reason !== null) report.quarantined.push({ file: file.name, reason: reason ?? '' });
};

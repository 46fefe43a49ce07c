import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { encodePart10Header } from '@jiapian/dicom';
import type { DimseDataset } from '../platform/dimse-dataset.ts';
import { copySyntaxes } from './copy-syntaxes.ts';
import { makeCopy as makeCopyHere, type MakeCopy } from './make-copy.ts';
import { notAccepted, openCopy, refusalOfCopy } from './open-copy.ts';
import type { OutgoingObject, SendAnswer, Sender } from './outgoing.ts';

/** An archive that says nothing for so long is taken as away. [PD] */
const STOW_TIMEOUT_MS = 120_000;
const ANSWER_LENGTH_MAX = 300;

export interface StowDestination {
  url: string;
  /** The value of the Authorization header; empty for none. */
  authorization: string;
}

/** STOW-RS (PS3.18 §10.5), one object a request, so that each has its own answer. */
export const createStowSender =
  (destination: StowDestination, makeCopy: MakeCopy = makeCopyHere): Sender =>
  async (objects, onAnswer, signal) => {
    for (const [index, object] of objects.entries()) {
      if (signal.aborted) return;
      onAnswer(index, await storeCopy(destination, object, { makeCopy, signal }));
    }
  };

/** The copy is opened first: one that cannot be made, or read, is told of this object alone. */
const storeCopy = async (
  destination: StowDestination,
  object: OutgoingObject,
  { makeCopy, signal }: { makeCopy: MakeCopy; signal: AbortSignal },
): Promise<SendAnswer> => {
  const [transferSyntaxUid] = copySyntaxes(object);
  if (transferSyntaxUid === undefined) return notAccepted(object);
  let dataset: DimseDataset;
  try {
    dataset = await openCopy(object, transferSyntaxUid, makeCopy);
  } catch (cause) {
    return refusalOfCopy(cause) ?? { outcome: 'failed', code: 'unreadable', text: causeText(cause) };
  }
  try {
    return await store(destination, { ...object, transferSyntaxUid }, dataset, signal);
  } finally {
    await dataset.close();
  }
};

const store = async (
  destination: StowDestination,
  object: OutgoingObject,
  dataset: DimseDataset,
  signal: AbortSignal,
): Promise<SendAnswer> => {
  const boundary = `jiapian-${randomUUID()}`;
  try {
    const request: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: {
        accept: 'application/dicom+json',
        'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
        ...(destination.authorization !== '' && { authorization: destination.authorization }),
      },
      body: Readable.toWeb(Readable.from(multipartOf(object, dataset, boundary))) as ReadableStream,
      duplex: 'half',
      signal: AbortSignal.any([signal, AbortSignal.timeout(STOW_TIMEOUT_MS)]),
    };
    const response = await fetch(`${destination.url.replace(/\/+$/, '')}/studies`, request);
    const text = (await response.text()).slice(0, ANSWER_LENGTH_MAX);
    const answer: SendAnswer = {
      outcome: outcomeOfHttp(response.status),
      code: String(response.status),
      text: reasonIn(text),
    };
    return isAboutArchive(response.status) ? { ...answer, isAboutDestination: true } : answer;
  } catch (cause) {
    return { outcome: 'failed', code: 'network', text: causeText(cause), isAboutDestination: true };
  }
};

async function* multipartOf(
  object: OutgoingObject,
  dataset: DimseDataset,
  boundary: string,
): AsyncGenerator<Uint8Array> {
  // The file meta information names the transfer syntax; Orthanc refuses a part whose type has a parameter.
  const partHead = `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`;
  yield Buffer.from(partHead);
  yield encodePart10Header({
    sopClassUid: object.sopClassUid,
    sopInstanceUid: object.sopInstanceUid,
    transferSyntaxUid: object.transferSyntaxUid,
  });
  yield* piecesOf(dataset);
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

const READ_BYTES = 256 * 1024;

async function* piecesOf(dataset: DimseDataset): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < dataset.byteLength; at += READ_BYTES) {
    const piece = new Uint8Array(Math.min(READ_BYTES, dataset.byteLength - at));
    await dataset.fill([piece], at);
    yield piece;
  }
}

/** 200 stored, 202 stored with warnings; 408, 429 and 5xx may pass; the rest is a no. */
const outcomeOfHttp = (status: number): SendAnswer['outcome'] => {
  if (status === 200 || status === 202) return 'sent';
  return status >= 500 || status === 408 || status === 429 ? 'failed' : 'refused';
};

/** Too many requests, bad gateway, unavailable, gateway time-out, out of storage: no object is to blame. */
const isAboutArchive = (status: number): boolean => [429, 502, 503, 504, 507].includes(status);

/** The failure reason of the response (0008,1197), or its first words. */
const reasonIn = (text: string): string => {
  const reason = /"00081197"[^[]*\[\s*(\d+)/.exec(text)?.[1];
  return reason === undefined ? text : `failure reason ${Number(reason).toString(16).padStart(4, '0').toUpperCase()}`;
};

const causeText = (cause: unknown): string => {
  if (!(cause instanceof Error)) return 'unknown';
  const inner = cause.cause instanceof Error ? cause.cause.message : '';
  return inner === '' ? cause.message : inner;
};

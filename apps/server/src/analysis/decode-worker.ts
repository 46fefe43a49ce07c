import { parentPort } from 'node:worker_threads';
import { type Frame, reduceFrame } from '@jiapian/dicom/pixels';
import { AppError } from '@jiapian/kernel';
import type { DecodeAnswer, DecodedFrame, DecodeResult, DecodeTask } from './decode-job.ts';
import { frameHeadOf } from './frame-head.ts';
import { withMaskedCorners } from './mask-corners.ts';
import { readFrame, readStoredFrame } from './read-frame.ts';
import { thumbnailOf } from './thumbnail.ts';

/** Runs in a worker thread: one task at a time, the answer's buffers moved and not copied. */
const answer = async (id: number, task: DecodeTask): Promise<void> => {
  try {
    const result = await work(task);
    const reply: DecodeAnswer = { id, result };
    parentPort?.postMessage(reply, buffersOf(result));
  } catch (error) {
    const facts = error instanceof AppError ? { ...error.facts } : { reason: 'the decoder failed' };
    const reply: DecodeAnswer = { id, error: { code: error instanceof AppError ? error.code : null, facts } };
    parentPort?.postMessage(reply);
  }
};

const work = async (task: DecodeTask): Promise<DecodeResult> => {
  if (task.kind === 'stored')
    return { kind: 'stored', bytes: Uint8Array.from(await readStoredFrame(task.source, task.frame)) };
  const full = await readFrame(task.source, task.frame);
  if (task.kind === 'thumbnail') {
    const shown = task.hasMaskedCorners ? withMaskedCorners(full) : full;
    return { kind: 'thumbnail', png: Uint8Array.from(thumbnailOf(shown)) };
  }
  const { numberOfFrames } = task.source;
  const whole = owned(full, full, numberOfFrames);
  if (task.reduce === 1) return { kind: 'frame', frame: whole };
  const reduced = reduceFrame(full, task.reduce);
  return { kind: 'frame', frame: owned(reduced, full, numberOfFrames), full: whole };
};

/** A copy that can be moved: the samples may be a view into the buffer that the next file is read into. */
const owned = (frame: Frame, full: Frame, numberOfFrames: number): DecodedFrame => {
  const { buffer, byteOffset, byteLength } = frame.samples;
  const samples = new Uint8Array(byteLength);
  samples.set(new Uint8Array(buffer, byteOffset, byteLength));
  return { head: frameHeadOf(frame, full, numberOfFrames), samples };
};

const buffersOf = (result: DecodeResult): ArrayBuffer[] => {
  if (result.kind === 'thumbnail') return [result.png.buffer];
  if (result.kind === 'stored') return [result.bytes.buffer];
  return [result.frame.samples.buffer, ...(result.full === undefined ? [] : [result.full.samples.buffer])];
};

parentPort?.on('message', ({ id, task }: { id: number; task: DecodeTask }) => void answer(id, task));

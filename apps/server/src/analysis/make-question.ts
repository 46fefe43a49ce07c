import { AppError } from '@jiapian/kernel';
import type { ObjectStore } from '../archive/index.ts';
import { type AnalyserQuestion, questionBytes, questionOf, sentFacts, whyNotSent } from './analyser-request.ts';
import type { DecodePool } from './decode-pool.ts';
import { readObjectHead } from './read-head.ts';
import type { SubjectContext } from './subject-context.repository.ts';

const bytesPerMegabyte = 1024 * 1024;

/** The picture that stands for a subject, made ready to be sent, or why it must not or cannot be. */
export const makeQuestion = async (
  { store, decoding }: { store: Pick<ObjectStore, 'path'>; decoding: Pick<DecodePool, 'run'> },
  context: SubjectContext,
  largestMegabytes: number,
): Promise<{ question: AnalyserQuestion } | { notSent: string }> => {
  const { objects, positionCode } = context;
  // The middle of a series stands for it, and the middle frame for an object of several.
  const at = Math.floor(objects.length / 2);
  const object = objects[at];
  if (object === undefined) return { notSent: 'no-pixel-data' };
  try {
    const path = await store.path(object.objectId);
    const { facts, source } = readObjectHead(path, { path, ...object });
    const refused = whyNotSent(facts);
    if (refused !== null) return { notSent: refused };
    const sampleBytes = (facts.rows ?? 0) * (facts.columns ?? 0) * ((facts.bitsAllocated ?? 16) > 8 ? 2 : 1);
    if (questionBytes(sampleBytes) > largestMegabytes * bytesPerMegabyte) return { notSent: 'picture-too-large' };
    const frame = Math.max(0, Math.floor((source.numberOfFrames - 1) / 2));
    const decoded = await decoding.run({ kind: 'frame', source, frame, reduce: 1 }, 'preload');
    if (decoded.kind !== 'frame' || decoded.frame.head.kind === 'colour') return { notSent: 'colour' };
    const picture = { number: at + 1, of: objects.length };
    return { question: await questionOf(sentFacts(facts, positionCode, picture), decoded.frame) };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'limit') throw error;
    return { notSent: 'not-decodable' };
  }
};

import type { SimulatedExam, TruthRow } from '@jiapian/simulator';
import { DimseClient, type DimseAnswer, type DimsePeer, type Proposal } from '../platform/dimse-client.ts';
import type { DimseDataset } from '../platform/dimse-dataset.ts';

export interface SentObject extends TruthRow {
  readonly answer: DimseAnswer['kind'];
  readonly status: number;
}

/** Sends one simulated exam over an association of its own, as a modality does; answers what the peer said to each. */
export const sendExam = async (exam: SimulatedExam, peer: DimsePeer): Promise<SentObject[]> => {
  const client = await DimseClient.associate(peer, proposalsOf(exam));
  const sent: SentObject[] = [];
  try {
    let index = 0;
    for (const { dataSet, ...object } of exam.instances) {
      const truth = exam.truth[index++] as TruthRow;
      const { kind, status } = await client.store({ ...object, dataset: chunksDataset(dataSet) });
      sent.push({ ...truth, answer: kind, status });
    }
  } finally {
    await client.release();
  }
  return sent;
};

const proposalsOf = (exam: SimulatedExam): Proposal[] =>
  [...new Set(exam.truth.map(({ sopClassUid }) => sopClassUid))].map((abstractSyntax) => ({
    abstractSyntax,
    transferSyntax: exam.transferSyntaxUid,
  }));

/** A data set in several pieces of memory, read without joining them first. */
const chunksDataset = (chunks: readonly Uint8Array[]): DimseDataset => ({
  byteLength: chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0),
  fill: async (views, position) => {
    let at = position;
    for (const view of views) {
      copyChunks(chunks, view, at);
      at += view.byteLength;
    }
  },
  close: async () => undefined,
});

const copyChunks = (chunks: readonly Uint8Array[], view: Uint8Array, position: number): void => {
  let start = 0;
  let filled = 0;
  for (const chunk of chunks) {
    const from = Math.max(0, position + filled - start);
    if (from < chunk.byteLength && filled < view.byteLength) {
      const piece = chunk.subarray(from, from + view.byteLength - filled);
      view.set(piece, filled);
      filled += piece.byteLength;
    }
    start += chunk.byteLength;
  }
};

import { AppError } from '@jiapian/kernel';
import { DimseClient, type DimsePeer, type Proposal } from '../platform/dimse-client.ts';
import { openFileDataset, type DimseDataset } from '../platform/dimse-dataset.ts';
import { editedDataset } from './edited-dataset.ts';
import {
  isFull,
  outcomeOfStatus,
  type ByteEdit,
  type OutgoingObject,
  type SendAnswer,
  type Sender,
} from './outgoing.ts';

/** Presentation contexts of one association: odd identifiers of one byte (PS3.8 §9.3.2.2). */
const CONTEXTS_MAX = 128;

/** Associations that may break in one round before the peer itself is taken as unwell. [PD] */
const BREAKS_MAX = 10;

/**
 * C-STORE over one association per group of up to 128 kinds of object, each in the encoding it came in. An association
 * is kept for the next call as long as it has a context for what comes. An object over which the peer breaks the
 * association has failed; the ones behind it go over the next association. Throws when no association can be had.
 */
export const createDimseSender = (peer: DimsePeer): Sender => {
  let kept: DimseClient | null = null;
  const associationFor = async (proposals: readonly Proposal[]): Promise<DimseClient> => {
    if (kept?.isOpen === true && proposals.every((proposal) => kept?.accepts(proposal))) return kept;
    await kept?.release();
    kept = await DimseClient.associate(peer, proposals);
    return kept;
  };
  const send: Sender = async (objects, onAnswer, signal) => {
    let next = 0;
    let breaks = 0;
    while (next < objects.length && breaks < BREAKS_MAX && !signal.aborted) {
      const group = groupOf(objects, next);
      const client = await associationFor(group.proposals);
      const stop = () => client.abort();
      signal.addEventListener('abort', stop, { once: true });
      let ahead = openAhead(client, objects[next]);
      for (; next < group.end && client.isOpen && !signal.aborted; next += 1) {
        const object = objects[next];
        const opened = ahead;
        // The next file is opened and read while this one is on the wire.
        ahead = next + 1 < group.end ? openAhead(client, objects[next + 1]) : null;
        if (object && opened) onAnswer(next, await storeOne(client, object, opened));
      }
      await ahead?.then((dataset) => client.closeDataset(dataset)).catch(() => undefined);
      if (!client.isOpen) breaks += 1;
      signal.removeEventListener('abort', stop);
    }
  };
  const close = async (): Promise<void> => {
    await kept?.release();
    kept = null;
  };
  return Object.assign(send, { close });
};

const proposalOf = (object: OutgoingObject): Proposal => ({
  abstractSyntax: object.sopClassUid,
  transferSyntax: object.transferSyntaxUid,
});

/** As many objects from `start` on as one association can propose contexts for. */
const groupOf = (objects: readonly OutgoingObject[], start: number): { proposals: Proposal[]; end: number } => {
  const proposals = new Map<string, Proposal>();
  let end = start;
  for (; end < objects.length; end += 1) {
    const object = objects[end];
    if (!object) break;
    const key = `${object.sopClassUid} ${object.transferSyntaxUid}`;
    if (!proposals.has(key) && proposals.size === CONTEXTS_MAX) break;
    proposals.set(key, proposalOf(object));
  }
  return { proposals: [...proposals.values()], end };
};

/** PS3.5 §7.1: every value has even length. Peers break the association over it, so a person is told instead. */
const oddLength: SendAnswer = {
  outcome: 'refused',
  code: 'odd-length',
  text: 'the data set has an odd number of bytes and cannot be sent by C-STORE as it is',
};

/** The edit counted from the data set, not from the file. */
const fromDataSet = ({ from, to, bytes }: ByteEdit, { dataSetOffset }: OutgoingObject): ByteEdit => ({
  from: from - dataSetOffset,
  to: to - dataSetOffset,
  bytes,
});

/** A failure to open is told when its turn comes. */
const openAhead = (client: DimseClient, object: OutgoingObject | undefined): Promise<DimseDataset> | null => {
  if (object === undefined) return null;
  const opening = openDataset(object).then((dataset) => {
    client.readAhead({ ...object, dataset });
    return dataset;
  });
  opening.catch(() => undefined);
  return opening;
};

const openDataset = async (object: OutgoingObject): Promise<DimseDataset> => {
  const stored = await openFileDataset(object.path, object.dataSetOffset);
  return object.edit === undefined ? stored : editedDataset(stored, fromDataSet(object.edit, object));
};

const notAccepted = (object: OutgoingObject): SendAnswer => ({
  outcome: 'refused',
  code: 'context',
  text: `not accepted: ${object.sopClassUid} ${object.transferSyntaxUid}`,
});

const storeOne = async (
  client: DimseClient,
  object: OutgoingObject,
  opened: Promise<DimseDataset>,
): Promise<SendAnswer> => {
  const dataset = await opened.catch((cause: unknown) => breakdownText(cause));
  // A file that cannot be read is this object's trouble, not the destination's.
  if (typeof dataset === 'string') return { outcome: 'failed', code: 'unreadable', text: dataset };
  try {
    if (!client.accepts(proposalOf(object))) return notAccepted(object);
    if (dataset.byteLength % 2 !== 0) return oddLength;
    const { status, comment } = await client.store({ ...object, dataset });
    const code = status.toString(16).padStart(4, '0').toUpperCase();
    return {
      outcome: outcomeOfStatus(status),
      code,
      text: comment,
      ...(isFull(status) && { isAboutDestination: true }),
    };
  } catch (cause) {
    return { outcome: 'failed', code: 'broken-off', text: breakdownText(cause) };
  } finally {
    await client.closeDataset(dataset);
  }
};

/** What went wrong with an association, in the words of the catalogue and its facts. */
export const breakdownText = (cause: unknown): string => {
  if (!(cause instanceof AppError)) return 'SERVER_DEFECT';
  const facts = ['code', 'reason', 'rejection', 'waitedMs'].flatMap((key) => {
    const fact = cause.facts[key];
    return fact === undefined ? [] : [String(fact)];
  });
  return [cause.code, ...facts].join(' · ');
};

import { AppError } from '@jiapian/kernel';
import { DimseClient, type DimsePeer, type Proposal } from '../platform/dimse-client.ts';
import type { DimseDataset } from '../platform/dimse-dataset.ts';
import { copySyntaxes } from './copy-syntaxes.ts';
import { makeCopy as makeCopyHere, type MakeCopy } from './make-copy.ts';
import { notAccepted, oddLength, openCopy, refusalOfCopy } from './open-copy.ts';
import { isFull, outcomeOfStatus, type OutgoingObject, type SendAnswer, type Sender } from './outgoing.ts';

/** Presentation contexts of one association: odd identifiers of one byte (PS3.8 §9.3.2.2). */
const CONTEXTS_MAX = 128;

/** Associations that may break in one round before the peer itself is taken as unwell. [PD] */
const BREAKS_MAX = 10;

/**
 * C-STORE over one association per group of up to 128 kinds of object, each in the encoding it came in. An association
 * is kept for the next call as long as it has a context for what comes. An object over which the peer breaks the
 * association has failed; the ones behind it go over the next association. Throws when no association can be had.
 */
export const createDimseSender = (peer: DimsePeer, makeCopy: MakeCopy = makeCopyHere): Sender => {
  let kept: DimseClient | null = null;
  /** What was asked for on the kept association, accepted or not: asking again would bring the same answer. */
  let asked = new Set<string>();
  const associationFor = async (proposals: readonly Proposal[]): Promise<DimseClient> => {
    if (kept?.isOpen === true && proposals.every((proposal) => asked.has(keyOf(proposal)))) return kept;
    await kept?.release();
    kept = await DimseClient.associate(peer, proposals);
    asked = new Set(proposals.map(keyOf));
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
      let ahead = openAhead(client, objects[next], makeCopy);
      for (; next < group.end && client.isOpen && !signal.aborted; next += 1) {
        const object = objects[next];
        const opened = ahead;
        // The next file is opened and read while this one is on the wire.
        ahead = next + 1 < group.end ? openAhead(client, objects[next + 1], makeCopy) : null;
        if (object && opened) onAnswer(next, await storeOne(client, object, opened));
      }
      await ahead?.then((copy) => copy && client.closeDataset(copy.dataset)).catch(() => undefined);
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

const keyOf = ({ abstractSyntax, transferSyntax }: Proposal): string => `${abstractSyntax} ${transferSyntax}`;

const proposalsOf = (object: OutgoingObject): Proposal[] =>
  copySyntaxes(object).map((transferSyntax) => ({ abstractSyntax: object.sopClassUid, transferSyntax }));

/** As many objects from `start` on as one association can propose contexts for. */
const groupOf = (objects: readonly OutgoingObject[], start: number): { proposals: Proposal[]; end: number } => {
  const proposals = new Map<string, Proposal>();
  let end = start;
  for (; end < objects.length; end += 1) {
    const object = objects[end];
    if (!object) break;
    const fresh = proposalsOf(object).filter((proposal) => !proposals.has(keyOf(proposal)));
    if (end > start && proposals.size + fresh.length > CONTEXTS_MAX) break;
    for (const proposal of fresh.slice(0, CONTEXTS_MAX)) proposals.set(keyOf(proposal), proposal);
  }
  return { proposals: [...proposals.values()], end };
};

/** What is sent of an object, and in which encoding; null when the peer takes none that the rule allows. */
type Opened = { dataset: DimseDataset; transferSyntaxUid: string } | null;

/** A failure to open is told when its turn comes. */
const openAhead = (
  client: DimseClient,
  object: OutgoingObject | undefined,
  makeCopy: MakeCopy,
): Promise<Opened> | null => {
  if (object === undefined) return null;
  const taken = proposalsOf(object).find((proposal) => client.accepts(proposal));
  if (taken === undefined) return Promise.resolve(null);
  const transferSyntaxUid = taken.transferSyntax;
  const opening = openCopy(object, transferSyntaxUid, makeCopy).then((dataset) => {
    client.readAhead({ ...object, transferSyntaxUid, dataset });
    return { dataset, transferSyntaxUid };
  });
  opening.catch(() => undefined);
  return opening;
};

const storeOne = async (client: DimseClient, object: OutgoingObject, opening: Promise<Opened>): Promise<SendAnswer> => {
  const opened = await opening.catch(
    (cause: unknown): SendAnswer =>
      // A file that cannot be read is this object's trouble, not the destination's.
      refusalOfCopy(cause) ?? { outcome: 'failed', code: 'unreadable', text: breakdownText(cause) },
  );
  if (opened === null) return notAccepted(object);
  if ('outcome' in opened) return opened;
  try {
    if (opened.dataset.byteLength % 2 !== 0) return oddLength;
    const { status, comment } = await client.store({ ...object, ...opened });
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
    await client.closeDataset(opened.dataset);
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

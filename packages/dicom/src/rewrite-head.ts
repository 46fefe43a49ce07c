import { AppError } from '@jiapian/kernel';
import { characterSetFor, type CharacterSet } from './character-sets.ts';
import { pixelDataTag } from './element-header.ts';
import { plainTextOf } from './element-values.ts';
import { itemsOf, type DataSet } from './read-data-set.ts';
import {
  bytesOfItem,
  endOfElement,
  rewriteElement,
  sequenceOf,
  SPECIFIC_CHARACTER_SET,
  type Rewriting,
} from './rewrite-element.ts';
import { encodeDataSet, type WriteElement } from './write-data-set.ts';
import { joinChunks } from './write-part10.ts';
import type { WriteCharacterSet } from './write-text.ts';

/** What a copy of an object says otherwise than the object itself. */
export interface HeadChanges {
  /** Elements of the copy in the place of the object's own, or beside them. */
  readonly set: readonly WriteElement[];
  /** Top-level elements that the copy does not have. */
  readonly remove: ReadonlySet<number>;
  /** The UID that the copy uses for a UID of the object, at every depth; the same where nothing changes. */
  readonly uidOf: (uid: string) => string;
  /** When, as a DT value, and by which system (0400,0562) and (0400,0563). */
  readonly modified: { readonly at: string; readonly system: string };
}

/** Bytes from `from` to before `to` of the block, and what stands in their place in the copy. */
export interface HeadEdit {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

/** Original Attributes Sequence and what stands in it (PS3.3 C.12.1.1.9). */
const ORIGINAL_ATTRIBUTES = 0x04000561;
const MODIFIED_ATTRIBUTES = 0x04000550;
/** SOP, Study and Series Instance UID: told as they were when they become others. */
const IDENTIFIERS: ReadonlySet<number> = new Set([0x00080018, 0x0020000d, 0x0020000e]);

/**
 * The head of a data set, everything before its pixel data, as a copy has it in which some values are others: what
 * they were is kept in the copy's Original Attributes Sequence with the reason CORRECT. Text is written in the
 * object's own character set where that can hold it, else the whole head becomes ISO_IR 192. `start` is the first byte
 * of the data set; the block itself is not touched.
 *
 * Throws `DICOM_COPY_IMPOSSIBLE` for a data set that is big endian, or whose head is cut or broken.
 */
export const rewriteHead = (head: DataSet, start: number, changes: HeadChanges): HeadEdit => {
  if (!head.encoding.isLittleEndian) throw new AppError('DICOM_COPY_IMPOSSIBLE', { reason: 'big-endian' });
  if (!head.isComplete) throw new AppError('DICOM_COPY_IMPOSSIBLE', { reason: head.problem ?? 'cut' });
  const implicit = !head.encoding.isExplicit;
  const { characterSet, decodeBy } = textsOf(head, changes);
  const write = (element: WriteElement): Uint8Array =>
    joinChunks(encodeDataSet([element], { implicit, characterSet: characterSet ?? 'ISO_IR 192' }));
  const wanted = new Map(changes.set.map((element) => [element.tag, element]));
  if (decodeBy !== null) wanted.set(SPECIFIC_CHARACTER_SET, characterSetElement);
  const { pieces, before, end } = sort(head, start, new Set([...wanted.keys(), ...changes.remove]), {
    uidOf: changes.uidOf,
    decodeBy,
  });
  for (const [tag, element] of wanted) pieces.set(tag, write(element));
  const item = joinChunks([
    sequenceOf(MODIFIED_ATTRIBUTES, implicit, [inOrder(before)]),
    ...[
      { tag: 0x04000562, vr: 'DT', value: changes.modified.at },
      { tag: 0x04000563, vr: 'LO', value: changes.modified.system },
      { tag: 0x04000564, vr: 'LO', value: '' },
      { tag: 0x04000565, vr: 'CS', value: 'CORRECT' },
    ].map(write),
  ]);
  pieces.set(ORIGINAL_ATTRIBUTES, sequenceOf(ORIGINAL_ATTRIBUTES, implicit, [...earlierItems(head, decodeBy), item]));
  return { from: start, to: end, bytes: inOrder(pieces) };
};

const characterSetElement: WriteElement = { tag: SPECIFIC_CHARACTER_SET, vr: 'CS', value: 'ISO_IR 192' };

/** The elements as the copy has them, and those that change as they were. */
const sort = (head: DataSet, start: number, changed: ReadonlySet<number>, rewriting: Rewriting) => {
  const pieces = new Map<number, Uint8Array>();
  const before = new Map<number, Uint8Array>();
  const asItWas: Rewriting = { ...rewriting, uidOf: (uid) => uid };
  let at = start;
  for (const element of head.elements.values()) {
    if (element.tag === pixelDataTag) break;
    const raw = head.bytes.subarray(at, endOfElement(element));
    at = endOfElement(element);
    // A group length (retired) would not be true any more; earlier corrections are put in again with this one.
    if ((element.tag & 0xffff) === 0 || element.tag === ORIGINAL_ATTRIBUTES) continue;
    const kept = rewriteElement(head, element, raw, rewriting);
    const isChanged = changed.has(element.tag);
    const isRenamed = IDENTIFIERS.has(element.tag) && kept !== raw;
    if (!isChanged) pieces.set(element.tag, kept);
    if ((isChanged || isRenamed) && element.tag !== SPECIFIC_CHARACTER_SET) {
      before.set(element.tag, rewriteElement(head, element, raw, asItWas));
    }
  }
  return { pieces, before, end: at };
};

const inOrder = (pieces: ReadonlyMap<number, Uint8Array>): Uint8Array =>
  joinChunks([...pieces].toSorted(([one], [other]) => one - other).map(([, piece]) => piece));

/** What stands in the Original Attributes Sequence already, item by item. */
const earlierItems = (head: DataSet, decodeBy: CharacterSet | null): Uint8Array[] =>
  itemsOf(head, ORIGINAL_ATTRIBUTES).map((item) => bytesOfItem(item, decodeBy));

const writable: Readonly<Record<string, WriteCharacterSet>> = {
  '': 'ISO_IR 6',
  'ISO_IR 6': 'ISO_IR 6',
  'ISO_IR 100': 'ISO_IR 100',
  'ISO_IR 192': 'ISO_IR 192',
  GB18030: 'GB18030',
  GBK: 'GB18030',
};

/** The object's own character set when it holds the new text; else how the old text is decoded for UTF-8. */
const textsOf = (head: DataSet, { set }: HeadChanges) => {
  const declared = characterSetFor(plainTextOf(head, SPECIFIC_CHARACTER_SET));
  const own = declared.terms.length === 1 ? writable[declared.terms[0] ?? ''] : undefined;
  if (own !== undefined && holds(own, set)) return { characterSet: own, decodeBy: null };
  return { characterSet: undefined, decodeBy: declared };
};

const holds = (characterSet: WriteCharacterSet, set: readonly WriteElement[]): boolean => {
  try {
    encodeDataSet(set, { characterSet });
    return true;
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'DICOM_TEXT_UNENCODABLE') return false;
    throw cause;
  }
};

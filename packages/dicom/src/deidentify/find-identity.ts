import { characterSetFor } from '../character-sets.ts';
import { dictionaryEntry } from '../dictionary.ts';
import { type Element, pixelDataTag } from '../element-header.ts';
import { plainTextOf } from '../element-values.ts';
import { type DataSet, itemsOfElement } from '../read-data-set.ts';
import { readPart10 } from '../read-part10.ts';
import { latin1 } from '../text-bytes.ts';
import type { IdentityKind, IdentityValue } from './identity.ts';

/** A value of the original that stands in the result; the value itself is not repeated here. */
export interface FoundIdentity {
  readonly kind: IdentityKind;
  /** Where it stood in the original. */
  readonly from: number;
  /** The element of the result that holds it; `null` when it was found in the bytes between or in the pixels. */
  readonly at: number | null;
}

/** Shorter words are too common to be looked for inside others; they count when a whole value is alike. [PD] */
const shortestPart = { latin: 3, cjk: 2 } as const;
/** Shorter byte strings occur in pixels by chance; a text of 6 bytes is met there once in 10^14 bytes. [PD] */
const shortestInBytes = 6;
const cjk = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const numericVrs = new Set(['DS', 'IS', 'UI']);

/**
 * Reads a Part 10 file again and looks for values of the original's identity: as text in every element of every
 * nesting, whatever the case and the separators, and as bytes anywhere in the file (UTF-8, UTF-16 and, for names,
 * the original's own character set), pixels included. Empty when nothing was found.
 * Throws what `readPart10` throws.
 */
export const findIdentity = (part10: Uint8Array, identity: readonly IdentityValue[]): FoundIdentity[] => {
  const { dataSet, dataSetOffset } = readPart10(part10);
  const texts = textsOf(dataSet, undefined);
  const found = [
    ...identity.flatMap((value) => inTexts(value, texts)),
    ...inBytes(part10, identity, { dataSet, dataSetOffset }),
  ];
  const seen = new Set<string>();
  return found.filter(({ kind, from, at }) => {
    const key = `${kind} ${from} ${at}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
};

/** Does a text of the result hold any of these values? For leaving an element out before it is written. */
export const holdsIdentity = (text: string, identity: readonly IdentityValue[]): boolean =>
  identity.some((value) => inTexts(value, [{ tag: 0, vr: 'LO', text }]).length > 0);

interface ResultText {
  tag: number;
  vr: string;
  text: string;
}

const textsOf = (dataSet: DataSet, inherited: string | undefined): ResultText[] => {
  const declared = plainTextOf(dataSet, 0x00080005) ?? inherited;
  return [...dataSet.elements.values()].flatMap((element): ResultText[] => {
    const { tag, offset, length } = element;
    const vr = element.vr === '' ? (dictionaryEntry(tag)?.vr ?? 'UN') : element.vr;
    // What we say there about the profile is the same in every file.
    if (tag === pixelDataTag || tag >>> 16 === 0x0012) return [];
    if (vr === 'SQ') return itemsOfElement(dataSet, element).flatMap((item) => textsOf(item, declared));
    const { text } = characterSetFor(declared).decode(dataSet.bytes, offset, offset + length);
    return [{ tag, vr, text }];
  });
};

const inTexts = (value: IdentityValue, texts: readonly ResultText[]): FoundIdentity[] => {
  const words = partsOf(value);
  const whole = folded(value.text);
  return texts
    .filter(({ vr, text }) => {
      if (numericVrs.has(vr) && value.kind !== 'uid') return false;
      const read = folded(text);
      if (read === '') return false;
      return read.split(' ').join('') === whole.split(' ').join('') || words.some((part) => includesPart(read, part));
    })
    .map(({ tag }) => ({ kind: value.kind, from: value.tag, at: tag }));
};

/** A word of letters anywhere; digits only where no other digit stands beside them. */
const includesPart = (text: string, part: string): boolean => {
  if (!/^[\d.]+$/.test(part)) return text.includes(part);
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (!/\d/.test(text[at - 1] ?? '') && !/\d/.test(text[at + part.length] ?? '')) return true;
  return false;
};

/** One case, one kind of separator: `WANG^XiaoDong=王^小东` is looked for as `wang xiaodong 王 小东`. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\0', '')
    .replace(/[\^=\\,;_/-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const parts = new WeakMap<IdentityValue, string[]>();

/** The words of a value by which it is recognised, worked out once. */
const partsOf = (value: IdentityValue): string[] => {
  const known = parts.get(value);
  if (known !== undefined) return known;
  const made = wordsOf(value);
  parts.set(value, made);
  return made;
};

const wordsOf = ({ kind, text }: IdentityValue): string[] => {
  if (kind === 'uid') return [text];
  if (kind !== 'name') return [...folded(text).split(' '), folded(text)].filter(isLongEnough);
  const groups = text.split('=').map(folded);
  return [...new Set([...groups, ...groups.flatMap((group) => group.split(' '))])].filter(isLongEnough);
};

const isLongEnough = (part: string): boolean => {
  if (cjk.test(part)) return [...part].length >= shortestPart.cjk;
  // Numbers of few digits are everywhere in a header.
  return part.length >= (/^\d+$/.test(part) ? shortestInBytes : shortestPart.latin);
};

const inBytes = (
  part10: Uint8Array,
  identity: readonly IdentityValue[],
  { dataSet, dataSetOffset }: { dataSet: DataSet; dataSetOffset: number },
): FoundIdentity[] => {
  const pixels = dataSet.elements.get(pixelDataTag);
  const headerEnd = pixels?.offset ?? part10.length;
  const file = Buffer.from(part10.buffer, part10.byteOffset, part10.byteLength);
  const inPixels = file.subarray(headerEnd);
  const header = latin1(part10, 0, headerEnd).toLowerCase();
  const elements = [...dataSet.elements.values()];
  const within = (at: number, ranges: readonly Element[]): boolean =>
    ranges.some(({ offset, length }) => at >= offset && at < offset + length);
  const numbers = elements.filter(({ vr }) => numericVrs.has(vr));
  const own = elements.filter(({ tag }) => tag >>> 16 === 0x0012);
  return identity.flatMap((value) => {
    const isInHeader = (bytes: Uint8Array): boolean => {
      const at = header.indexOf(latin1(bytes, 0, bytes.length).toLowerCase());
      if (at < 0 || within(at, own)) return false;
      return value.kind === 'uid' || !(at < dataSetOffset || within(at, numbers));
    };
    const isLong = (bytes: Uint8Array): boolean => bytes.length >= shortestInBytes;
    const narrow = encodingsOf(value, 'utf8').filter(isLong);
    // Two bytes a letter look like the dark samples of a 16-bit picture: that spelling is looked for in the header.
    const wide = encodingsOf(value, 'utf16le').filter(isLong);
    const isFound =
      [...narrow, ...wide].some(isInHeader) || narrow.some((bytes) => inPixels.includes(Buffer.from(bytes)));
    return isFound ? [{ kind: value.kind, from: value.tag, at: null }] : [];
  });
};

const encodingsOf = (value: IdentityValue, encoding: 'utf8' | 'utf16le'): Uint8Array[] => {
  const spelt = [value.text, ...partsOf(value), ...value.text.split(/[=^]/)].filter((text) => text.trim() !== '');
  const texts = [...new Set(spelt)].map((text) => Buffer.from(text, encoding));
  return value.raw === undefined || encoding !== 'utf8' ? texts : [...texts, ...rawParts(value.raw)];
};

/** The parts of a name as they stood, between `^`, `=` and padding. */
const rawParts = (raw: Uint8Array): Uint8Array[] => {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at <= raw.length; at += 1) {
    const byte = raw[at];
    if (byte !== undefined && byte !== 0x5e && byte !== 0x3d && byte !== 0x20 && byte !== 0) continue;
    if (at > start) parts.push(raw.subarray(start, at));
    start = at + 1;
  }
  return parts;
};

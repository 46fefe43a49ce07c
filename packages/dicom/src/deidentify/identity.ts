import { characterSetFor } from '../character-sets.ts';
import { dictionaryEntry } from '../dictionary.ts';
import type { Element } from '../element-header.ts';
import { plainTextOf, plainTextOfElement } from '../element-values.ts';
import { type DataSet, itemsOfElement } from '../read-data-set.ts';

/** What a value says about the patient, the people or the place. */
export type IdentityKind = 'name' | 'id' | 'date' | 'place' | 'uid';

/** One value of the original that must not be found again. */
export interface IdentityValue {
  readonly kind: IdentityKind;
  /** Where it stood, `0xGGGGEEEE`. */
  readonly tag: number;
  readonly text: string;
  /** As it stood in the file, in its own character set; names only. */
  readonly raw: Uint8Array | undefined;
}

const specificCharacterSet = 0x00080005;

/** Identifiers of patient, visit, order, device. [PS3.15 E.1-1] */
const idTags = new Set([
  0x00080050, 0x00100020, 0x00100021, 0x00101000, 0x00101090, 0x00102154, 0x00200010, 0x00181000, 0x0018700a,
  0x00380010, 0x00380060, 0x00400253, 0x00401001, 0x00402016, 0x00402017, 0x00400009, 0x00101080,
]);
/** Where and by which machine. [PS3.15 E.1-1] */
const placeTags = new Set([0x00080080, 0x00080081, 0x00081010, 0x00081040, 0x00101040, 0x00080055]);
/** UIDs that say what something is. [PS3.6 annex A] */
const standardUid = /^1\.2\.840\.10008\./;

/**
 * Every value of the data set, nested ones too, by which somebody could be found: names of persons in each script,
 * identifiers, dates, places, UIDs. Empty values are left out.
 */
export const identityOf = (dataSet: DataSet): IdentityValue[] => {
  const values: IdentityValue[] = [];
  walk(dataSet, plainTextOf(dataSet, specificCharacterSet), values);
  const seen = new Set<string>();
  return values.filter(({ kind, text }) => {
    const key = `${kind} ${text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

const walk = (dataSet: DataSet, inherited: string | undefined, values: IdentityValue[]): void => {
  const declared = plainTextOf(dataSet, specificCharacterSet) ?? inherited;
  for (const element of dataSet.elements.values()) {
    const vr = vrOf(element);
    if (vr === 'SQ') for (const item of itemsOfElement(dataSet, element)) walk(item, declared, values);
    else values.push(...valuesOf(dataSet, element, vr, declared));
  }
};

const vrOf = ({ tag, vr, isUndefinedLength }: Element): string => {
  if (isUndefinedLength && tag !== 0x7fe00010) return 'SQ';
  return dictionaryEntry(tag)?.vr ?? (vr === '' ? 'UN' : vr);
};

const valuesOf = (
  { bytes, ...dataSet }: DataSet,
  element: Element,
  vr: string,
  declared: string | undefined,
): IdentityValue[] => {
  const { tag, offset, length } = element;
  const plain = (kind: IdentityKind): IdentityValue[] =>
    plainTextOfElement({ bytes, ...dataSet }, element)
      .split('\\')
      .map((text) => ({ kind, tag, text: text.trim(), raw: undefined }))
      .filter(({ text }) => text !== '');
  if (vr === 'PN') {
    const { text } = characterSetFor(declared).decode(bytes, offset, offset + length, true);
    const raw = bytes.subarray(offset, offset + length);
    return text.trim() === '' ? [] : [{ kind: 'name', tag, text: text.trim(), raw }];
  }
  if (vr === 'DA') return plain('date').filter(({ text }) => /^[12]\d{3}\.?\d{2}\.?\d{2}$/.test(text));
  if (vr === 'DT')
    return plain('date')
      .map((one) => ({ ...one, text: one.text.slice(0, 8) }))
      .filter(isWholeDay);
  if (vr === 'UI') return plain('uid').filter(({ text }) => !standardUid.test(text));
  const kind = idTags.has(tag) ? 'id' : placeTags.has(tag) ? 'place' : undefined;
  if (kind === undefined) return [];
  const { text } = characterSetFor(declared).decode(bytes, offset, offset + length);
  return text
    .split('\\')
    .map((one) => ({ kind, tag, text: one.replaceAll('\0', '').trim(), raw: undefined }) as const)
    .filter((one) => one.text !== '');
};

const isWholeDay = ({ text }: IdentityValue): boolean => /^\d{8}$/.test(text);

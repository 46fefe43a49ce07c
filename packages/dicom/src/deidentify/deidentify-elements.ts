import { characterSetFor } from '../character-sets.ts';
import { dictionaryEntry } from '../dictionary.ts';
import { type Element, pixelDataTag } from '../element-header.ts';
import { numberOf, numbersOfElement, plainTextOf, plainTextOfElement, tagsOfElement } from '../element-values.ts';
import { type DataSet, itemsOfElement } from '../read-data-set.ts';
import type { WriteElement } from '../write-data-set.ts';
import { pixelElements } from './deidentify-pixels.ts';
import { holdsIdentity } from './find-identity.ts';
import type { IdentityValue } from './identity.ts';
import type { DeidentifyOptions } from './options.ts';
import {
  classUids,
  keptBeyondGroups,
  keptBinary,
  keptGroups,
  keptSequences,
  keptText,
  movableDates,
  patientCharacteristics,
  removedCodes,
  safePrivate,
} from './profile-table.ts';

interface Context {
  readonly options: DeidentifyOptions;
  readonly identity: readonly IdentityValue[];
  readonly characterSet: string | undefined;
  /** Tags that were left out because their text held a value of the identity. */
  readonly scrubbed: Set<number>;
}

/** The elements of the data set that may stay, as they are written; sequences with what may stay in their items. */
export const keptElements = (dataSet: DataSet, context: Context): WriteElement[] => {
  const characterSet = plainTextOf(dataSet, 0x00080005) ?? context.characterSet;
  const inner = { ...context, characterSet };
  return [...dataSet.elements.values()].flatMap((element) => kept(dataSet, element, inner));
};

const kept = (dataSet: DataSet, element: Element, context: Context): WriteElement[] => {
  const { tag } = element;
  const group = tag >>> 16;
  if (tag === 0x00080005 || tag === pixelDataTag || pixelElements.has(tag) || (tag & 0xffff) === 0) return [];
  if (group % 2 === 1) return keptPrivate(dataSet, element, context);
  const isCharacteristic = patientCharacteristics.has(tag) && context.options.keepsPatientCharacteristics;
  const isTechnical = keptGroups.has(group) ? !removedCodes.has(tag) : keptBeyondGroups.has(tag);
  if (!isCharacteristic && !isTechnical) return [];
  const vr = vrOf(dataSet, element);
  if (vr === undefined) return [];
  const value = valueOf(dataSet, element, vr, context);
  if (value === undefined) return [];
  const isText = typeof value === 'string' && (textVrs.has(vr) || vr === 'CS');
  if (isText && holdsIdentity(value, context.identity)) {
    context.scrubbed.add(tag);
    return [{ tag, vr, value: [] }];
  }
  return [{ tag, vr, value }];
};

/** The standard's VR; an element that it does not know is not kept, nor is a number written as something else. */
const vrOf = (dataSet: DataSet, { tag, vr }: Element): string | undefined => {
  const known = dictionaryEntry(tag)?.vr;
  if (known === undefined) return undefined;
  if (known === 'xs') return numberOf(dataSet, 0x00280103, 'US') === 1 ? 'SS' : 'US';
  const isEither = (vr === 'US' || vr === 'SS') && (known === 'US' || known === 'SS');
  return isEither ? vr : known;
};

type Value = WriteElement['value'] | undefined;

const valueOf = (dataSet: DataSet, element: Element, vr: string, context: Context): Value => {
  const { tag } = element;
  if (vr === 'SQ') return sequenceOf(dataSet, element, context);
  if (vr === 'UI') return uidsOf(dataSet, element, context.options);
  if (vr === 'DA') return movedDate(dataSet, element, context.options);
  if (vr === 'AS') return ageOf(plainTextOfElement(dataSet, element));
  if (vr === 'CS') return matching(plainTextOfElement(dataSet, element), /^[A-Z0-9 _\\]*$/);
  if (vr === 'DS' || vr === 'IS') return matching(plainTextOfElement(dataSet, element), /^[-+0-9.eE \\]*$/);
  if (vr === 'AT') return tagsOfElement(dataSet, element);
  if (numberVrs.has(vr)) {
    const numbers = numbersOfElement(dataSet, element, vr);
    return numbers.every(Number.isFinite) ? numbers : undefined;
  }
  if (textVrs.has(vr) && keptText.has(tag)) return textOf(dataSet, element, context);
  if (keptBinary.has(tag)) return binaryOf(dataSet, element);
  return undefined;
};

const numberVrs = new Set(['US', 'SS', 'UL', 'SL', 'FL', 'FD']);
const textVrs = new Set(['SH', 'LO', 'ST', 'LT', 'UT', 'UC']);

const matching = (text: string, pattern: RegExp): string | undefined => (pattern.test(text) ? text : undefined);

const textOf = ({ bytes }: DataSet, { offset, length }: Element, { characterSet }: Context): string =>
  characterSetFor(characterSet)
    .decode(bytes, offset, offset + length)
    .text.replaceAll('\0', '')
    .trim();

const sequenceOf = (dataSet: DataSet, element: Element, context: Context): Value =>
  keptSequences.has(element.tag)
    ? itemsOfElement(dataSet, element).map((item) => keptElements(item, context))
    : undefined;

/** UIDs that the standard gives stay; every other one is replaced, the same by the same. [PS3.15 E.1-1 action U] */
const uidsOf = (dataSet: DataSet, element: Element, { uidFor }: DeidentifyOptions): string | undefined => {
  const uids = plainTextOfElement(dataSet, element)
    .split('\\')
    .filter((uid) => uid !== '');
  if (uids.length === 0) return undefined;
  if (classUids.has(element.tag)) return uids.join('\\');
  return uids.map((uid) => (uid.startsWith('1.2.840.10008.') ? uid : uidFor(uid))).join('\\');
};

const dayMs = 86_400_000;

const movedDate = (dataSet: DataSet, element: Element, { dates }: DeidentifyOptions): string | undefined => {
  if (dates === 'removed' || !movableDates.has(element.tag)) return undefined;
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(plainTextOfElement(dataSet, element)) ?? [];
  if (year === undefined) return undefined;
  const moved = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)) + dates.movedByDays * dayMs);
  return moved.toISOString().slice(0, 10).replaceAll('-', '');
};

/** From this age on people are few enough to be found; they become this age. [HIPAA 164.514(b)(2)(i)(C)] */
const oldestTold = { years: 90 } as const;

const ageOf = (text: string): string | undefined => {
  const [, count, unit] = /^(\d{3})([DWMY])$/.exec(text) ?? [];
  if (count === undefined) return undefined;
  return unit === 'Y' && Number(count) >= oldestTold.years ? `0${oldestTold.years}Y` : text;
};

const binaryOf = ({ bytes, encoding }: DataSet, { offset, length, vr }: Element): Uint8Array => {
  const value = bytes.slice(offset, offset + length);
  if (encoding.isLittleEndian || vr === 'OB') return value;
  for (let at = 0; at + 1 < value.length; at += 2) [value[at], value[at + 1]] = [value[at + 1]!, value[at]!];
  return value;
};

/** A private element whose creator's table says that it carries no identity; its creator is kept beside it. */
const keptPrivate = (dataSet: DataSet, element: Element, context: Context): WriteElement[] => {
  const { tag } = element;
  const [group, number] = [tag >>> 16, tag & 0xffff];
  if (number < 0x1000) return keptCreator(dataSet, element);
  const creator = plainTextOf(dataSet, ((group << 16) | (number >>> 8)) >>> 0);
  const vr = safePrivate.get(creator ?? '')?.get(((group << 16) | (number & 0xff)) >>> 0);
  if (vr === undefined) return [];
  const value =
    vr === 'SH'
      ? textOf(dataSet, element, context)
      : valueOf(dataSet, { ...element, vr: known(element.vr, vr) }, vr, context);
  if (value === undefined || (typeof value === 'string' && holdsIdentity(value, context.identity))) return [];
  return [{ tag, vr, value }];
};

const known = (written: string, vr: string): string => (written === '' || written === 'UN' ? vr : written);

const keptCreator = (dataSet: DataSet, element: Element): WriteElement[] => {
  const creator = plainTextOfElement(dataSet, element);
  const safe = safePrivate.get(creator);
  const block = (element.tag & 0xff) << 8;
  const group = element.tag & 0xffff0000;
  const holdsSafe = [...(safe?.keys() ?? [])].some((one) => dataSet.elements.has((group | block | (one & 0xff)) >>> 0));
  return holdsSafe ? [{ tag: element.tag, vr: 'LO', value: creator }] : [];
};

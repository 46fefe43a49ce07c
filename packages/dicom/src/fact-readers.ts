import type { CharacterSet } from './character-sets.ts';
import { characterSetFor } from './character-sets.ts';
import { type DataSet, itemsOfElement } from './read-data-set.ts';
import { isoDate, isoTime } from './date-time.ts';
import type { Element } from './element-header.ts';
import { numbersOfElement, plainTextOf, plainTextOfElement } from './element-values.ts';

/** A value that could not be taken as it stands, and why, in words. */
export interface Oddity {
  keyword: string;
  reason: string;
}

/** A coded concept of a code sequence. */
export interface CodedConcept {
  codeValue: string | undefined;
  codingScheme: string | undefined;
  codeMeaning: string | undefined;
}

/** What a fact is read from: the data set, how its text is decoded, and where oddities go. */
export interface FactSource {
  dataSet: DataSet;
  characterSet: CharacterSet;
  oddities: Oddity[];
}

/** How one fact is read from one data element. */
export interface FactReader<Value> {
  tag: number;
  keyword: string;
  read(source: FactSource, element: Element, keyword: string): Value | undefined;
}

const odd = ({ oddities }: FactSource, keyword: string, reason: string): undefined => {
  oddities.push({ keyword, reason });
  return undefined;
};

const fact =
  <Value>(read: FactReader<Value>['read']) =>
  (tag: number, keyword: string): FactReader<Value> => ({ tag, keyword, read });

/** Decoded text without padding; several values stay joined by a backslash. */
export const decodedText = (source: FactSource, element: Element, keyword: string, isPersonName = false): string => {
  const { offset, length } = element;
  const decoded = source.characterSet.decode(source.dataSet.bytes, offset, offset + length, isPersonName);
  if (decoded.oddity !== undefined) odd(source, keyword, decoded.oddity);
  return decoded.text.replace(/[\0\s]+$/, '').trimStart();
};

/** Decoded text; several values stay joined by a backslash. */
export const text = fact((source, element, keyword) => decodedText(source, element, keyword) || undefined);

/** Decoded person names with carets and equals signs; several stay joined by a backslash. */
export const personName = fact((source, element, keyword) => decodedText(source, element, keyword, true) || undefined);

/** The first value of a code string, in capitals as the standard writes it. */
export const code = fact(({ dataSet }, element) => {
  const [first = ''] = plainTextOfElement(dataSet, element).split('\\');
  return first.trim().toUpperCase() || undefined;
});

/** All values of a code string, in capitals; an empty one keeps its place. */
export const codes = fact(({ dataSet }, element) => {
  const value = plainTextOfElement(dataSet, element);
  return value === '' ? undefined : value.split('\\').map((one) => one.trim().toUpperCase());
});

const strictUid = /^[0-2](\.(0|[1-9]\d*))+$/;
/** What still identifies an object and is safe as a name; longer or stranger ones are no identifier. */
const usableUid = /^[0-9A-Za-z](?:[0-9A-Za-z_-]|\.(?!\.)){0,63}$/;

/** A UID that can serve as an identifier, kept with an oddity when it breaks the rules of the standard. */
export const uid = fact((source, element, keyword) => {
  const value = plainTextOfElement(source.dataSet, element);
  if (value === '') return undefined;
  if (!usableUid.test(value)) return odd(source, keyword, 'is no usable UID');
  if (!strictUid.test(value)) odd(source, keyword, 'is no UID by the rules of PS3.5 chapter 9');
  return value;
});

const numbersFact = (dictionaryVr: string) =>
  fact((source, element, keyword) => {
    const values = numbersOfElement(source.dataSet, element, dictionaryVr);
    if (values.length === 0) return undefined;
    return values.every(Number.isFinite) ? values : odd(source, keyword, 'is not a number');
  });

const numberFact = (dictionaryVr: string) =>
  fact((source, element, keyword) => {
    const [value] = numbersOfElement(source.dataSet, element, dictionaryVr);
    if (value === undefined) return undefined;
    return Number.isFinite(value) ? value : odd(source, keyword, 'is not a number');
  });

/** The first value of a decimal string. */
export const decimal = numberFact('DS');
/** All values of a decimal string; undefined when one of them is no number. */
export const decimals = numbersFact('DS');
/** The first value of an integer string; a decimal, as some consoles send, is kept. */
export const integer = numberFact('IS');
/** The first 16-bit unsigned value. */
export const unsignedShort = numberFact('US');
/** The first 64-bit float. */
export const double = numberFact('FD');
/** All 64-bit floats; undefined when one of them is no number. */
export const doubles = numbersFact('FD');

/** A date as `YYYY-MM-DD`. */
export const date = fact((source, element, keyword) => {
  const value = plainTextOfElement(source.dataSet, element);
  return value === '' ? undefined : (isoDate(value) ?? odd(source, keyword, 'is not a date'));
});

/** A time as `HH:MM:SS` with the fraction it has. */
export const time = fact((source, element, keyword) => {
  const value = plainTextOfElement(source.dataSet, element);
  return value === '' ? undefined : (isoTime(value) ?? odd(source, keyword, 'is not a time'));
});

/** The patient's sex as DICOM codes it. */
export const sex = fact((source, element, keyword): 'M' | 'F' | 'O' | undefined => {
  const value = plainTextOfElement(source.dataSet, element).toUpperCase();
  if (value === '') return undefined;
  return value === 'M' || value === 'F' || value === 'O' ? value : odd(source, keyword, 'is none of M, F, O');
});

/** An age `045Y`; fewer digits, as some consoles send, are filled up. */
export const age = fact((source, element, keyword) => {
  const value = plainTextOfElement(source.dataSet, element).toUpperCase();
  if (value === '') return undefined;
  return /^\d{1,3}[DWMY]$/.test(value) ? value.padStart(4, '0') : odd(source, keyword, 'is not an age');
});

/** The coded concepts of a sequence; undefined when it has no items. */
export const concepts = fact((source, element): CodedConcept[] | undefined => {
  const items = itemsOfElement(source.dataSet, element);
  return items.length === 0 ? undefined : items.map((item) => conceptOf(sourceOfItem(source, item)));
});

/** An item is decoded by its own SpecificCharacterSet, else by that of what encloses it (PS3.3 C.12.1.1.2). */
export const sourceOfItem = (enclosing: FactSource, dataSet: DataSet): FactSource => {
  const declared = plainTextOf(dataSet, 0x00080005);
  const characterSet = declared === undefined ? enclosing.characterSet : characterSetFor(declared);
  return { dataSet, characterSet, oddities: enclosing.oddities };
};

const conceptOf = (source: FactSource): CodedConcept => {
  const textOf = (tag: number, keyword: string): string | undefined => {
    const element = source.dataSet.elements.get(tag);
    return element === undefined ? undefined : decodedText(source, element, keyword) || undefined;
  };
  return {
    codeValue: textOf(0x00080100, 'CodeValue') ?? textOf(0x00080119, 'LongCodeValue'),
    codingScheme: textOf(0x00080102, 'CodingSchemeDesignator'),
    codeMeaning: textOf(0x00080104, 'CodeMeaning'),
  };
};

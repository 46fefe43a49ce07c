import { type CharacterSet, characterSetFor } from './character-sets.ts';
import { type DataSet, itemsOfElement } from './read-data-set.ts';
import { dictionaryEntry } from './dictionary.ts';
import type { Element } from './element-header.ts';
import {
  isBinaryVr,
  numberOfText,
  numbersOfElement,
  plainTextOf,
  plainTextOfElement,
  tagsOfElement,
} from './element-values.ts';
import { personNameGroups } from './person-name.ts';
import { charsetVrs } from './value-representations.ts';

/** A person name in the DICOM JSON model. */
export interface JsonPersonName {
  Alphabetic?: string;
  Ideographic?: string;
  Phonetic?: string;
}

/** One value of an attribute; null keeps the place of an empty one. */
export type JsonValue = string | number | null | JsonPersonName | DicomJson;

/** One attribute of the DICOM JSON model. */
export interface JsonAttribute {
  vr: string;
  Value?: JsonValue[];
  BulkDataURI?: string;
}

/** A data set in the DICOM JSON model, keys `GGGGEEEE` in capitals. */
export interface DicomJson {
  [tag: string]: JsonAttribute;
}

/** What the JSON model leaves to its host. */
export interface DicomJsonOptions {
  /**
   * Where the bytes of a bulk value (pixels, overlays, tables, private binaries) can be fetched; `path` is the
   * tag, `GGGGEEEE`, below sequences `GGGGEEEE/item/GGGGEEEE` with items from 0. Without it such values have
   * only a VR.
   */
  bulkDataUri?: (path: string) => string | undefined;
}

/** Deeper nesting than this is not written; structured reports stay below 20. */
const maxDepth = 64;
const specificCharacterSetTag = 0x00080005;
const pixelRepresentationTag = 0x00280103;

/**
 * A data set in the DICOM JSON model (PS3.18 annex F), text decoded to Unicode, bulk data left out or
 * referred to. Numbers that are none and not-a-number floats stay strings, as F.2.3 allows.
 */
export const dicomJsonOf = (dataSet: DataSet, options: DicomJsonOptions = {}): DicomJson => {
  const isSigned = dataSet.elements.has(pixelRepresentationTag) && isSignedPixel(dataSet);
  return jsonOfItem(dataSet, { characterSet: characterSetFor(undefined), isSigned, path: '', depth: 0, options });
};

interface Surroundings {
  characterSet: CharacterSet;
  isSigned: boolean;
  path: string;
  depth: number;
  options: DicomJsonOptions;
}

const isSignedPixel = (dataSet: DataSet): boolean =>
  numbersOfElement(dataSet, dataSet.elements.get(pixelRepresentationTag)!, 'US')[0] === 1;

const jsonOfItem = (dataSet: DataSet, enclosing: Surroundings): DicomJson => {
  const declared = plainTextOf(dataSet, specificCharacterSetTag);
  const characterSet = declared === undefined ? enclosing.characterSet : characterSetFor(declared);
  const json: DicomJson = {};
  for (const element of dataSet.elements.values()) {
    const isGroupLength = (element.tag & 0xffff) === 0;
    if (isGroupLength || element.isCut) continue;
    const name = element.tag.toString(16).toUpperCase().padStart(8, '0');
    const path = `${enclosing.path}${name}`;
    json[name] = attributeOf(dataSet, element, { ...enclosing, characterSet, path });
  }
  // The JSON text is UTF-8, whatever the file was in (PS3.18 F.2).
  if (declared !== undefined) json['00080005'] = { vr: 'CS', Value: ['ISO_IR 192'] };
  return json;
};

const attributeOf = (dataSet: DataSet, element: Element, place: Surroundings): JsonAttribute => {
  const vr = vrOf(element, place.isSigned);
  if (vr === 'SQ') return sequenceOf(dataSet, element, place);
  if (bulkVrs.has(vr)) {
    const uri = element.length === 0 ? undefined : place.options.bulkDataUri?.(place.path);
    return uri === undefined ? { vr } : { vr, BulkDataURI: uri };
  }
  const values = valuesOf(dataSet, element, vr, place.characterSet);
  return values.length === 0 ? { vr } : { vr, Value: values };
};

const bulkVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);

const vrOf = (element: Element, isSigned: boolean): string => {
  if (element.vr !== '' && element.vr !== 'UN') return element.vr;
  const isPrivate = (element.tag & 0x10000) !== 0;
  const isPixelData = element.tag >>> 16 === 0x7fe0;
  if (element.isUndefinedLength && !isPixelData) return 'SQ';
  if (isPrivate) return isPrivateCreator(element.tag) ? 'LO' : 'UN';
  const vr = dictionaryEntry(element.tag)?.vr ?? 'UN';
  return vr === 'xs' ? (isSigned ? 'SS' : 'US') : vr;
};

const isPrivateCreator = (tag: number): boolean => (tag & 0xffff) >= 0x10 && (tag & 0xffff) <= 0xff;

const sequenceOf = (dataSet: DataSet, element: Element, place: Surroundings): JsonAttribute => {
  if (place.depth >= maxDepth) return { vr: 'SQ' };
  const items = itemsOfElement(dataSet, element).map((item, index) =>
    jsonOfItem(item, { ...place, path: `${place.path}/${index}/`, depth: place.depth + 1 }),
  );
  return items.length === 0 ? { vr: 'SQ' } : { vr: 'SQ', Value: items };
};

const valuesOf = (dataSet: DataSet, element: Element, vr: string, characterSet: CharacterSet): JsonValue[] => {
  if (element.length === 0) return [];
  if (vr === 'AT') {
    return tagsOfElement(dataSet, element).map((tag) => tag.toString(16).toUpperCase().padStart(8, '0'));
  }
  if (isBinaryVr(vr)) {
    return numbersOfElement(dataSet, element, vr).map((value) => (Number.isFinite(value) ? value : String(value)));
  }
  const texts = textsOf(dataSet, element, vr, characterSet);
  if (texts.every((text) => text === '' || (vr === 'PN' && /^[\^= ]*$/.test(text)))) return [];
  return texts.map((text) => (text === '' ? null : valueOfText(text, vr)));
};

/** VRs whose value is one text, backslashes included (PS3.5 section 6.2). */
const singleTextVrs = new Set(['LT', 'ST', 'UT', 'UR']);

const textsOf = (dataSet: DataSet, element: Element, vr: string, characterSet: CharacterSet): string[] => {
  const { offset, length } = element;
  const whole = charsetVrs.has(vr)
    ? characterSet.decode(dataSet.bytes, offset, offset + length, vr === 'PN').text
    : plainTextOfElement(dataSet, element);
  const padding = /[\0 ]+$/;
  if (singleTextVrs.has(vr)) return [whole.replace(padding, '')];
  return whole.split('\\').map((text) => text.replace(padding, '').replace(/^ +/, ''));
};

const valueOfText = (text: string, vr: string): JsonValue => {
  if (vr === 'PN') return personNameOf(text);
  if (vr !== 'DS' && vr !== 'IS') return text;
  const value = numberOfText(text);
  return Number.isFinite(value) ? value : text;
};

const personNameOf = (text: string): JsonPersonName => {
  const { alphabetic, ideographic, phonetic } = personNameGroups(text);
  return {
    ...(alphabetic === undefined ? {} : { Alphabetic: alphabetic }),
    ...(ideographic === undefined ? {} : { Ideographic: ideographic }),
    ...(phonetic === undefined ? {} : { Phonetic: phonetic }),
  };
};

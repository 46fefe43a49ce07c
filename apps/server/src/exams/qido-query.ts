import { AppError } from '@jiapian/kernel';
import { qidoAttributes } from './qido-attributes.ts';

/** What a QIDO-RS request asks: match keys by tag, attributes beside the usual ones, and the page. */
export interface QidoQuery {
  /** Tag → values; several for a list of UIDs or modalities, one otherwise. */
  matches: ReadonlyMap<string, readonly string[]>;
  included: ReadonlySet<string> | 'all';
  isFuzzy: boolean;
  limit: number;
  offset: number;
  /** Keys that are not matched here; said in the answer's Warning header. */
  ignored: readonly string[];
}

/** Attributes that can be matched. */
export const matchKeys = {
  StudyDate: '00080020',
  StudyTime: '00080030',
  AccessionNumber: '00080050',
  ModalitiesInStudy: '00080061',
  StudyDescription: '00081030',
  PatientName: '00100010',
  PatientID: '00100020',
  StudyInstanceUID: '0020000D',
  Modality: '00080060',
  SeriesInstanceUID: '0020000E',
  SeriesNumber: '00200011',
  SeriesDescription: '0008103E',
  SOPInstanceUID: '00080018',
  SOPClassUID: '00080016',
  InstanceNumber: '00200013',
} as const;

const listKeys = new Set<string>([
  matchKeys.StudyInstanceUID,
  matchKeys.SeriesInstanceUID,
  matchKeys.SOPInstanceUID,
  matchKeys.ModalitiesInStudy,
  matchKeys.Modality,
]);
const matchable = new Set<string>(Object.values(matchKeys));
const tagOfKeyword = new Map(qidoAttributes.map(({ keyword, tag }) => [keyword.toLowerCase(), tag]));

const defaultLimit = 100;
export const largestLimit = 1_000;
const largestOffset = 100_000;
const maxValueLength = 2_000;

/** Reads the query string (PS3.18 §8.3.4). Throws REQUEST_INVALID for numbers that are none. */
export const readQidoQuery = (query: Readonly<Record<string, string | string[] | undefined>>): QidoQuery => {
  const matches = new Map<string, readonly string[]>();
  const included = new Set<string>();
  const ignored: string[] = [];
  let isAll = false;
  for (const [name, given] of Object.entries(query)) {
    const values = (Array.isArray(given) ? given : [given ?? '']).map((value) => value.slice(0, maxValueLength));
    if (reserved.has(name)) continue;
    if (name === 'includefield') {
      for (const field of values.flatMap((value) => value.split(','))) {
        if (field === 'all') isAll = true;
        else included.add(tagOf(field));
      }
      continue;
    }
    const tag = tagOf(name);
    if (!matchable.has(tag)) ignored.push(name);
    else if (values.some((value) => value !== ''))
      matches.set(tag, listKeys.has(tag) ? splitList(values) : values.slice(0, 1));
    // A key without a value matches everything and asks for the attribute.
    included.add(tag);
  }
  return {
    matches,
    included: isAll ? 'all' : included,
    isFuzzy: query['fuzzymatching'] === 'true',
    limit: numberFrom(query, 'limit', defaultLimit, largestLimit),
    offset: numberFrom(query, 'offset', 0, largestOffset),
    ignored,
  };
};

const reserved = new Set(['limit', 'offset', 'fuzzymatching', 'accept', 'charset']);

const tagOf = (name: string): string => tagOfKeyword.get(name.toLowerCase()) ?? name.toUpperCase();

const splitList = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(/[,\\]/)).filter((value) => value !== '');

const numberFrom = (query: Readonly<Record<string, unknown>>, name: string, usual: number, largest: number): number => {
  const given = query[name];
  if (given === undefined) return usual;
  if (typeof given !== 'string' || !/^\d{1,9}$/.test(given)) throw new AppError('REQUEST_INVALID', { parameter: name });
  return Math.min(Number(given), largest);
};

import type { Word } from './read-words.ts';

/** The direction of the beam as far as the library tells positions apart by it. */
export const views = ['ap', 'pa', 'lateral', 'oblique', 'rao', 'lao', 'axial', 'tangential', 'cc', 'mlo'] as const;
/** One direction of the beam. */
export type View = (typeof views)[number];

/** Views that one word covers: 正位 is AP or PA, 斜位 any oblique, 轴位 axial or tangential. */
export const frontal: readonly View[] = ['ap', 'pa'];
const oblique: readonly View[] = ['oblique', 'rao', 'lao'];
const axial: readonly View[] = ['axial', 'tangential'];

/**
 * Defined terms of View Position (0018,5101) and what devices write there besides; a term that is not listed says
 * nothing. Source: DICOM PS3.3 C.8.11.3, C.8.1.2.
 */
export const viewsOfViewPosition: Readonly<Record<string, readonly View[]>> = {
  AP: ['ap'],
  PA: ['pa'],
  DP: frontal,
  PD: frontal,
  LL: ['lateral'],
  RL: ['lateral'],
  LAT: ['lateral'],
  LATERAL: ['lateral'],
  ML: ['lateral'],
  LM: ['lateral'],
  RLO: oblique,
  LLO: oblique,
  OBL: oblique,
  OBLIQUE: oblique,
  RPO: ['oblique'],
  LPO: ['oblique'],
  RAO: ['rao', 'oblique'],
  LAO: ['lao', 'oblique'],
  RLD: frontal,
  LLD: frontal,
  AXIAL: axial,
  TAN: axial,
  CC: ['cc'],
  MLO: ['mlo'],
};

/** SNOMED CT views of DICOM CID 4010, and the SRT codes that older devices send for them. */
const viewCodes: readonly (readonly [sct: string, srt: string, views: readonly View[]])[] = [
  ['399348003', 'R-10206', ['ap']],
  ['272479007', 'R-40888', ['pa']],
  ['272479007', 'R-10214', ['pa']],
  ['399033003', 'R-10202', frontal],
  ['399335002', 'R-102C4', frontal],
  ['399071006', 'R-102C3', frontal],
  ['399067008', 'R-102CD', ['lateral']],
  ['399173006', 'R-10236', ['lateral']],
  ['399198007', 'R-10232', ['lateral']],
  ['399260004', 'R-10224', ['lateral']],
  ['399352003', 'R-10228', ['lateral']],
  ['399182000', 'R-102C1', oblique],
  ['399184004', 'R-10238', oblique],
  ['399236003', 'R-10234', oblique],
  ['399059000', 'R-10216', oblique],
  ['399312000', 'R-10208', oblique],
  ['399356000', 'R-40985', ['rao', 'oblique']],
  ['399135007', 'R-10220', ['lao', 'oblique']],
  ['399038007', 'R-10210', ['oblique']],
  ['399006002', 'R-10212', ['oblique']],
  ['399061009', 'R-10241', axial],
  ['399110001', 'R-102C2', axial],
  // In CID 4010 and 4014 this code is the mammography view; as the caudad modifier it stands in another sequence.
  ['399162004', 'R-10242', ['cc']],
  ['399368009', 'R-10226', ['mlo']],
];

/** The views that a code of View Code Sequence (0054,0220) allows; null when it says nothing about them. */
export const viewsOfViewCode = (code: string): readonly View[] | null =>
  viewCodes.find(([sct, srt]) => sct === code || srt === code)?.[2] ?? null;

/**
 * Words of descriptions, each to be taken out of the text before the next is looked for; Chinese as written, English as
 * whole words of upper-case text.
 */
export const viewWords: readonly Word<readonly View[]>[] = [
  [/正 ?侧 ?斜位?/g, [...frontal, 'lateral', ...oblique]],
  [/正 ?侧位?/g, [...frontal, 'lateral']],
  [/正 ?斜位?/g, [...frontal, ...oblique]],
  [/下颌骨?侧斜位/g, oblique],
  [/侧 ?斜位?/g, ['lateral', ...oblique]],
  [/内外侧?斜位?/g, ['mlo']],
  [/右前斜位?/g, ['rao', 'oblique']],
  [/左前斜位?/g, ['lao', 'oblique']],
  [/斜位?/g, oblique],
  [/前后位/g, ['ap']],
  [/后前位/g, ['pa']],
  [/正位/g, frontal],
  [/侧位/g, ['lateral']],
  [/轴位|轴心位|切线位/g, axial],
  [/头尾位/g, ['cc']],
  [/\bLATERAL DECUB(?:ITUS)?\b/g, frontal],
  [/\b(?:AP|ANTERO ?POSTERIOR)\b/g, ['ap']],
  [/\b(?:PA|POSTERO ?ANTERIOR)\b/g, ['pa']],
  [/\b(?:FRONTAL|DP|DORSO ?PLANTAR)\b/g, frontal],
  [/\b(?:LAT|LATERAL)\b/g, ['lateral']],
  [/\bRAO\b/g, ['rao', 'oblique']],
  [/\bLAO\b/g, ['lao', 'oblique']],
  [/\b(?:OBLIQUE|OBLI|OBL|RPO|LPO)\b/g, oblique],
  [/\b(?:AXIAL|SUNRISE|SKYLINE|MERCHANT|TANGENTIAL)\b/g, axial],
  [/\bCC\b/g, ['cc']],
  [/\bMLO\b/g, ['mlo']],
];

const viewClasses: readonly (readonly View[])[] = [frontal, ['lateral'], oblique, axial, ['cc'], ['mlo']];

/** Whether a set of views is one view in the sense of a description: 正位 is, 正侧位 is not. */
export const isOneView = (set: readonly View[]): boolean =>
  viewClasses.some((viewClass) => set.every((view) => viewClass.includes(view)));

import type { LocalText, Sourced } from '../local-text.ts';

/** The dose figure a level speaks of, in the unit of its name. */
export type DoseQuantity = 'ctdiVolMgy' | 'dlpMgyCm' | 'averageGlandularDoseMgy' | 'doseAreaProductDgyCm2';

/**
 * Percentiles of a survey for one region: the third quartile is the reference level (诊断参考水平), the median the
 * achievable level, the first quartile a hint of too little dose.
 */
export interface ReferenceLevel extends Sourced {
  readonly code: string;
  readonly name: LocalText;
  readonly modality: string;
  /** Words of a body region, protocol or description that mean this region. */
  readonly words: readonly RegExp[];
  /** Age in years, from inside, to outside. */
  readonly ageYears: { readonly from: number; readonly to: number | null };
  readonly quantity: DoseQuantity;
  readonly p25: number | null;
  readonly p50: number | null;
  readonly p75: number;
}

const adult = { from: 16, to: null } as const;
const head = [/\bHEAD\b|\bBRAIN\b|\bSKULL\b|头|颅/i];
const chest = [/\bCHEST\b|\bTHORAX\b|\bLUNG\b|胸|肺/i];
const abdomen = [/\bABDOMEN\b|腹/i];
const pelvis = [/\bPELVIS\b|盆/i];

type Row = readonly [
  code: string,
  zh: string,
  en: string,
  words: readonly RegExp[],
  ctdi: Percentiles,
  dlp: Percentiles,
];
type Percentiles = readonly [p25: number | null, p50: number | null, p75: number];

/** WS/T 637-2018, adults; the figures are from general knowledge and not checked against the document [S38, GKU]. */
const adultRows: readonly Row[] = [
  ['ct-adult-head', '成人头颅', 'Adult head', head, [40, 50, 60], [550, 690, 860]],
  ['ct-adult-chest', '成人胸部', 'Adult chest', chest, [6, 8, 15], [200, 300, 470]],
  ['ct-adult-abdomen', '成人腹部', 'Adult abdomen', abdomen, [10, 15, 20], [330, 500, 790]],
  ['ct-adult-pelvis', '成人盆腔', 'Adult pelvis', pelvis, [10, 15, 20], [320, 480, 700]],
];

/** Shanghai survey, third quartiles by age group [S39]. */
const childAges = [
  [0, 1],
  [1, 5],
  [5, 10],
  [10, 16],
] as const;
const childRows: readonly (readonly [
  string,
  string,
  string,
  readonly RegExp[],
  readonly number[],
  readonly number[],
])[] = [
  ['ct-child-head', '儿童头颅', 'Child head', head, [25, 25, 28, 43], [402, 477, 504, 752]],
  ['ct-child-chest', '儿童胸部', 'Child chest', chest, [2.7, 2.2, 2.8, 5.4], [40, 48, 75, 176]],
];

const pair = (
  base: Pick<ReferenceLevel, 'code' | 'name' | 'words' | 'ageYears' | 'source' | 'verified'>,
  ctdi: Percentiles,
  dlp: Percentiles,
): ReferenceLevel[] =>
  (
    [
      ['ctdiVolMgy', ctdi],
      ['dlpMgyCm', dlp],
    ] as const
  ).map(([quantity, [p25, p50, p75]]) => ({ ...base, modality: 'CT', quantity, p25, p50, p75 }));

/** The levels the product ships with; a hospital adds its own and the source stays beside each. */
export const defaultReferenceLevels: readonly ReferenceLevel[] = [
  ...adultRows.flatMap(([code, zh, en, words, ctdi, dlp]) =>
    pair({ code, name: { zh, en }, words, ageYears: adult, source: 'S38, GKU', verified: false }, ctdi, dlp),
  ),
  ...childRows.flatMap(([code, zh, en, words, ctdi, dlp]) =>
    childAges.flatMap(([from, to], at) =>
      pair(
        { code: `${code}-${from}`, name: { zh, en }, words, ageYears: { from, to }, source: 'S39', verified: false },
        [null, null, ctdi[at]!],
        [null, null, dlp[at]!],
      ),
    ),
  ),
];

/** The level of a modality, region words and age for one figure; undefined when there is none. Age unknown means adult. */
export const referenceLevelFor = (
  wanted: {
    readonly modality: string;
    readonly words: string;
    readonly ageYears: number | undefined;
    readonly quantity: DoseQuantity;
  },
  levels: readonly ReferenceLevel[] = defaultReferenceLevels,
): ReferenceLevel | undefined => {
  const age = wanted.ageYears ?? adult.from;
  const fitting = levels.filter(
    ({ modality, quantity, words, ageYears }) =>
      modality === wanted.modality &&
      quantity === wanted.quantity &&
      age >= ageYears.from &&
      (ageYears.to === null || age < ageYears.to) &&
      words.some((word) => word.test(wanted.words)),
  );
  // Words that name two regions (chest and abdomen in one scan) name no level.
  return fitting.length === 1 ? fitting[0] : undefined;
};

import type { LocalText, Sourced } from '../local-text.ts';

/** Classes of the patient's age, the groups that dose surveys of children use, and adults. */
export const ageClasses = ['under-1', '1-to-4', '5-to-9', '10-to-14', 'adult'] as const;
/** One class of age. */
export type AgeClass = (typeof ageClasses)[number];

/** Classes of an adult's body size. */
export const sizeClasses = ['thin', 'medium', 'large', 'very-large'] as const;
/** One class of body size. */
export type SizeClass = (typeof sizeClasses)[number];

/** Age in years from which a class begins, the border inside; groups of [S39], 15 and more as adults [PD]. */
const ageFromYears: readonly (readonly [number, AgeClass])[] = [
  [15, 'adult'],
  [10, '10-to-14'],
  [5, '5-to-9'],
  [1, '1-to-4'],
  [0, 'under-1'],
];

/** Body mass index in kg/m² from which a class begins, the border inside: the classes of Chinese adults [GKU]. */
const sizeFromBmi: readonly (readonly [number, SizeClass])[] = [
  [28, 'very-large'],
  [24, 'large'],
  [18.5, 'medium'],
  [0, 'thin'],
];

/** Where the borders of the classes come from. */
export const patientClassSource: Sourced = { source: 'S39, GKU, PD', verified: false };

/** Names of the classes; `any` stands for a row that holds for all. */
export const classNames: Readonly<Record<AgeClass | SizeClass | 'any', LocalText>> = {
  'under-1': { zh: '不足1岁', en: 'Under 1 year' },
  '1-to-4': { zh: '1–4岁', en: '1–4 years' },
  '5-to-9': { zh: '5–9岁', en: '5–9 years' },
  '10-to-14': { zh: '10–14岁', en: '10–14 years' },
  adult: { zh: '成人(≥15岁)', en: 'Adult (≥15 years)' },
  thin: { zh: '瘦(BMI<18.5)', en: 'Thin (BMI <18.5)' },
  medium: { zh: '中等(BMI 18.5–24)', en: 'Medium (BMI 18.5–24)' },
  large: { zh: '偏胖(BMI 24–28)', en: 'Large (BMI 24–28)' },
  'very-large': { zh: '肥胖(BMI≥28)', en: 'Very large (BMI ≥28)' },
  any: { zh: '不限', en: 'Any' },
};

/** Weight in kg and height in m that a person can have; what lies outside was typed or scaled wrongly [PD]. */
const plausible = { weightKg: [0.4, 350], heightM: [0.3, 2.5] } as const;

/** What a header says of the patient, as far as parameters depend on it. */
export interface PatientFacts {
  /** `045Y`, `003M`, `010D`, `002W`. */
  readonly patientAge?: string | undefined;
  /** ISO dates, for devices that write no age. */
  readonly patientBirthDate?: string | undefined;
  readonly studyDate?: string | undefined;
  readonly patientSizeM?: number | undefined;
  readonly patientWeightKg?: number | undefined;
}

/** The patient in the formula; null where the header does not say, or says what cannot be. */
export interface PatientSize {
  readonly ageYears: number | null;
  readonly ageClass: AgeClass | null;
  readonly weightKg: number | null;
  readonly heightM: number | null;
  /** `any` for a child: children are classed by age. */
  readonly sizeClass: SizeClass | 'any' | null;
  /** Diameter in cm of the water cylinder of the patient's weight and height. */
  readonly diameterCm: number | null;
}

/** Age, size class and equivalent diameter of a patient, each null where it cannot be told. */
export const patientSizeOf = (facts: PatientFacts): PatientSize => {
  const ageYears = ageYearsOf(facts);
  const ageClass = ageYears === null ? null : (ageFromYears.find(([from]) => ageYears >= from)?.[1] ?? null);
  const weightKg = within(facts.patientWeightKg, plausible.weightKg);
  const heightM = within(facts.patientSizeM, plausible.heightM);
  return { ageYears, ageClass, weightKg, heightM, ...sizeOf(ageClass, weightKg, heightM) };
};

const within = (value: number | undefined, [low, high]: readonly [number, number]): number | null =>
  value !== undefined && value >= low && value <= high ? value : null;

const sizeOf = (
  ageClass: AgeClass | null,
  weightKg: number | null,
  heightM: number | null,
): Pick<PatientSize, 'sizeClass' | 'diameterCm'> => {
  const diameterCm = weightKg === null || heightM === null ? null : cylinderDiameterCm(weightKg, heightM);
  if (ageClass !== null && ageClass !== 'adult') return { sizeClass: 'any', diameterCm };
  if (weightKg === null || heightM === null) return { sizeClass: null, diameterCm };
  const bmi = weightKg / (heightM * heightM);
  return { sizeClass: sizeFromBmi.find(([from]) => bmi >= from)?.[1] ?? null, diameterCm };
};

const cmPerM = 100;
const kgPerM3 = 1000;

/** Diameter in cm of a cylinder of water with this weight and height: 2·√(W ÷ (π·ρ·H)) [GKU]. */
export const cylinderDiameterCm = (weightKg: number, heightM: number): number =>
  cmPerM * 2 * Math.sqrt(weightKg / (Math.PI * kgPerM3 * heightM));

const yearsPerUnit: Readonly<Record<string, number>> = { D: 1 / 365.25, W: 7 / 365.25, M: 1 / 12, Y: 1 };
// Milliseconds of a day.
const dayMs = 86_400_000;
/** Nobody is older; a birth date after the exam or before this is a slip [PD]. */
const oldestYears = 130;

const ageYearsOf = ({ patientAge, patientBirthDate, studyDate }: PatientFacts): number | null => {
  const [, count, unit = ''] = /^(\d{3})([DWMY])$/.exec(patientAge ?? '') ?? [];
  if (count !== undefined) return Number(count) * yearsPerUnit[unit]!;
  const days = (Date.parse(studyDate ?? '') - Date.parse(patientBirthDate ?? '')) / dayMs;
  const years = days * yearsPerUnit['D']!;
  return years >= 0 && years <= oldestYears ? years : null;
};

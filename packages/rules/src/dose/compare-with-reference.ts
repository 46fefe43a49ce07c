import type { HeaderCheck } from '../annotation/header-check.ts';
import type { DoseFacts } from './dose-facts.ts';
import { type DoseQuantity, type ReferenceLevel, referenceLevelFor } from './reference-levels.ts';

/** Who and what was irradiated. */
export interface Irradiated {
  readonly modality: string;
  /** Region, protocol and descriptions, joined. */
  readonly words: string;
  readonly ageYears: number | undefined;
}

const scanKinds = new Set(['spiral', 'sequenced']);

/** Which figures of a CT dose report lie above the reference level or below the first quartile of their region. */
export const compareWithReference = (
  dose: DoseFacts,
  irradiated: Irradiated,
  levels?: readonly ReferenceLevel[],
): HeaderCheck[] => {
  const scans = dose.events.filter(({ kind }) => scanKinds.has(kind));
  const byScan = scans.flatMap(({ ctdiVolMgy, targetRegion, protocol }) =>
    compare('ctdiVolMgy', ctdiVolMgy, { ...irradiated, words: `${targetRegion ?? ''} ${protocol ?? ''}` }, levels),
  );
  return [...byScan, ...compare('dlpMgyCm', dose.totals.dlpMgyCm, irradiated, levels)];
};

const names: Readonly<Record<DoseQuantity, readonly [keyword: string, unit: string]>> = {
  ctdiVolMgy: ['CTDIvol', 'mGy'],
  dlpMgyCm: ['DLP', 'mGy.cm'],
  averageGlandularDoseMgy: ['AGD', 'mGy'],
  doseAreaProductDgyCm2: ['DAP', 'dGy.cm2'],
};

const compare = (
  quantity: DoseQuantity,
  value: number | undefined,
  irradiated: Irradiated,
  levels: readonly ReferenceLevel[] | undefined,
): HeaderCheck[] => {
  const level = referenceLevelFor({ ...irradiated, quantity }, levels);
  if (value === undefined || level === undefined) return [];
  const [keyword, unit] = names[quantity];
  // The border is inside: a dose at the level is not above it.
  if (value > level.p75) return [{ check: 'above-reference-level', keyword, value, expected: level.p75, unit }];
  if (level.p25 !== null && value < level.p25)
    return [{ check: 'below-first-quartile', keyword, value, expected: level.p25, unit }];
  return [];
};

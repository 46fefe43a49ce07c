import type { NotJudgedReason } from './not-judged.ts';
import type { ParameterColumn } from './parameter-column.ts';
import type { ParameterFacts } from './parameter-facts.ts';
import type { NumberCell, ParameterCell } from './parameter-table.ts';
import type { PatientSize } from './patient-class.ts';

/** One column held against the table. */
export interface ColumnVerdict {
  readonly column: string;
  readonly state: 'within' | 'above' | 'below' | 'differs' | 'not-judged';
  readonly reason: NotJudgedReason | null;
  readonly actual: number | string | null;
  /** For this patient: the table's value with the size in the formula. */
  readonly expected: number | string | null;
  readonly low: number | null;
  readonly high: number | null;
  /** (actual − expected) ÷ expected; null for a word, or where nothing is expected to be zero. */
  readonly deviation: number | null;
}

/** Holds one value of a header against its cell, for this patient; the borders are inside. */
export const judgeCell = (
  column: ParameterColumn,
  cell: ParameterCell,
  facts: ParameterFacts,
  patient: PatientSize,
): ColumnVerdict => {
  const actual = column.read?.(facts, patient.weightKg);
  if (cell.kind === 'text') return judgeWord(column.key, cell.text, actual);
  const range = rangeFor(cell, patient.diameterCm);
  const value = typeof actual === 'number' && Number.isFinite(actual) ? actual : null;
  const reason = whyNot(column, value, range === null || (column.followsSize && patient.diameterCm === null), patient);
  if (reason !== null || value === null || range === null)
    return {
      column: column.key,
      state: 'not-judged',
      reason,
      actual: value,
      ...(range ?? unknownRange),
      deviation: null,
    };
  const state = value > range.high ? 'above' : value < range.low ? 'below' : 'within';
  const deviation = range.expected === 0 ? null : (value - range.expected) / range.expected;
  return { column: column.key, state, reason: null, actual: value, ...range, deviation };
};

const unknownRange = { expected: null, low: null, high: null };

const whyNot = (
  { isPerKg }: ParameterColumn,
  value: number | null,
  isSizeMissing: boolean,
  { weightKg }: PatientSize,
): NotJudgedReason | null => {
  if (isPerKg && weightKg === null) return 'weight-unknown';
  if (value === null) return 'header-silent';
  return isSizeMissing ? 'size-unknown' : null;
};

/**
 * The range for a patient of this diameter: value · exp(slope · (d − d₀)) [GKU]; null when the figure follows the size
 * and the size is not known.
 */
export const rangeFor = (
  { value, low, high, bySize }: NumberCell,
  diameterCm: number | null,
): { expected: number; low: number; high: number } | null => {
  if (bySize === undefined) return { expected: value, low, high };
  if (diameterCm === null) return null;
  const factor = Math.exp(bySize.slopePerCm * (diameterCm - bySize.diameterCm));
  return { expected: value * factor, low: low * factor, high: high * factor };
};

const sameWords = (one: string, other: string): boolean =>
  one.trim().toLowerCase().replaceAll(/\s+/g, ' ') === other.trim().toLowerCase().replaceAll(/\s+/g, ' ');

const judgeWord = (column: string, expected: string, actual: number | string | undefined): ColumnVerdict => {
  const said = actual === undefined ? '' : String(actual);
  const state = said === '' ? 'not-judged' : sameWords(said, expected) ? 'within' : 'differs';
  const reason = state === 'not-judged' ? 'header-silent' : null;
  return { column, state, reason, actual: said === '' ? null : said, expected, low: null, high: null, deviation: null };
};

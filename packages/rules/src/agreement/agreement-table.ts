/**
 * Counts of a pair of readings: row = first reader's category, column = second reader's, row-major, square. The order of
 * the categories is the order of severity (for grades 甲 乙 丙 废).
 */
export type AgreementTable = readonly (readonly number[])[];

/** A coefficient with its standard error and 95 % interval; all without unit, at most 1. */
export interface Agreement {
  readonly coefficient: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  /** Readings compared. */
  readonly count: number;
}

/** Why a coefficient is not measurable: nothing compared, or chance alone would agree always (one category only). */
export type NotMeasurable = 'no-pairs' | 'one-category';

/** Two-sided 95 % point of the standard normal distribution. */
const z95 = 1.959963984540054;

/** The coefficient with its interval by the normal approximation, cut to −1 … 1. */
export const agreementOf = (coefficient: number, variance: number, count: number): Agreement => {
  // Rounding may leave a variance of −1e−18 where readers agree always.
  const standardError = Math.sqrt(Math.max(0, variance));
  return {
    coefficient,
    standardError,
    lower: Math.max(-1, coefficient - z95 * standardError),
    upper: Math.min(1, coefficient + z95 * standardError),
    count,
  };
};

/** Shares of all pairs instead of counts, with the sums of rows and columns. */
export const sharesOf = (table: AgreementTable) => {
  const count = table.flat().reduce((sum, cell) => sum + cell, 0);
  const shares = table.map((row) => row.map((cell) => cell / count));
  const rows = shares.map((row) => row.reduce((sum, share) => sum + share, 0));
  const columns = shares.map((_row, column) => shares.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  return { count, shares, rows, columns };
};

/** The table of pairs of category numbers, each from 0 to `categories` − 1. */
export const tableOfPairs = (pairs: readonly (readonly [number, number])[], categories: number): AgreementTable => {
  const table = Array.from({ length: categories }, () => Array.from({ length: categories }, () => 0));
  for (const [first, second] of pairs) {
    const row = table[first];
    if (row?.[second] !== undefined) row[second] += 1;
  }
  return table;
};

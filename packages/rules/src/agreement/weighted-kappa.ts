import { fail, ok, type Result } from '@jiapian/kernel';
import { agreementOf, sharesOf, type Agreement, type AgreementTable, type NotMeasurable } from './agreement-table.ts';

/** How a disagreement counts: every one alike, by its distance, or by the square of its distance. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

/**
 * How far two readers agree beyond chance: Cohen's kappa, weighted. Weight of a cell `1 − (|i − j| / (k − 1))^p` with
 * p = 1 (linear) or 2 (quadratic); unweighted counts only the diagonal. Standard error for an interval (not for a test
 * of zero): Fleiss, Cohen, Everitt, Psychol Bull 1969;72:323–327, equation 8; kappa: Cohen, Psychol Bull 1968;70:213–220.
 * Normal approximation: with fewer than some 30 pairs, or with hardly any 丙 and 废, take it as a hint and look at AC1.
 * Not measurable: `no-pairs`; `one-category` when both readers used one and the same category only.
 */
export const weightedKappa = (
  table: AgreementTable,
  weights: KappaWeights = 'linear',
): Result<Agreement, NotMeasurable> => {
  const { count, shares, rows, columns } = sharesOf(table);
  if (count === 0) return fail('no-pairs');
  const weight = weightOf(table.length, weights);
  const sum = (term: (i: number, j: number) => number): number =>
    shares.reduce((total, row, i) => total + row.reduce((part, _share, j) => part + term(i, j), 0), 0);
  const observed = sum((i, j) => weight(i, j) * at(shares[i], j));
  const expected = sum((i, j) => weight(i, j) * at(rows, i) * at(columns, j));
  if (1 - expected < Number.EPSILON) return fail('one-category');
  const kappa = (observed - expected) / (1 - expected);
  const ofRow = rows.map((_row, i) => columns.reduce((total, share, j) => total + share * weight(i, j), 0));
  const ofColumn = columns.map((_column, j) => rows.reduce((total, share, i) => total + share * weight(i, j), 0));
  const spread = sum((i, j) => at(shares[i], j) * (weight(i, j) - (at(ofRow, i) + at(ofColumn, j)) * (1 - kappa)) ** 2);
  const variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (count * (1 - expected) ** 2);
  return ok(agreementOf(kappa, variance, count));
};

const weightOf =
  (categories: number, weights: KappaWeights) =>
  (i: number, j: number): number => {
    if (i === j) return 1;
    if (weights === 'none') return 0;
    const distance = Math.abs(i - j) / (categories - 1);
    return 1 - (weights === 'linear' ? distance : distance ** 2);
  };

const at = (values: readonly number[] | undefined, index: number): number => values?.[index] ?? 0;

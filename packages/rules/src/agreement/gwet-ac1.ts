import { fail, ok, type Result } from '@jiapian/kernel';
import { agreementOf, sharesOf, type Agreement, type AgreementTable } from './agreement-table.ts';

/**
 * How far two readers agree beyond chance when nearly every film falls into one category, where kappa misleads: Gwet's
 * AC1, unweighted. Source: Gwet, Br J Math Stat Psychol 2008;61:29–48, equations 6–8 and the variance of two readers;
 * no finite-population correction. Interval by the normal approximation. Not measurable: `no-pairs`.
 */
export const gwetAc1 = (table: AgreementTable): Result<Agreement, 'no-pairs'> => {
  const { count, shares, rows, columns } = sharesOf(table);
  if (count === 0) return fail('no-pairs');
  const q = table.length;
  const used = rows.map((share, k) => (share + (columns[k] ?? 0)) / 2);
  const observed = shares.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
  const byChance = used.reduce((sum, share) => sum + share * (1 - share), 0) / (q - 1);
  const ac1 = (observed - byChance) / (1 - byChance);
  const diagonal = shares.reduce((sum, row, k) => sum + (row[k] ?? 0) * (1 - (used[k] ?? 0)), 0) / (q - 1);
  const whole = shares.reduce(
    (sum, row, k) =>
      sum + row.reduce((part, share, l) => part + share * (1 - ((used[k] ?? 0) + (used[l] ?? 0)) / 2) ** 2, 0),
    0,
  );
  const spread =
    observed * (1 - observed) -
    4 * (1 - ac1) * (diagonal - observed * byChance) +
    4 * (1 - ac1) ** 2 * (whole / (q - 1) ** 2 - byChance ** 2);
  return ok(agreementOf(ac1, spread / (count * (1 - byChance) ** 2), count));
};

import type { AgreementPage } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import { gwetAc1, tableOfPairs, weightedKappa, type KappaWeights, type ReviewStandard } from '@jiapian/rules';
import type { ReadingPair } from './agreement.repository.ts';

/** Films behind a cell that a page opens. */
const filmsPerCell = 50;

/** How far readers agree: over all, by pair of readers, by item of the standard; with the films behind each cell. */
export const measureAgreement = (pairs: readonly ReadingPair[], standard: ReviewStandard): AgreementPage => ({
  overall: agreementOn(pairs.map(gradesOf), grades.length, 'linear'),
  cells: grades.flatMap((first) =>
    grades.map((second) => {
      const held = pairs.filter((pair) => pair.firstGrade === first && pair.secondGrade === second);
      return { first, second, count: held.length, filmIds: held.slice(0, filmsPerCell).map(({ filmId }) => filmId) };
    }),
  ),
  byPair: [...byReaders(pairs)].map(([, held]) => ({
    first: held[0]?.firstReader ?? '',
    second: held[0]?.secondReader ?? '',
    ...agreementOn(held.map(gradesOf), grades.length, 'linear'),
  })),
  byCriterion: standard.deductions
    .filter(({ code }) => pairs.some((pair) => isMarked(pair.firstMarks, code) || isMarked(pair.secondMarks, code)))
    .map(({ code }) => ({
      code,
      ...agreementOn(
        pairs.map(
          (pair) => [Number(isMarked(pair.firstMarks, code)), Number(isMarked(pair.secondMarks, code))] as const,
        ),
        2,
        'none',
      ),
    })),
});

const gradesOf = (pair: ReadingPair) => [grades.indexOf(pair.firstGrade), grades.indexOf(pair.secondGrade)] as const;
const isMarked = (marks: ReadingPair['firstMarks'], code: string): boolean => marks.some((mark) => mark.code === code);

const byReaders = (pairs: readonly ReadingPair[]): Map<string, ReadingPair[]> => {
  const held = new Map<string, ReadingPair[]>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.firstReader, pair.secondReader]);
    held.set(key, [...(held.get(key) ?? []), pair]);
  }
  return held;
};

const agreementOn = (
  read: readonly (readonly [number, number])[],
  categories: number,
  weights: KappaWeights,
): AgreementPage['overall'] => {
  const table = tableOfPairs(read, categories);
  const [kappa, ac1] = [weightedKappa(table, weights), gwetAc1(table)];
  return {
    pairs: read.length,
    agreed: read.filter(([first, second]) => first === second).length,
    kappa: kappa.ok ? kappa.value : null,
    ac1: ac1.ok ? ac1.value : null,
  };
};

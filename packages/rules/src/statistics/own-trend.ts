import { wilsonInterval, type ProportionInterval } from './wilson.ts';

/** Films graded for one person in one week, and those of them that were 甲 or 乙. */
export interface WeekOfPerson {
  readonly staffId: string;
  /** First day of the week, YYYY-MM-DD. */
  readonly week: string;
  readonly graded: number;
  readonly good: number;
}

/** How a person's rate lies to the group's: too few films, or too few others, to say; or what chance explains. */
export type TrendVerdict = 'too-few' | 'no-group' | 'within-chance' | 'above' | 'below';

/** A person's rate of 甲 and 乙 beside the group's. */
export interface OwnTrend {
  readonly graded: number;
  readonly rate: ProportionInterval | null;
  /** The others' common rate and the middle half of them; null with fewer than four, who could be told apart. */
  readonly group: {
    readonly people: number;
    readonly rate: number;
    readonly low: number;
    readonly high: number;
  } | null;
  readonly verdict: TrendVerdict;
  readonly weeks: readonly {
    readonly week: string;
    readonly graded: number;
    readonly rate: ProportionInterval | null;
    readonly group: number | null;
  }[];
}

/** Others needed before they are shown as a group without names. [PD] */
const leastPeople = 4;

/**
 * A person's trend against the group: Wilson intervals, the others' pooled rate and quartiles of their rates. A verdict
 * is given from the hospital's least number of films on, and says `above` or `below` only when the group's rate lies
 * outside the person's 95 % interval. Weeks without films of the person keep their place, with no rate.
 */
export const ownTrend = (rows: readonly WeekOfPerson[], staffId: string, minimumCount: number): OwnTrend => {
  const own = rows.filter((row) => row.staffId === staffId);
  const others = rows.filter((row) => row.staffId !== staffId);
  const total = sumOf(own);
  const group = groupOf(others, minimumCount);
  const rate = wilsonInterval(total.good, total.graded);
  const weeks = [...new Set(rows.map((row) => row.week))].sort();
  return {
    graded: total.graded,
    rate,
    group,
    verdict: verdictOf(total.graded, rate, group, minimumCount),
    weeks: weeks.map((week) => {
      const mine = sumOf(own.filter((row) => row.week === week));
      const theirs = sumOf(others.filter((row) => row.week === week));
      return {
        week,
        graded: mine.graded,
        rate: wilsonInterval(mine.good, mine.graded),
        group: group === null || theirs.graded === 0 ? null : theirs.good / theirs.graded,
      };
    }),
  };
};

const sumOf = (rows: readonly WeekOfPerson[]) =>
  rows.reduce((sum, row) => ({ graded: sum.graded + row.graded, good: sum.good + row.good }), { graded: 0, good: 0 });

const groupOf = (others: readonly WeekOfPerson[], minimumCount: number): OwnTrend['group'] => {
  const people = [...new Set(others.map((row) => row.staffId))]
    .map((id) => sumOf(others.filter((row) => row.staffId === id)))
    .filter((person) => person.graded >= minimumCount);
  if (people.length < leastPeople) return null;
  const rates = people.map((person) => person.good / person.graded).sort((one, other) => one - other);
  const all = people.reduce((sum, person) => ({ graded: sum.graded + person.graded, good: sum.good + person.good }));
  return {
    people: people.length,
    rate: all.good / all.graded,
    low: quantile(rates, 0.25),
    high: quantile(rates, 0.75),
  };
};

/** Linear between the two nearest ranks (Hyndman & Fan, Am Stat 1996;50:361–365, definition 7). */
const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
};

const verdictOf = (
  graded: number,
  rate: ProportionInterval | null,
  group: OwnTrend['group'],
  minimumCount: number,
): TrendVerdict => {
  if (rate === null || graded < minimumCount) return 'too-few';
  if (group === null) return 'no-group';
  if (group.rate > rate.upper) return 'below';
  return group.rate < rate.lower ? 'above' : 'within-chance';
};

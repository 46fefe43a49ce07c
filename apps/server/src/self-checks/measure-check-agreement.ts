import type { CheckAgreement } from '@jiapian/contract';
import { DAY_MS } from '@jiapian/kernel';
import { checkKinds, checkVerdicts, gwetAc1, tableOfPairs, verdictOfGrade, weightedKappa } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { policyInForce, type Viewer } from '../review/index.ts';
import { findCheckPairs, type CheckPair } from './film-check.repository.ts';

type Figure = CheckAgreement['own'][number];

/** How far checks agree with the grades that count, for training: the own figure, and all of them for whoever plans. */
export const measureCheckAgreement = async (
  unit: UnitOfWork,
  viewer: Viewer,
  of: { days: number; maySeeAll: boolean },
): Promise<CheckAgreement> => {
  const { minimumCount } = (await policyInForce(unit, viewer.now)).content;
  const since = new Date(viewer.now.getTime() - of.days * DAY_MS);
  const pairs = await findCheckPairs(unit, { since, accountId: of.maySeeAll ? null : viewer.accountId });
  const figures = (held: readonly CheckPair[]): Figure[] =>
    checkKinds.map((kind) => figureOf(kind, held, minimumCount)).filter((figure) => figure.pairs > 0);
  const people = [...new Set(pairs.map(({ accountId }) => accountId))].flatMap((accountId) => {
    const held = pairs.filter((pair) => pair.accountId === accountId);
    return figures(held).map((figure) => ({ name: held[0]?.name ?? '', ...figure }));
  });
  return {
    minimumCount,
    own: figures(pairs.filter(({ accountId }) => accountId === viewer.accountId)),
    all: of.maySeeAll ? figures(pairs) : [],
    people: of.maySeeAll ? people.sort((one, other) => (one.name < other.name ? -1 : 1)) : [],
  };
};

/** With fewer pairs than the least number no coefficient is told: chance would speak. */
const figureOf = (kind: Figure['kind'], given: readonly CheckPair[], minimumCount: number): Figure => {
  const pairs = given
    .filter((pair) => pair.kind === kind)
    .map(({ verdict, grade }) => [verdict, verdictOfGrade(grade)].map((word) => checkVerdicts.indexOf(word)))
    .map(([check = 0, counted = 0]) => [check, counted] as const);
  const table = tableOfPairs(pairs, checkVerdicts.length);
  const isEnough = pairs.length >= minimumCount;
  const [kappa, ac1] = [weightedKappa(table, 'linear'), gwetAc1(table)];
  return {
    kind,
    pairs: pairs.length,
    agreed: pairs.filter(([check, counted]) => check === counted).length,
    kappa: isEnough && kappa.ok ? kappa.value : null,
    ac1: isEnough && ac1.ok ? ac1.value : null,
    table: table.map((row) => [...row]),
  };
};

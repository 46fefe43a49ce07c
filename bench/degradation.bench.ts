import {
  measureRadiograph,
  radiographMetrics,
  radiographRules,
  type LimitRule,
  type Measured,
  type RadiographFrame,
} from '@jiapian/rules';
import type { Bench, Table, Target } from './bench.ts';
import { type Degradation, degradations, degrade } from './degrade-film.ts';
import type { GreyPicture } from './read-png.ts';
import { cleanFilms, type SampleFilm } from './sample-films.ts';

/** Which default rules speak of a degradation; the amount from which the promise is kept, and the promised area. */
const judged: Readonly<Record<Degradation, { rules: readonly string[]; from: number; area: number }>> = {
  blur: { rules: ['film-unsharp'], from: 1, area: 0.95 },
  noise: { rules: ['film-noisy'], from: 0.03, area: 0.95 },
  dose: { rules: ['film-noisy'], from: 1 / 64, area: 0.95 },
  clip: { rules: ['clipped-black', 'clipped-white'], from: 0.03, area: 0.95 },
  'clip-white': { rules: ['clipped-black', 'clipped-white'], from: 0.03, area: 0.95 },
  // Black air around a limb cannot be told from a skin line that was lost into it: no area is promised.
  'clip-black': { rules: ['clipped-black', 'clipped-white'], from: 0.03, area: 0 },
  shift: {
    rules: [
      'film-too-dark',
      'film-too-bright',
      'film-nothing-bright',
      'film-nothing-dark',
      'clipped-black',
      'clipped-white',
    ],
    from: 0.3,
    area: 0.95,
  },
  cut: { rules: ['lung-cut', 'limb-cut'], from: 0.2, area: 0.9 },
  rotation: { rules: ['chest-leaning', 'field-turned'], from: 6, area: 0.9 },
  'rotation-cropped': { rules: ['chest-leaning', 'field-turned'], from: 10, area: 0.9 },
};
const MOST_FALSE_HINTS = 0.05;

/** All of them, or those named in JIAPIAN_DEGRADATIONS, by commas: the whole table takes minutes. */
function wantedKinds(): Degradation[] {
  const named = process.env['JIAPIAN_DEGRADATIONS']?.split(',');
  return (Object.keys(degradations) as Degradation[]).filter((kind) => named?.includes(kind) ?? true);
}

/** Films at an even place of the list served development, those at an odd one only for confirming. */
const halves = ['developed', 'held-out'] as const;
type Half = (typeof halves)[number];
const halfOf = (at: number): Half => halves[at % 2]!;

/** Turns are looked for on every film: where no edge and no lung is seen there is no hint. */
const isAlwaysUsable = (kind: Degradation): boolean => kind === 'rotation';

/** Small steps, or the promised amount alone when JIAPIAN_DEGRADATION_STEPS is `promised`: a tenth of the time. */
function amountsOf(kind: Degradation): readonly number[] {
  const isShort = process.env['JIAPIAN_DEGRADATION_STEPS'] === 'promised';
  return isShort ? [judged[kind].from] : degradations[kind].amounts;
}

interface Scored {
  readonly name: string;
  readonly score: number;
  readonly half: Half;
}

interface Row {
  readonly kind: Degradation;
  readonly amount: number;
  readonly area: number;
  readonly areas: Readonly<Record<Half, number>>;
  readonly found: number;
  readonly films: number;
  readonly missed: readonly string[];
}

/** Clean films made worse in small steps, and what the published limits say of them. */
export const bench: Bench = {
  title: 'Radiograph metrics on real films made worse by known amounts',
  run: async (progress) => {
    const films = cleanFilms();
    const rows: Row[] = [];
    const clean = new Map<Degradation, Scored[]>();
    for (const kind of wantedKinds()) {
      const scoreFor = (film: SampleFilm, picture: GreyPicture): number | undefined =>
        scoreOf(film, picture, judged[kind].rules) ?? (isAlwaysUsable(kind) ? 0 : undefined);
      const usable = films.flatMap((film, at) => {
        const score = scoreFor(film, film.picture);
        const isUsable = score !== undefined && (kind !== 'cut' || film.cutSide !== undefined);
        return isUsable ? [{ film, at, score, name: film.name, half: halfOf(at) }] : [];
      });
      clean.set(kind, usable);
      for (const amount of amountsOf(kind)) {
        const worse = usable.flatMap(({ film, at, name, half }) => {
          if (kind === 'cut' && roomBefore(film) > amount - CUT_DEEPER) return [];
          const picture = degrade(film.picture, kind, amount, { seed: at >> 1, side: film.cutSide ?? 'top' });
          const score = scoreFor(film, picture);
          return score === undefined ? [] : [{ name, score, half }];
        });
        rows.push(rowOf(kind, amount, usable, worse));
      }
      progress(kind);
    }
    return { tables: tablesOf(rows, clean), targets: targetsOf(rows, clean), measurements: rows };
  },
};

function rowOf(kind: Degradation, amount: number, clean: readonly Scored[], worse: readonly Scored[]): Row {
  const areaOf = (half?: Half): number => {
    const scoresOf = (list: readonly Scored[]): number[] =>
      list.filter((one) => half === undefined || one.half === half).map(({ score }) => score);
    return areaUnderCurve(scoresOf(clean), scoresOf(worse));
  };
  return {
    kind,
    amount,
    area: areaOf(),
    areas: { developed: areaOf('developed'), 'held-out': areaOf('held-out') },
    found: worse.filter(({ score }) => score > 1).length,
    films: worse.length,
    missed: worse.filter(({ score }) => score <= 1).map(({ name }) => name),
  };
}

const frameOf = ({ rows, columns, samples }: GreyPicture): RadiographFrame => ({
  rows,
  columns,
  samples,
  bitsStored: 8,
  isSigned: false,
  isInverted: false,
  rescaleSlope: 1,
  rescaleIntercept: 0,
});

const measure = (film: SampleFilm, picture: GreyPicture, rules: readonly LimitRule[]): Measured =>
  measureRadiograph(
    frameOf(picture),
    film.facts,
    radiographMetrics.filter(({ metric }) => rules.some((rule) => rule.metric === metric)),
  );

/** How far the figures of a film go beyond the limits: above 1 a hint. Undefined when none of them is measured. */
function scoreOf(film: SampleFilm, picture: GreyPicture, ids: readonly string[]): number | undefined {
  const rules = radiographRules.filter(({ id }) => ids.includes(id));
  const { measurements } = measure(film, picture, rules);
  const scores = rules.flatMap((rule) =>
    measurements
      .filter(({ metric, where }) => metric === rule.metric && (rule.where === undefined || where === rule.where))
      .map(({ value }) => excess(rule, value)),
  );
  return scores.length === 0 ? undefined : Math.max(...scores);
}

const excess = ({ side, limit }: LimitRule, value: number): number =>
  side === 'above' ? value / (limit ?? 1) : 2 - value / (limit ?? 1);

/** Chance that a film made worse scores above a clean one. */
function areaUnderCurve(clean: readonly number[], worse: readonly number[]): number {
  let above = 0;
  for (const bad of worse) for (const good of clean) above += bad > good ? 1 : bad === good ? 0.5 : 0;
  return above / (clean.length * worse.length);
}

/** A film counts as cut when more than this share of a side is lost beyond the room that the whole film had. */
const CUT_DEEPER = 0.03;
const rooms = new WeakMap<SampleFilm, number>();

/** Room between the anatomy and the side that is cut, on the film as it was, as a share of the side. */
function roomBefore(film: SampleFilm): number {
  const known = rooms.get(film);
  if (known !== undefined) return known;
  const { picture, facts, cutSide } = film;
  const { measurements } = measureRadiograph(frameOf(picture), facts, radiographMetrics);
  const where = { top: 'apices', bottom: 'costophrenic-angles', left: 'left-of-picture', right: 'right-of-picture' };
  const lung = measurements.find((one) => one.metric === 'lung-margin' && one.where === where[cutSide ?? 'top']);
  const limb = measurements.find(({ metric }) => metric === 'anatomy-share')?.place;
  const ofLimb = {
    top: (limb?.row ?? 0) / picture.rows,
    bottom: 1 - ((limb?.row ?? 0) + (limb?.height ?? 0)) / picture.rows,
    left: (limb?.column ?? 0) / picture.columns,
    right: 1 - ((limb?.column ?? 0) + (limb?.width ?? 0)) / picture.columns,
  };
  const room = facts.part === 'chest' ? (lung?.value ?? 1) : ofLimb[cutSide ?? 'top'];
  rooms.set(film, room);
  return room;
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function tablesOf(rows: readonly Row[], clean: ReadonlyMap<Degradation, Scored[]>): Table[] {
  const bent = [...clean].map(([kind, scores]) => {
    const wrong = scores.filter(({ score }) => score > 1);
    return [
      kind,
      String(scores.length),
      percent(wrong.length / scores.length),
      wrong.map(({ name }) => name).join(', '),
    ];
  });
  return [
    {
      title: 'Films made worse',
      columns: ['made worse by', 'amount', 'area under the curve', ...halves, 'hints at the default limit', 'films'],
      rows: rows.map(({ kind, amount, area, areas, found, films }) => [
        `${kind} (${degradations[kind].unit})`,
        amount.toPrecision(2),
        area.toFixed(3),
        ...halves.map((half) => areas[half].toFixed(3)),
        films === 0 ? '-' : percent(found / films),
        String(films),
      ]),
    },
    { title: 'Clean films with a hint', columns: ['hint', 'films', 'false hints', 'which'], rows: bent },
    {
      title: 'Films made worse without a hint, at the promised amount',
      columns: ['made worse by', 'amount', 'which'],
      rows: rows
        .filter(({ kind, amount }) => amount === judged[kind].from)
        .map(({ kind, amount, missed }) => [kind, amount.toPrecision(2), missed.join(', ') || 'none']),
    },
  ];
}

function targetsOf(rows: readonly Row[], clean: ReadonlyMap<Degradation, Scored[]>): Target[] {
  const areas = rows
    .filter(({ kind, amount }) => amount === judged[kind].from)
    .map(({ kind, amount, area }) => ({
      claim: `${kind} ${amount.toPrecision(2)} (${degradations[kind].unit}): area ≥ ${judged[kind].area}`,
      measured: area.toFixed(3),
      isMet: area >= judged[kind].area,
    }));
  const falseHints = [...clean].map(([kind, scores]) => {
    const share = scores.filter(({ score }) => score > 1).length / scores.length;
    return {
      claim: `${kind}: false hints on clean films ≤ ${percent(MOST_FALSE_HINTS)}`,
      measured: percent(share),
      isMet: share <= MOST_FALSE_HINTS,
    };
  });
  const rising = wantedKinds().map((kind) => {
    const areas = rows.filter((row) => row.kind === kind).map(({ area }) => area);
    const isMet = areas.every((area, at) => at === 0 || area >= areas[at - 1]! - 0.005);
    return {
      claim: `${kind}: area rises with the amount`,
      measured: areas.map((area) => area.toFixed(2)).join(' '),
      isMet,
    };
  });
  return [...areas, ...falseHints, ...rising];
}

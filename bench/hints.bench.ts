import { procedures, type DefectKind, radiographDefects } from '@jiapian/simulator';
import type { Bench, Table, Target } from './bench.ts';
import { hintedFilms, type HintedFilm, isAtDefect, rulesOfDefect } from './hint-truth.ts';

/** Exams per procedure and defect; JIAPIAN_HINT_SEEDS changes it. */
const SEEDS = Number(process.env['JIAPIAN_HINT_SEEDS'] ?? 2);
/** The detectors' own pixels; a smaller picture is quicker and tells less of movement. */
const size = { filmPixelMm: Number(process.env['JIAPIAN_HINT_PIXEL_MM'] ?? 0.14), sliceMatrix: 128, sliceCount: 4 };
const MOST_FALSE_HINTS = 0.05;
const LEAST_FOUND = 0.9;

interface Row {
  readonly kind: DefectKind;
  readonly films: number;
  readonly found: number;
  readonly atPlace: number;
  readonly byPosition: string;
}

/** Films of the virtual modality with one made defect each, and clean ones: which hints speak, and where. */
export const bench: Bench = {
  title: `Hints on made defects, ${SEEDS} exams per procedure and defect, pixels of ${size.filmPixelMm} mm`,
  run: async (progress) => {
    const clean = await filmsOf(undefined);
    progress('clean');
    const rows: Row[] = [];
    for (const kind of radiographDefects) {
      const rules = rulesOfDefect[kind];
      if (rules === undefined) continue;
      rows.push(rowOf(kind, rules, await filmsOf(kind)));
      progress(kind);
    }
    const falseHints = falseHintsOf(clean);
    return { tables: tablesOf(rows, clean, falseHints), targets: targetsOf(rows, clean), measurements: rows };
  },
};

async function filmsOf(defect: DefectKind | undefined): Promise<HintedFilm[]> {
  const films: HintedFilm[] = [];
  for (const { id, modality } of procedures) {
    if (modality !== 'DX') continue;
    for (let seed = 0; seed < SEEDS; seed += 1) films.push(...(await hintedFilms(`hints ${seed}`, id, defect, size)));
  }
  return films;
}

const speaks = ({ findings }: HintedFilm, rules: readonly string[]): boolean =>
  findings.some(({ rule }) => rules.includes(rule));

function rowOf(kind: DefectKind, rules: readonly string[], films: readonly HintedFilm[]): Row {
  const found = films.filter((film) => speaks(film, rules));
  const atPlace = found.filter(({ findings, truth }) =>
    findings.some((finding) => rules.includes(finding.rule) && isAtDefect(finding, truth, kind)),
  );
  const positions = [...new Set(films.map(({ truth }) => truth.position ?? ''))];
  const byPosition = positions.map((position) => {
    const all = films.filter(({ truth }) => truth.position === position);
    return `${position} ${all.filter((film) => speaks(film, rules)).length}/${all.length}`;
  });
  return { kind, films: films.length, found: found.length, atPlace: atPlace.length, byPosition: byPosition.join(' ') };
}

/** A film exposed beyond the action level by chance carries that hint rightly. */
const isTrue = (rule: string, { parameters }: HintedFilm['truth']): boolean =>
  rule.startsWith('exposure-') && Math.abs(Number(parameters['deviationIndex'])) > 1;

function falseHintsOf(clean: readonly HintedFilm[]): Map<string, string[]> {
  const byRule = new Map<string, string[]>();
  for (const { findings, truth } of clean) {
    for (const rule of new Set(findings.map((finding) => finding.rule))) {
      if (isTrue(rule, truth)) continue;
      byRule.set(rule, [...(byRule.get(rule) ?? []), truth.position ?? '']);
    }
  }
  return byRule;
}

const percent = (count: number, of: number): string => (of === 0 ? '-' : `${((100 * count) / of).toFixed(0)} %`);

function tablesOf(rows: readonly Row[], clean: readonly HintedFilm[], falseHints: Map<string, string[]>): Table[] {
  return [
    {
      title: 'Films with a made defect',
      columns: ['defect', 'films', 'hint', 'at its place', 'false on clean films', 'by position'],
      rows: rows.map(({ kind, films, found, atPlace, byPosition }) => {
        const wrong = clean.filter((film) => hasFalse(film, rulesOfDefect[kind] ?? []));
        return [
          kind,
          String(films),
          percent(found, films),
          percent(atPlace, films),
          percent(wrong.length, clean.length),
          byPosition,
        ];
      }),
    },
    {
      title: `Hints on ${clean.length} clean films`,
      columns: ['rule', 'films', 'positions'],
      rows: [...falseHints].map(([rule, positions]) => [rule, String(positions.length), positions.join(' ')]),
    },
  ];
}

const hasFalse = ({ findings, truth }: HintedFilm, rules: readonly string[]): boolean =>
  findings.some(({ rule }) => rules.includes(rule) && !isTrue(rule, truth));

function targetsOf(rows: readonly Row[], clean: readonly HintedFilm[]): Target[] {
  return rows.flatMap(({ kind, films, found }) => {
    const wrong = clean.filter((film) => hasFalse(film, rulesOfDefect[kind] ?? [])).length;
    return [
      {
        claim: `${kind}: hint on ≥ ${100 * LEAST_FOUND} %`,
        measured: percent(found, films),
        isMet: found >= LEAST_FOUND * films,
      },
      {
        claim: `${kind}: false hints on clean films ≤ ${100 * MOST_FALSE_HINTS} %`,
        measured: percent(wrong, clean.length),
        isMet: wrong <= MOST_FALSE_HINTS * clean.length,
      },
    ];
  });
}

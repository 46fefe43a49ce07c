import fs from 'node:fs';
import type { RadiographFacts } from '@jiapian/rules';
import { sample } from '@jiapian/testkit';
import type { CutSide } from './degrade-film.ts';
import { type GreyPicture, readPng } from './read-png.ts';

/** A sample film that may be made worse, with what the header would say. */
export interface SampleFilm {
  readonly name: string;
  readonly picture: GreyPicture;
  readonly facts: RadiographFacts;
  /** Where cutting takes away anatomy that must be on the film; undefined when the anatomy leaves all sides anyway. */
  readonly cutSide: CutSide | undefined;
}

const parts: Readonly<Record<string, RadiographFacts['part']>> = {
  CHEST: 'chest',
  HAND: 'hand',
  FOOT: 'foot',
  WRIST: 'wrist',
  KNEE: 'knee',
  LEG: 'lower-leg',
  ABDOMEN: 'abdomen',
  HIP: 'hip',
  SHOULDER: 'shoulder',
  CLAVICLE: 'clavicle',
  CSPINE: 'cervical-spine',
  LSPINE: 'lumbar-spine',
};

/** The films judged usable as clean. */
export function cleanFilms(): SampleFilm[] {
  const [, ...rows] = fs.readFileSync(sample('xray-png/ground-truth.tsv'), 'utf8').trim().split('\n');
  const clean = rows.map((row) => row.split('\t')).filter((cells) => cells[13] === 'y');
  return clean.map(([file = '', part = '', view = ''], index) => ({
    name: file.replace('.png', ''),
    picture: withinSide(readPng(fs.readFileSync(sample(`xray-png/${file}`)))),
    facts: { part: parts[part], view: viewOf(view) },
    cutSide: cutSideOf(part, view, index),
  }));
}

/** Longer films are halved, so that one step of blur is about the same for all and the table takes minutes. */
const LONGEST_SIDE = 1200;

function withinSide(film: GreyPicture): GreyPicture {
  if (Math.max(film.rows, film.columns) <= LONGEST_SIDE) return film;
  const rows = film.rows >> 1;
  const columns = film.columns >> 1;
  const samples = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = 2 * row * film.columns + 2 * column;
      const above = film.samples[at]! + film.samples[at + 1]!;
      const below = film.samples[at + film.columns]! + film.samples[at + film.columns + 1]!;
      samples[row * columns + column] = (above + below + 2) >> 2;
    }
  }
  return withinSide({ rows, columns, samples });
}

const viewOf = (view: string): RadiographFacts['view'] => {
  if (view === 'LATERAL') return 'lateral';
  if (view === 'OBLIQUE') return 'oblique';
  return view === 'PA' ? 'pa' : 'ap';
};

/** A chest loses its apices, its angles or a side in turn, a hand or a foot its tips. */
function cutSideOf(part: string, view: string, index: number): CutSide | undefined {
  if (part === 'CHEST' && view !== 'LATERAL') return (['top', 'bottom', 'left', 'right'] as const)[index % 4];
  if (part === 'FOOT' && view === 'LATERAL') return 'left';
  if (part === 'HAND' || part === 'FOOT') return 'top';
  if (part === 'WRIST') return index % 2 === 0 ? 'left' : 'right';
  return undefined;
}

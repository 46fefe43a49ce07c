import type { MeasuredFilm } from '@jiapian/contract';
import type { UnitOfWork } from '../platform/database.ts';
import { cursorShapes, readCursor, writeCursor } from '../platform/list-page.ts';
import {
  type FigureName,
  findFilmFigures,
  findMeasuredFilms,
  type MeasuredFilmPosition,
  type MeasuredFilmRow,
  type MeasuredFilmsWanted,
} from './measured-films.repository.ts';

export interface MeasuredFilmsAsked extends Omit<MeasuredFilmsWanted, 'sort'> {
  columns: readonly string[];
  sort?: string | undefined;
}

/** `clipping|black` is the part `black` of `clipping`. */
export const figureNameOf = (name: string): FigureName => {
  const [metric = '', part = ''] = name.split('|');
  return { metric, part };
};

/** A page of measured films with the figures of the columns, sorted by one of them. */
export const describeMeasuredFilms = async (
  unit: UnitOfWork,
  asked: MeasuredFilmsAsked,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: MeasuredFilm[]; nextCursor: string | null; total: null }> => {
  const { columns, sort, ...filter } = asked;
  const wanted: MeasuredFilmsWanted = { ...filter, sort: sort === undefined ? null : figureNameOf(sort) };
  const found = await findMeasuredFilms(unit, wanted, { after: positionOf(cursor), limit: limit + 1 });
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    items: await withFigures(unit, rows, columns, asked.order),
    nextCursor: last === undefined ? null : writeCursor([last.sortText ?? '', last.filmId]),
    total: null,
  };
};

const numberText = /^(|-?\d+(\.\d+)?(e[+-]?\d+)?)$/;

const positionOf = (cursor: string | undefined): MeasuredFilmPosition | null => {
  if (cursor === undefined) return null;
  const [value = '', filmId = ''] = readCursor(cursor, numberText, cursorShapes.uuid);
  return { value: value === '' ? null : value, filmId };
};

const withFigures = async (
  unit: UnitOfWork,
  rows: readonly MeasuredFilmRow[],
  columns: readonly string[],
  order: 'asc' | 'desc',
): Promise<MeasuredFilm[]> => {
  const names = columns.map(figureNameOf);
  const figures = await findFilmFigures(
    unit,
    rows.map(({ filmId }) => filmId),
    names,
  );
  const byKey = new Map(figures.map((row) => [`${row.filmId} ${row.metric} ${row.part}`, row]));
  return rows.map(({ sortText: _sort, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    values: names.map(({ metric, part }) => {
      const found = byKey.get(`${row.filmId} ${metric} ${part}`);
      return {
        value: (order === 'asc' ? found?.least : found?.most) ?? null,
        unit: found?.unit ?? '',
        subjects: found?.subjects ?? 0,
        reason: found?.reason ?? null,
      };
    }),
  }));
};

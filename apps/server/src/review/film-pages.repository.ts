import type { FilmQuery, FilmRow } from '@jiapian/contract';
import { sql, type SqlBool } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { cursorShapes, readCursor, writeCursor } from '../platform/list-page.ts';
import { asFilmRow, selectRow, type SelectedFilm } from './film-rows.repository.ts';
import { filtered, isOwnFilm, orderOf, selectFilms, type Viewer } from './film-selection.repository.ts';

/** One page of the queue, and where the next begins. */
export const findFilmRows = async (
  unit: UnitOfWork,
  viewer: Viewer,
  { cursor, limit, ...filter }: FilmQuery,
): Promise<{ items: FilmRow[]; nextCursor: string | null }> => {
  let query = selectRow(filtered(selectFilms(unit), filter, viewer), viewer);
  if (cursor !== undefined) query = query.where(isAfter(cursor));
  const rows = await query
    .orderBy(orderOf.isGraded)
    .orderBy(orderOf.due)
    .orderBy('film.created_at')
    .orderBy('film.film_id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => asFilmRow(row, viewer)),
    nextCursor: rows.length > limit && last ? cursorOf(last) : null,
  };
};

const cursorOf = (row: Pick<SelectedFilm, 'is_graded' | 'due' | 'created_text' | 'film_id'>): string =>
  writeCursor([row.is_graded, row.due, row.created_text, row.film_id].map(String));

const isAfter = (cursor: string) => {
  const [isGraded, due, createdAt, filmId] = readCursor(
    cursor,
    /^-?\d+$/,
    cursorShapes.moment,
    cursorShapes.moment,
    cursorShapes.uuid,
  );
  return sql<SqlBool>`(${orderOf.isGraded}, ${orderOf.due}, film.created_at, film.film_id)
    > (${isGraded}::int, ${due}::timestamptz, ${createdAt}::timestamptz, ${filmId}::uuid)`;
};

/**
 * Films that the viewer may grade and nobody else holds, in the order of the queue from the given film on, and then
 * from its beginning; as many as asked for, whatever the length of the queue.
 */
export const findFilmsAhead = async (
  unit: UnitOfWork,
  viewer: Viewer,
  filter: Omit<FilmQuery, 'cursor' | 'limit'>,
  from: { filmId: string; count: number },
): Promise<string[]> => {
  const free = filtered(selectFilms(unit), filter, viewer)
    .select('film.film_id')
    .where('film.film_id', '<>', from.filmId)
    .where(sql<SqlBool>`not ${isOwnFilm(viewer.staffId)}`)
    .where(
      sql<SqlBool>`(film_lock.account_id is null or film_lock.account_id = ${viewer.accountId}
        or film_lock.expires_at <= ${viewer.now})`,
    )
    .orderBy(orderOf.isGraded)
    .orderBy(orderOf.due)
    .orderBy('film.created_at')
    .orderBy('film.film_id')
    .limit(from.count);
  const current = await selectFilms(unit)
    .select(['film.film_id', orderOf.isGraded.as('is_graded'), sql<string>`(${orderOf.due})::text`.as('due')])
    .select(sql<string>`film.created_at::text`.as('created_text'))
    .where('film.film_id', '=', from.filmId)
    .executeTakeFirst();
  const behind = current ? await free.where(isAfter(cursorOf(current))).execute() : [];
  const missing = from.count - behind.length;
  const before = missing > 0 ? await free.limit(missing + behind.length).execute() : [];
  const ids = [...behind, ...before].map((row) => row.film_id);
  return [...new Set(ids)].slice(0, from.count);
};

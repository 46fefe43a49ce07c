import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ListPage } from './list-page.ts';

/** Digits of a moment in microseconds since 1970 UTC, enough until the year 2286. */
const DIGITS = 16;
const LATEST = 9_999_999_999_999_999n;

/** A moment as text that sorts like it; one that is not set comes last. */
export const oldestFirst = (column: string): RawBuilder<string> =>
  sql<string>`lpad(coalesce((extract(epoch from ${sql.ref(column)}) * 1000000)::bigint,
    ${sql.lit(LATEST)})::text, ${sql.lit(DIGITS)}, '0')`;

/** A moment as text that sorts against it; one that is not set comes first. */
export const latestFirst = (column: string): RawBuilder<string> =>
  sql<string>`lpad((${sql.lit(LATEST)} - coalesce((extract(epoch from ${sql.ref(column)}) * 1000000)::bigint,
    ${sql.lit(LATEST)}))::text, ${sql.lit(DIGITS)}, '0')`;

/** The rows of a page in a list that is ordered by a computed text and, where two are equal, by an id. */
export const isBehindKey = (
  key: RawBuilder<string>,
  id: RawBuilder<unknown>,
  { after }: ListPage,
): RawBuilder<SqlBool> =>
  after === null ? sql<SqlBool>`true` : sql<SqlBool>`(${key}, ${id}::text) > (${after[0]}, ${after[1]})`;

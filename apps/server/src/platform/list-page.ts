import { AppError } from '@jiapian/kernel';
import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** A list is ordered by a text and, where two are equal, by the row's id; a page begins behind such a pair. */
type Position = readonly [text: string, id: string];

export interface ListPage {
  readonly after: Position | null;
  readonly limit: number;
}

/** What the address asked for; a cursor that was not made here is refused. */
export const listPageOf = ({ cursor, limit }: { cursor?: string | undefined; limit: number }): ListPage => ({
  after: cursor === undefined ? null : parseCursor(cursor),
  limit,
});

/** The condition of a page's rows in a list ordered by the two columns. */
export const isBehind = (textColumn: string, idColumn: string, { after }: ListPage): RawBuilder<SqlBool> =>
  after === null
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(${sql.ref(textColumn)}, ${sql.ref(idColumn)}::text) > (${after[0]}, ${after[1]})`;

/** One row more than the page was read: whether there is a next page. */
export const rowsOf = ({ limit }: ListPage): number => limit + 1;

/** The page as the API gives it. */
export const pageFrom = <Row, Item>(
  rows: readonly Row[],
  { limit }: ListPage,
  positionOf: (row: Row) => Position,
  asItem: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null; total: null } => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items: shown.map(asItem), nextCursor: hasMore ? writeCursor(positionOf(last)) : null, total: null };
};

const writeCursor = (position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url');

const parseCursor = (cursor: string): Position => {
  const refused = new AppError('REQUEST_INVALID', { reason: 'cursor' });
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw refused;
  }
  if (!Array.isArray(parts) || parts.length !== 2) throw refused;
  const [text, id]: unknown[] = parts;
  if (typeof text !== 'string' || typeof id !== 'string') throw refused;
  return [text, id];
};

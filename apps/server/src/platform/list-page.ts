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
  after: cursor === undefined ? null : readPosition(cursor),
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

/** Where a page ended, as text for an address; only `readCursor` reads it. */
export const writeCursor = (parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/** The parts of a cursor of ours, one text for each shape; anything else did not come from here and is refused. */
export const readCursor = (cursor: string, ...shapes: readonly RegExp[]): string[] => {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    parts = null;
  }
  const isOurs =
    Array.isArray(parts) &&
    parts.length === shapes.length &&
    parts.every((part: unknown, at) => typeof part === 'string' && shapes[at]?.test(part));
  if (!isOurs) throw new AppError('REQUEST_INVALID', { reason: 'cursor' });
  return parts as string[];
};

/** Shapes of the parts of cursors: a UUID, a moment as PostgreSQL or ISO 8601 writes it, and any text. */
export const cursorShapes = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  moment: /^(-?infinity|\d{4,6}-\d{2}-\d{2}[ T][\d:.]{8,15}(Z|[+-][\d:]{2,8})( BC)?)$/,
  text: /^[^]*$/,
} as const;

const readPosition = (cursor: string): Position => {
  const [text = '', id = ''] = readCursor(cursor, cursorShapes.text, cursorShapes.text);
  return [text, id];
};

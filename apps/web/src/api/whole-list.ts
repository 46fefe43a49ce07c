import { PAGE_LIMIT_MAX, pageOf } from '@jiapian/contract';
import { z } from 'zod';
import type { QueryValue } from './address.ts';
import { request } from './client.ts';

/** What an export takes at most; who needs more narrows the filter. */
const ROWS_MAX = 2000;

/** A list with all its pages: short ones for choices and tables, longer ones for a file. */
export const wholeList = async <Item extends z.ZodType>(
  item: Item,
  path: string,
  signal?: AbortSignal,
  query: Readonly<Record<string, QueryValue>> = {},
): Promise<z.output<Item>[]> => {
  const page = pageOf(item);
  const items: z.output<Item>[] = [];
  let cursor: string | null | undefined;
  do {
    const read: z.output<typeof page> = await request(page, 'GET', path, {
      query: { ...query, cursor, limit: PAGE_LIMIT_MAX },
      signal,
    });
    items.push(...read.items);
    cursor = read.nextCursor;
  } while (cursor !== null && items.length < ROWS_MAX);
  return items.slice(0, ROWS_MAX);
};

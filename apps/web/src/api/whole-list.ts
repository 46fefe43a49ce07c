import { PAGE_LIMIT_MAX, pageOf } from '@jiapian/contract';
import { z } from 'zod';
import { request } from './client.ts';

/** A list that is never long (devices, rooms, staff) with all its pages, for choices and short tables. */
export const wholeList = async <Item extends z.ZodType>(
  item: Item,
  path: string,
  signal: AbortSignal,
): Promise<z.output<Item>[]> => {
  const page = pageOf(item);
  const items: z.output<Item>[] = [];
  let cursor: string | null | undefined;
  do {
    const read: z.output<typeof page> = await request(page, 'GET', path, {
      query: { cursor, limit: PAGE_LIMIT_MAX },
      signal,
    });
    items.push(...read.items);
    cursor = read.nextCursor;
  } while (cursor !== null);
  return items;
};

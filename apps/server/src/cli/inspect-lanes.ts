/**
 * Hands each item to `work`, so many at a time, and each result to `use` in the order of the items. Items are taken
 * only as results leave, so that neither piles up.
 */
export const inOrder = async <Item, Result>(
  items: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
  use: (result: Result) => void,
): Promise<void> => {
  const running: Promise<Result>[] = [];
  for await (const item of items) {
    running.push(work(item));
    if (running.length >= atOnce) use(await running.shift()!);
  }
  for (const left of running) use(await left);
};

import type { ReviewStandard } from './standard.ts';

/** One place where two standards differ; the value is undefined on the side that does not have the place. */
export interface StandardChange {
  /** `scale.A.atLeast`, `deductions.D05.steps`. */
  readonly at: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Where the second standard differs from the first, in the order of the sheet; id and version are not content. */
export const standardChanges = (one: ReviewStandard, other: ReviewStandard): StandardChange[] => {
  const before = placesOf(one);
  const after = placesOf(other);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((at) => JSON.stringify(before.get(at)) !== JSON.stringify(after.get(at)))
    .map((at) => ({
      at,
      ...(before.has(at) ? { before: before.get(at) } : {}),
      ...(after.has(at) ? { after: after.get(at) } : {}),
    }));
};

/** Every value of a standard by its place; rows of a list are named by their code, so that order does not matter. */
const placesOf = ({ id: _id, version: _version, ...content }: ReviewStandard): Map<string, unknown> => {
  const places = new Map<string, unknown>();
  for (const [field, value] of Object.entries(content)) {
    if (!Array.isArray(value)) {
      places.set(field, value);
      continue;
    }
    for (const row of value as readonly Record<string, unknown>[]) {
      const name = row['code'] ?? row['grade'];
      for (const [cell, content] of Object.entries(row)) {
        if (cell !== 'code' && cell !== 'grade') places.set(`${field}.${String(name)}.${cell}`, content);
      }
    }
  }
  return places;
};

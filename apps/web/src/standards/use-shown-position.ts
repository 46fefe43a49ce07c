import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ownPositionsQuery } from './position-queries.ts';
import { shownPositions, type ShownPosition } from './shown-positions.ts';

/** A position in the hospital's own words, or in the library's until those are here. */
export const useShownPosition = (code: string | null): ShownPosition | null => {
  const own = useQuery({ ...ownPositionsQuery, staleTime: 300_000 }).data?.items;
  return useMemo(() => shownPositions(own ?? []).find((position) => position.code === code) ?? null, [own, code]);
};

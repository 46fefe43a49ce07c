import { useQuery } from '@tanstack/react-query';
import { useMay } from '../api/session.ts';
import { overviewQuery } from '../release/release-queries.ts';

export type CountName = 'release' | 'quarantine';

/** What waits for a person: exams that did not reach a PACS, objects in quarantine. */
export const useNavigationCounts = (): Readonly<Record<CountName, number>> => {
  const may = useMay();
  const overview = useQuery({ ...overviewQuery, enabled: may('release.read') });
  const forwarded = overview.data?.forwarded;
  return {
    release: forwarded ? forwarded.failed + forwarded.refused : 0,
    quarantine: overview.data?.quarantine ?? 0,
  };
};

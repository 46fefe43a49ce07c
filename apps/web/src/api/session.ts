import { sessionSchema, type Permission, type Session } from '@jiapian/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => request(sessionSchema, 'GET', '/session', { signal }),
  staleTime: 60_000,
});

/** Who is signed in; undefined only on the sign-in page. */
export const useSession = (): Session | undefined => useQuery({ ...sessionQuery, enabled: false }).data;

/** Whether the reader may do it; menu entries and buttons that may not are left out. */
export const useMay = (): ((permission: Permission) => boolean) => {
  const session = useSession();
  return (permission) => session?.permissions.includes(permission) ?? false;
};

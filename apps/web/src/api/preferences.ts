import { sessionSchema, type Session } from '@jiapian/contract';
import { useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { sessionQuery, useSession } from './session.ts';

/** A choice of whoever is signed in, kept with the account: here at once, on every other desk at the next sign-in. */
export const usePreference = (name: string): readonly [string | undefined, (value: string) => void] => {
  const client = useQueryClient();
  const value = useSession()?.preferences[name];
  const set = (next: string): void => {
    client.setQueryData(sessionQuery.queryKey, (before: Session | undefined) =>
      before ? { ...before, preferences: { ...before.preferences, [name]: next } } : before,
    );
    // A choice that could not be kept holds until the page is left; the next one is asked for again.
    request(sessionSchema, 'PATCH', '/session/preferences', { body: { preferences: { [name]: next } } }).catch(
      () => undefined,
    );
  };
  return [typeof value === 'string' ? value : undefined, set];
};

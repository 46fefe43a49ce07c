import { usePreference } from '../api/preferences.ts';
import { keySetOf, type KeySet } from './key-sets.ts';

/** The reader's set of keys and how to take another; kept with the account. */
export const useKeySet = (): readonly [KeySet, (code: KeySet['code']) => void] => {
  const [code, choose] = usePreference('review.keys');
  return [keySetOf(code), choose];
};

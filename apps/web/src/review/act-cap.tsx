import { KeyCap } from '../ui/key-cap.tsx';
import { keyCapsOf, type KeyAct } from './key-sets.ts';
import { useKeySet } from './use-key-set.ts';

/** The key of an act in the reader's own set. */
export function ActCap({ act }: { act: KeyAct }) {
  const [set] = useKeySet();
  const [first] = keyCapsOf(set, act);
  return first === undefined ? null : <KeyCap>{first}</KeyCap>;
}

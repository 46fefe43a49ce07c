import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, type ApiProblem } from '../api/api-problem.ts';
import { lockFilm, unlockFilm } from './review-queries.ts';

/** `held` may write; `refused` names the holder; `lost` was held and is not any more; `own` may never be held. */
export type LockStanding =
  | { readonly kind: 'taking' | 'held' | 'own' | 'not-asked' }
  | { readonly kind: 'refused' | 'lost'; readonly problem: ApiProblem };

/** A lock lives 90 s; three tries fit before it ends. */
const RENEW_MS = 30_000;

/** Requests about one film go out one after another: a lock given back late must not undo one just taken. */
let lastRequest: Promise<unknown> = Promise.resolve();
const inOrder = <Value>(ask: () => Promise<Value>): Promise<Value> => {
  const answer = lastRequest.then(ask, ask);
  lastRequest = answer.catch(() => undefined);
  return answer;
};

/** Holds the film while it is open for grading and gives it back afterwards. */
export const useFilmLock = (filmId: string, mayGrade: boolean): { standing: LockStanding; take: () => void } => {
  const [standing, setStanding] = useState<LockStanding>({ kind: mayGrade ? 'taking' : 'not-asked' });
  const isHeld = useRef(false);
  const isOpen = useRef(false);

  const take = useCallback(async (): Promise<void> => {
    try {
      await inOrder(() => lockFilm(filmId));
      isHeld.current = true;
      if (isOpen.current) setStanding({ kind: 'held' });
    } catch (error) {
      if (!isOpen.current) return;
      const problem = asProblem(error);
      // A lost connection loses nothing yet: the lock lives on and is asked for again.
      if (problem.code === 'NETWORK_LOST' && isHeld.current) return;
      if (problem.code === 'REVIEW_OWN_FILM') setStanding({ kind: 'own' });
      else setStanding({ kind: isHeld.current ? 'lost' : 'refused', problem });
      isHeld.current = false;
    }
  }, [filmId]);

  useEffect(() => {
    if (!mayGrade) {
      setStanding({ kind: 'not-asked' });
      return undefined;
    }
    isOpen.current = true;
    isHeld.current = false;
    void take();
    const timer = setInterval(() => {
      if (isHeld.current) void take();
    }, RENEW_MS);
    return () => {
      isOpen.current = false;
      clearInterval(timer);
      // Whatever goes wrong here, the lock ends by itself.
      if (isHeld.current) inOrder(() => unlockFilm(filmId)).catch(() => undefined);
    };
  }, [filmId, mayGrade, take]);

  return { standing, take: () => void take() };
};

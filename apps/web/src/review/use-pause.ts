import type { ReadingDraft } from '@jiapian/contract';
import { useRef, useState } from 'react';
import { usePreference } from '../api/preferences.ts';
import type { FilmSearch } from './film-search.ts';
import { pausedText } from './paused-place.ts';
import { saveDraft } from './review-queries.ts';
import { keepDraft } from './use-draft.ts';

/**
 * Stops the clock of the film: the draft is kept, the lock is given back, and where the reader was is remembered with the
 * account, so that any desk can go on from there.
 */
export const usePause = (at: {
  readonly filmId: string;
  readonly search: FilmSearch;
  readonly content: ReadingDraft;
  readonly isReadOnly: boolean;
}) => {
  const [place, remember] = usePreference('review.paused');
  const [isPaused, setPaused] = useState(false);
  const since = useRef(0);
  const pausedMs = useRef(0);
  const forget = (): void => {
    if (place) remember('');
  };
  return {
    isPaused,
    pausedMs,
    forget,
    toggle: async (): Promise<void> => {
      if (isPaused) {
        pausedMs.current += Date.now() - since.current;
        forget();
        setPaused(false);
        return;
      }
      since.current = Date.now();
      // While the lock is still held; without a connection the draft waits in this browser.
      if (!at.isReadOnly) await saveDraft(at.filmId, at.content).catch(() => keepDraft(at.filmId, at.content));
      remember(pausedText(at.filmId, at.search));
      setPaused(true);
    },
  };
};

import type { FilmRow } from '@jiapian/contract';
import { useEffect } from 'react';
import { reduceFor } from '../ui/viewport/frame.ts';
import { frameCache } from '../ui/viewport/frame-cache.ts';
import type { ViewportCore } from '../ui/viewport/viewport-core.ts';
import { fitZoom } from '../ui/viewport/view-geometry.ts';

export const PRELOADED_FILMS = 3;

/**
 * Loads the first picture of the films that come next. Only pixels: the film itself is not opened before its turn,
 * so that the trail of who looked at what stays true.
 */
export const usePreload = (films: readonly FilmRow[], core: ViewportCore): void => {
  const uids = films.slice(0, PRELOADED_FILMS).flatMap((film) => film.coverSopInstanceUid ?? []);
  const key = uids.join(',');
  useEffect(() => {
    let isWanted = true;
    const load = async (): Promise<void> => {
      for (const sopInstanceUid of key === '' ? [] : key.split(',')) {
        // What is under way comes to its end: the film it belongs to is still ahead.
        const small = isWanted ? await frameCache.load({ sopInstanceUid, frame: 0, reduce: 4 }) : null;
        if (!small) return;
        const { screen } = core.state();
        const full = { width: small.head.fullColumns, height: small.head.fullRows };
        const reduce = reduceFor(fitZoom(full, screen, 0));
        if (reduce < 4) await frameCache.load({ sopInstanceUid, frame: 0, reduce });
      }
    };
    // What can't be loaded ahead says why when its turn comes.
    load().catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [key, core]);
};

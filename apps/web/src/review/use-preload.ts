import type { FilmRow } from '@jiapian/contract';
import { useEffect } from 'react';
import { reduceFor, reduces, type Frame, type Reduce } from '../ui/viewport/frame.ts';
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
        if (!isWanted) return;
        // What is under way comes to its end: the film it belongs to is still ahead.
        const guess = reductionOf(core.state().frame);
        const { head } = await frameCache.load({ sopInstanceUid, frame: 0, reduce: guess });
        const reduce = reduceFor(fitZoom({ width: head.fullColumns, height: head.fullRows }, core.state().screen, 0));
        if (reduce < guess) await frameCache.load({ sopInstanceUid, frame: 0, reduce });
      }
    };
    // What can't be loaded ahead says why when its turn comes.
    load().catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [key, core]);
};

/** The next film is mostly of the size of this one: asked for as this one is shown, it is asked for once. */
const reductionOf = (shown: Frame | null): Reduce => {
  const reduction = shown ? Math.round(shown.head.fullColumns / shown.head.columns) : 0;
  return reduces.find((reduce) => reduce === reduction && reduce > 1) ?? 4;
};

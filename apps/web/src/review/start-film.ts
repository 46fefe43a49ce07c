import type { FilmDetail } from '@jiapian/contract';
import { queryClient } from '../app/query-client.ts';
import { frameCache } from '../ui/viewport/frame-cache.ts';
import { reduceFor } from '../ui/viewport/frame.ts';
import { fitZoom, type Size } from '../ui/viewport/view-geometry.ts';
import { filmQueryOf } from './review-queries.ts';

/** Asks for a film and its first picture at once, while the page that shows them is still being loaded and laid out. */
export const startFilm = (filmId: string): void => {
  const opened = queryClient.ensureQueryData(filmQueryOf(filmId));
  // What can't be loaded says why on the page.
  opened.then(startFirstPicture).catch(() => undefined);
};

const startFirstPicture = async ({ film, images }: FilmDetail): Promise<void> => {
  const first = images.find((image) => image.sopInstanceUid === film.coverSopInstanceUid) ?? images[0];
  if (!first) return;
  const zoom = fitZoom({ width: first.columns, height: first.rows }, expectedViewport(), 0);
  await frameCache.load({ sopInstanceUid: first.sopInstanceUid, frame: 0, reduce: reduceFor(zoom) });
};

/** What rail, reference and score sheet leave of the window (workstation.css); a wrong guess costs one more load. */
const expectedViewport = (): Size => {
  const isNarrow = window.innerWidth < 1440;
  return {
    width: Math.max(1, window.innerWidth - (isNarrow ? 652 : 950)),
    height: Math.max(1, window.innerHeight - (isNarrow ? 164 : 186)),
  };
};

import type { FilmDetail } from '@jiapian/contract';
import { queryClient } from '../app/query-client.ts';
import { frameCache } from '../ui/viewport/frame-cache.ts';
import { reduceFor } from '../ui/viewport/frame.ts';
import { fitZoom } from '../ui/viewport/view-geometry.ts';
import { expectedViewport } from './expected-viewport.ts';
import { screenOf } from './picture-ahead.ts';
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
  const zoom = fitZoom({ width: first.columns, height: first.rows }, screenOf(expectedViewport()), 0);
  await frameCache.load({ sopInstanceUid: first.sopInstanceUid, frame: 0, reduce: reduceFor(zoom) });
};

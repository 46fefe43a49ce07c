import type { FilmDetail, FrameHead } from '@jiapian/contract';
import { addressOf } from '../api/address.ts';
import { askEarly } from '../api/early-answers.ts';
import { FRAME_HEADER, framePath, reduceFor, samplesOf } from '../ui/viewport/frame.ts';
import { fitZoom } from '../ui/viewport/view-geometry.ts';
import { expectedViewport } from './expected-viewport.ts';
import { pictureTurn, screenOf, showPictureAhead } from './picture-ahead.ts';

const workstationAddress = /^\/review\/([0-9a-f-]{36})$/;

/** The film whose address was entered, if it was one. */
export const filmOfAddress = (pathname: string): string | null => workstationAddress.exec(pathname)?.[1] ?? null;

/**
 * Asks for the film and its first picture and draws it, while the application is still on its way. The application
 * takes the same answers over (`takeEarly`), checks them, and says what is wrong with those that are not as they should be.
 */
export const openFirstFilm = async (filmId: string): Promise<void> => {
  const turn = pictureTurn();
  const answer = await askEarly(addressOf(`/films/${filmId}`));
  if (!answer.ok) return;
  const { film, images, companions } = (await answer.json()) as FilmDetail;
  const first = images.find((image) => image.sopInstanceUid === film.coverSopInstanceUid) ?? images[0];
  if (!first) return;
  const area = expectedViewport();
  const zoom = fitZoom({ width: first.columns, height: first.rows }, screenOf(area), 0);
  const address = { sopInstanceUid: first.sopInstanceUid, frame: 0, reduce: reduceFor(zoom) };
  const picture = await askEarly(addressOf(framePath(address), { reduce: address.reduce }));
  if (!picture.ok) return;
  const head = JSON.parse(picture.headers.get(FRAME_HEADER) ?? '') as FrameHead;
  const samples = samplesOf(head, await picture.arrayBuffer());
  // Beside other pictures it hangs smaller, where the page that knows the layouts will put it.
  const isAlone = film.kind === 'image' && companions.length === 0;
  if (isAlone && turn === pictureTurn()) await showPictureAhead({ head, samples }, area);
};

import type { FilmRow } from '@jiapian/contract';
import { frameCache } from '../ui/viewport/frame-cache.ts';
import { reduceFor, reduces, type Frame } from '../ui/viewport/frame.ts';
import { fitZoom, type Size } from '../ui/viewport/view-geometry.ts';
import type { Area } from './expected-viewport.ts';
import { screenOf, showPictureAhead } from './picture-ahead.ts';

/** Draws the next film's first picture over this one's when it was loaded ahead; false when it was not. */
export const showNext = (film: FilmRow | undefined, area: Area): boolean => {
  const frame = film && heldPicture(film, screenOf(area));
  if (!frame) return false;
  void showPictureAhead(frame, area);
  return true;
};

/** The picture at the size the viewer will ask for; a coarser one is better than none. */
const heldPicture = ({ coverSopInstanceUid }: FilmRow, screen: Size): Frame | null => {
  if (coverSopInstanceUid === null) return null;
  let found: Frame | null = null;
  for (const reduce of reduces) {
    const frame = frameCache.held({ sopInstanceUid: coverSopInstanceUid, frame: 0, reduce });
    if (!frame) continue;
    found = frame;
    const { fullColumns, fullRows } = frame.head;
    if (reduceFor(fitZoom({ width: fullColumns, height: fullRows }, screen, 0)) === reduce) break;
  }
  return found;
};

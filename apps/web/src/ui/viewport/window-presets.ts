import type { FrameHead } from '@jiapian/contract';
import { windowOver, type GreyWindow } from './window-table.ts';

/** The window an image opens with: the header's first, else everything there is. */
export const firstWindow = (head: FrameHead): GreyWindow => head.windows[0] ?? fullWindow(head);

/** Everything there is. */
export const fullWindow = (head: FrameHead): GreyWindow => {
  const ends = [head.minStored, head.maxStored].map((stored) => stored * head.rescaleSlope + head.rescaleIntercept);
  return windowOver(Math.min(...ends), Math.max(...ends));
};

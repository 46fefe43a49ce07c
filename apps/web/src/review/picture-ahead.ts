import type { Frame } from '../ui/viewport/frame.ts';
import { createPainter } from '../ui/viewport/painter.ts';
import { fitView, type Size } from '../ui/viewport/view-geometry.ts';
import { firstWindow } from '../ui/viewport/window-presets.ts';
import type { Area } from './expected-viewport.ts';

let canvas: HTMLCanvasElement | null = null;
let turn = 0;

/** Changes whenever pictures ahead are dropped; one that was begun before that is not shown any more. */
export const pictureTurn = (): number => turn;

/** Screen pixels of an area. */
export const screenOf = ({ width, height }: Area): Size => ({
  width: Math.round(width * window.devicePixelRatio),
  height: Math.round(height * window.devicePixelRatio),
});

/**
 * Shows a film's picture, as the viewer will show it and where it will show it, before the page around it is there.
 * It lies over the page and takes no part in it; `dropPictureAhead` takes it away. Settles when it is drawn.
 */
export const showPictureAhead = async (frame: Frame, area: Area): Promise<void> => {
  canvas?.remove();
  const own = document.createElement('canvas');
  canvas = own;
  own.setAttribute('aria-hidden', 'true');
  own.dataset['picture'] = 'ahead';
  const { left, top, width, height } = area;
  own.style.cssText = `position:fixed;left:${left}px;top:${top}px;width:${width}px;height:${height}px;pointer-events:none`;
  const screen = screenOf(area);
  await new Promise((resolve) => {
    requestAnimationFrame(() => {
      if (canvas === own) paint(own, frame, screen);
      resolve(null);
    });
  });
};

const paint = (own: HTMLCanvasElement, frame: Frame, screen: Size): void => {
  const { fullColumns, fullRows } = frame.head;
  document.body.append(own);
  const painter = createPainter();
  painter.attach(own);
  painter.paint({
    frame,
    screen,
    view: fitView({ width: fullColumns, height: fullRows }, screen),
    window: firstWindow(frame.head),
    isInvertedByReader: false,
  });
};

/** The viewer has drawn, or there will be no viewer. */
export const dropPictureAhead = (): void => {
  turn += 1;
  canvas?.remove();
  canvas = null;
};

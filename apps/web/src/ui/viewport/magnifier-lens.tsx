import { useEffect, useRef } from 'react';
import { createPainter } from './painter.ts';
import { toImage, type Point } from './view-geometry.ts';
import type { ViewportCore } from './viewport-core.ts';

const LENS_PX = 260;
const LENS_ZOOM = 2.5;

/** The place under the cursor enlarged, painted from the samples and not from the screen. */
export function MagnifierLens({ at, core }: { at: Point; core: ViewportCore }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const painter = createPainter();
    painter.attach(canvas.current);
    const state = core.state();
    if (!state.view) return;
    const ratio = window.devicePixelRatio;
    const center = toImage(state.view, state.screen, { x: at.x * ratio, y: at.y * ratio });
    const size = Math.round(LENS_PX * ratio);
    painter.paint({
      ...state,
      screen: { width: size, height: size },
      view: { ...state.view, center, zoom: state.view.zoom * LENS_ZOOM },
    });
  }, [at, core]);
  return (
    <canvas
      ref={canvas}
      className="viewport-lens"
      style={{ left: at.x - LENS_PX / 2, top: at.y - LENS_PX / 2, width: LENS_PX, height: LENS_PX }}
    />
  );
}

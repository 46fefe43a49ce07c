import { asProblem, type ApiProblem } from '../../api/api-problem.ts';
import { reduceFor, type Frame, type Reduce } from './frame.ts';
import type { FrameCache } from './frame-cache.ts';
import { createPainter } from './painter.ts';
import { fitView, fitZoom, panBy, zoomAt, type Point, type Size, type ViewGeometry } from './view-geometry.ts';
import { firstWindow } from './window-presets.ts';
import type { GreyWindow } from './window-table.ts';

/** One frame of one image; images of one series share window and geometry while scrolling. */
export interface ViewportImage {
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly frame: number;
  readonly rows: number;
  readonly columns: number;
}

export interface ViewportState {
  readonly image: ViewportImage | null;
  readonly frame: Frame | null;
  readonly screen: Size;
  readonly view: ViewGeometry | null;
  readonly window: GreyWindow | null;
  readonly isInvertedByReader: boolean;
  readonly isFitted: boolean;
  readonly problem: ApiProblem | null;
}

/** What a reader has set for one series; it is applied again to every image of it that is shown. */
interface Habits {
  window: GreyWindow | null;
  isInverted: boolean;
  view: ViewGeometry | null;
}

/** Rest before the full frame is asked for, so that zooming through does not load it. */
const REST_MS = 120;
const NEIGHBOURS = 3;

/** How a layout hangs a picture before the reader touches it. */
export interface Hung {
  readonly window: GreyWindow | null;
  readonly isFlipped: boolean;
}
const asItIs: Hung = { window: null, isFlipped: false };

/** The viewer without its page: loads frames that fit the zoom and paints them; knows nothing of React. */
export const createViewportCore = (cache: FrameCache, hung: Hung = asItIs) => {
  const painter = createPainter();
  const listeners = new Set<() => void>();
  const habits = new Map<string, Habits>();
  let state: ViewportState = {
    image: null,
    frame: null,
    screen: { width: 0, height: 0 },
    view: null,
    window: null,
    isInvertedByReader: false,
    isFitted: true,
    problem: null,
  };
  let loading = new AbortController();
  let rest: ReturnType<typeof setTimeout> | undefined;
  let isPaintQueued = false;

  const habitsOf = (image: ViewportImage): Habits => {
    const found = habits.get(image.seriesInstanceUid) ?? { window: null, isInverted: false, view: null };
    habits.set(image.seriesInstanceUid, found);
    return found;
  };
  const sizeOf = (image: ViewportImage): Size => ({ width: image.columns, height: image.rows });
  const fitted = (image: ViewportImage): ViewGeometry => {
    const view = fitView(sizeOf(image), state.screen, state.view ?? undefined);
    return state.view ? view : { ...view, isFlipped: hung.isFlipped };
  };
  const queuePaint = (): void => {
    if (isPaintQueued) return;
    isPaintQueued = true;
    requestAnimationFrame(() => {
      isPaintQueued = false;
      painter.paint(state);
    });
  };
  const change = (part: Partial<ViewportState>): void => {
    state = { ...state, ...part };
    queuePaint();
    for (const each of listeners) each();
  };

  const wanted = (): Reduce => reduceFor(state.view?.zoom ?? 0);
  const load = async (image: ViewportImage, reduce: Reduce): Promise<void> => {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    try {
      const frame = await cache.load({ sopInstanceUid: image.sopInstanceUid, frame: image.frame, reduce }, signal);
      if (signal.aborted) return;
      const isFirst = state.frame === null;
      change({ frame, problem: null, window: habitsOf(image).window ?? hung.window ?? firstWindow(frame.head) });
      if (isFirst) correctSize(frame);
    } catch (error) {
      if (!signal.aborted) change({ problem: asProblem(error) });
    }
  };
  /** The register's size may be missing or wrong; the decoded frame has the last word. */
  const correctSize = (frame: Frame): void => {
    const { image } = state;
    if (!image || (image.columns === frame.head.fullColumns && image.rows === frame.head.fullRows)) return;
    const corrected = { ...image, columns: frame.head.fullColumns, rows: frame.head.fullRows };
    change({ image: corrected, view: fitted(corrected) });
    sharpen();
  };
  const sharpen = (): void => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      const { image, frame } = state;
      if (!image || !frame) return;
      const reduce = wanted();
      const held = Math.round(frame.head.fullColumns / frame.head.columns);
      if (reduce < held) void load(image, reduce);
    }, REST_MS);
  };
  const setView = (view: ViewGeometry, isFitted = false): void => {
    if (state.image) habitsOf(state.image).view = isFitted ? null : view;
    change({ view, isFitted });
    sharpen();
  };
  const fit = (): void => {
    if (state.image) setView(fitted(state.image), true);
  };

  return {
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    state: (): ViewportState => state,
    attach: (canvas: HTMLCanvasElement | null): void => painter.attach(canvas),
    resize: (screen: Size): void => {
      if (screen.width === state.screen.width && screen.height === state.screen.height) return;
      change({ screen });
      if (state.image && (state.isFitted || !state.view)) fit();
      if (state.image && !state.frame && !state.problem) void load(state.image, wanted());
    },
    show: (image: ViewportImage, neighbours: readonly ViewportImage[] = []): void => {
      const own = habitsOf(image);
      const isSame =
        state.image?.sopInstanceUid === image.sopInstanceUid && state.image.frame === image.frame && !state.problem;
      if (isSame) return;
      const view = own.view ?? (state.screen.width > 0 ? fitted(image) : null);
      const isSameSeries = state.image?.seriesInstanceUid === image.seriesInstanceUid;
      change({
        image,
        view,
        isFitted: own.view === null,
        isInvertedByReader: own.isInverted,
        // While scrolling the last picture stays until the next is there; another film never shows the old one.
        frame: isSameSeries ? state.frame : null,
        problem: null,
      });
      if (!view) return;
      void load(image, wanted()).then(() => {
        for (const each of neighbours.slice(0, NEIGHBOURS)) {
          cache
            .load({ sopInstanceUid: each.sopInstanceUid, frame: each.frame, reduce: wanted() })
            // A neighbour that fails says so when it is shown.
            .catch(() => undefined);
        }
      });
    },
    retry: (): void => {
      if (state.image) void load(state.image, wanted());
    },
    fit,
    oneToOne: (cursor?: Point): void => {
      const { view, screen } = state;
      if (!view) return;
      setView(zoomAt(view, screen, cursor ?? { x: screen.width / 2, y: screen.height / 2 }, 1 / view.zoom));
    },
    zoom: (factor: number, cursor?: Point): void => {
      const { view, screen } = state;
      if (view) setView(zoomAt(view, screen, cursor ?? { x: screen.width / 2, y: screen.height / 2 }, factor));
    },
    pan: (delta: Point): void => {
      if (state.view) setView(panBy(state.view, state.screen, delta));
    },
    turn: (): void => {
      const { view, image, screen, isFitted } = state;
      if (!view || !image) return;
      const quarterTurns = ((view.quarterTurns + 1) % 4) as ViewGeometry['quarterTurns'];
      const zoom = isFitted ? fitZoom(sizeOf(image), screen, quarterTurns) : view.zoom;
      setView({ ...view, quarterTurns, zoom });
      change({ isFitted });
    },
    flip: (): void => {
      const { view, isFitted } = state;
      if (!view) return;
      setView({ ...view, isFlipped: !view.isFlipped });
      change({ isFitted });
    },
    setWindow: (window: GreyWindow): void => {
      if (state.image) habitsOf(state.image).window = window;
      change({ window });
    },
    invert: (): void => {
      if (!state.image) return;
      const own = habitsOf(state.image);
      own.isInverted = !own.isInverted;
      change({ isInvertedByReader: own.isInverted });
    },
    dispose: (): void => {
      loading.abort();
      clearTimeout(rest);
      painter.attach(null);
      // Shown again after this, an image is loaded again.
      state = { ...state, image: null, frame: null };
    },
  };
};
export type ViewportCore = ReturnType<typeof createViewportCore>;

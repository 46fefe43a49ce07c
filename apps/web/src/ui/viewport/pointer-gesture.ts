import { lengthBetween } from './measure.ts';
import type { Ruler } from './ruler-layer.tsx';
import type { Point } from './view-geometry.ts';
import { boxOf, type Box } from './box.ts';
import type { ViewportCore } from './viewport-core.ts';
import type { GreyWindow } from './window-table.ts';

export const tools = ['window', 'pan', 'zoom', 'length', 'angle', 'mark', 'magnifier'] as const;
export type Tool = (typeof tools)[number];

interface Gesture {
  move(event: PointerEvent): void;
  end(event: PointerEvent): void;
}
interface Surroundings {
  readonly start: PointerEvent;
  readonly ratio: number;
  readonly place: (event: PointerEvent) => Point | null;
  readonly rulers: readonly Ruler[];
  readonly onRulers: (rulers: readonly Ruler[]) => void;
  readonly draft: readonly Point[];
  readonly onDraft: (draft: readonly Point[]) => void;
  readonly onMark: (box: Box) => void;
  readonly onLens: (at: Point | null) => void;
}

/** The window changes by its own width over this many screen pixels. */
const WINDOW_DRAG_PX = 300;
const ZOOM_DRAG_PX = 200;
/** A press without a drag makes no mark and no ruler. */
const DRAG_MIN_PX = 3;

/** What one press of the mouse does until it is let go. */
export const pointerGesture = (core: ViewportCore, tool: Tool, around: Surroundings): Gesture => {
  switch (tool) {
    case 'window':
      return windowGesture(core, around);
    case 'pan':
    case 'zoom':
      return moveGesture(core, tool, around);
    case 'magnifier':
      return lensGesture(around);
    case 'angle':
      return angleGesture(around);
    case 'length':
    case 'mark':
      return dragGesture(tool, around);
  }
};

const windowGesture = (core: ViewportCore, { start }: Surroundings): Gesture => {
  const before: GreyWindow | null = core.state().window;
  return {
    move: (event) => {
      if (!before) return;
      const width = Math.max(1, before.width * Math.exp((event.clientX - start.clientX) / WINDOW_DRAG_PX));
      const center = before.center + ((event.clientY - start.clientY) / WINDOW_DRAG_PX) * before.width;
      core.setWindow({ width, center });
    },
    end: () => undefined,
  };
};

const moveGesture = (core: ViewportCore, tool: 'pan' | 'zoom', { start, ratio }: Surroundings): Gesture => {
  let last: Point = { x: start.clientX, y: start.clientY };
  const cursor = { x: start.offsetX * ratio, y: start.offsetY * ratio };
  return {
    move: (event) => {
      const delta = { x: (event.clientX - last.x) * ratio, y: (event.clientY - last.y) * ratio };
      last = { x: event.clientX, y: event.clientY };
      if (tool === 'pan') core.pan(delta);
      else core.zoom(Math.exp(-delta.y / ZOOM_DRAG_PX), cursor);
    },
    end: () => undefined,
  };
};

const lensGesture = ({ start, onLens }: Surroundings): Gesture => {
  onLens({ x: start.offsetX, y: start.offsetY });
  return {
    move: (event) => onLens({ x: event.offsetX, y: event.offsetY }),
    end: () => onLens(null),
  };
};

/** Two corners or two ends, by dragging. */
const dragGesture = (tool: 'length' | 'mark', around: Surroundings): Gesture => {
  const from = around.place(around.start);
  const isDragged = (event: PointerEvent): boolean =>
    Math.hypot(event.clientX - around.start.clientX, event.clientY - around.start.clientY) >= DRAG_MIN_PX;
  return {
    move: (event) => {
      const to = around.place(event);
      if (from && to) around.onDraft([from, to]);
    },
    end: (event) => {
      const to = around.place(event);
      around.onDraft([]);
      if (!from || !to || !isDragged(event)) return;
      if (tool === 'length') around.onRulers([...around.rulers, { kind: 'length', points: [from, to] }]);
      else around.onMark(boxOf([from, to]));
    },
  };
};

/** First leg by dragging, second leg by the next press. */
const angleGesture = (around: Surroundings): Gesture => {
  const from = around.place(around.start);
  const leg = around.draft.length >= 2 ? around.draft.slice(0, 2) : null;
  return {
    move: (event) => {
      const to = around.place(event);
      if (from && to) around.onDraft(leg ? [...leg, to] : [from, to]);
    },
    end: (event) => {
      const to = around.place(event);
      if (!from || !to) return;
      const [one, middle] = leg ?? [];
      if (one && middle) {
        around.onDraft([]);
        if (lengthBetween(middle, to, null).value > 0) {
          around.onRulers([...around.rulers, { kind: 'angle', points: [one, middle, to] }]);
        }
      } else if (lengthBetween(from, to, null).value === 0) around.onDraft([]);
    },
  };
};

import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { ApiProblem } from '../../api/api-problem.ts';
import { MagnifierLens } from './magnifier-lens.tsx';
import { CornerMask, PlaceLayer, type DrawnPlace } from './place-layer.tsx';
import { pointerGesture, type Tool } from './pointer-gesture.ts';
import { RulerLayer, type Ruler } from './ruler-layer.tsx';
import { boxOf, type Box } from './box.ts';
import { toImage, type Point } from './view-geometry.ts';
import './viewport.css';
import type { ViewportCore } from './viewport-core.ts';

/** One picture with everything the mouse does to it. Keys belong to the page. */
export function ViewportPane(props: {
  readonly core: ViewportCore;
  readonly label: string;
  readonly tool: Tool;
  readonly rulers: readonly Ruler[];
  readonly onRulers: (rulers: readonly Ruler[]) => void;
  readonly places: readonly DrawnPlace[];
  readonly hasMaskedCorners?: boolean;
  readonly isMarkShown: boolean;
  readonly onMark: (box: Box) => void;
  readonly onScroll: (steps: number) => void;
  readonly onActivate?: () => void;
  readonly problem: (problem: ApiProblem) => ReactNode;
}) {
  const { core, tool } = props;
  const state = useSyncExternalStore(core.subscribe, core.state);
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [draft, setDraft] = useState<readonly Point[]>([]);
  const [lens, setLens] = useState<Point | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    core.attach(canvas.current);
    const element = area.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const ratio = window.devicePixelRatio;
      const box = entry?.contentRect;
      if (box) core.resize({ width: Math.round(box.width * ratio), height: Math.round(box.height * ratio) });
    });
    observer.observe(element);
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const steps = Math.sign(event.deltaY);
      if (event.ctrlKey || event.shiftKey)
        core.zoom(steps > 0 ? 1 / WHEEL_ZOOM : WHEEL_ZOOM, screenPoint(element, event));
      else latest.current.onScroll(steps);
    };
    // React's own wheel listener is passive and could not keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', onWheel);
    };
  }, [core]);

  const place = (event: { clientX: number; clientY: number }): Point | null => {
    const { view, screen } = core.state();
    return area.current && view ? toImage(view, screen, screenPoint(area.current, event)) : null;
  };

  return (
    <div
      ref={area}
      className={`viewport viewport-${tool}`}
      role="img"
      aria-label={props.label}
      onContextMenu={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        props.onActivate?.();
        event.currentTarget.setPointerCapture(event.pointerId);
        const gesture = pointerGesture(core, event.button === 1 ? 'pan' : event.button === 2 ? 'zoom' : tool, {
          start: event.nativeEvent,
          ratio: window.devicePixelRatio,
          place,
          rulers: props.rulers,
          onRulers: props.onRulers,
          draft,
          onDraft: setDraft,
          onMark: props.onMark,
          onLens: setLens,
        });
        const element = event.currentTarget;
        const onMove = (moved: PointerEvent): void => gesture.move(moved);
        const onUp = (ended: PointerEvent): void => {
          element.removeEventListener('pointermove', onMove);
          element.removeEventListener('pointerup', onUp);
          element.removeEventListener('pointercancel', onUp);
          gesture.end(ended);
        };
        element.addEventListener('pointermove', onMove);
        element.addEventListener('pointerup', onUp);
        element.addEventListener('pointercancel', onUp);
      }}
    >
      <canvas ref={canvas} />
      {state.view && state.frame ? (
        <svg className="viewport-overlay" viewBox={`0 0 ${state.screen.width} ${state.screen.height}`}>
          <RulerLayer state={state} rulers={props.rulers} draft={tool === 'length' || tool === 'angle' ? draft : []} />
          {props.hasMaskedCorners ? <CornerMask state={state} /> : null}
          {props.isMarkShown ? <PlaceLayer state={state} places={props.places} /> : null}
          {tool === 'mark' && draft.length === 2 ? (
            <PlaceLayer state={state} places={[{ id: 'draft', number: null, label: '', ...boxOf(draft) }]} />
          ) : null}
        </svg>
      ) : null}
      {lens ? <MagnifierLens at={lens} core={core} /> : null}
      {state.problem ? <div className="viewport-problem">{props.problem(state.problem)}</div> : null}
    </div>
  );
}

const WHEEL_ZOOM = 1.15;

const screenPoint = (element: Element, event: { clientX: number; clientY: number }): Point => {
  const box = element.getBoundingClientRect();
  const ratio = window.devicePixelRatio;
  return { x: (event.clientX - box.left) * ratio, y: (event.clientY - box.top) * ratio };
};

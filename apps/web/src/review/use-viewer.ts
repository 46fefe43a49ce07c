import type { FilmDetail } from '@jiapian/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { frameCache } from '../ui/viewport/frame-cache.ts';
import type { Tool } from '../ui/viewport/pointer-gesture.ts';
import type { Ruler } from '../ui/viewport/ruler-layer.tsx';
import { createViewportCore, type ViewportCore, type ViewportImage } from '../ui/viewport/viewport-core.ts';
import { presetsOf } from '../ui/viewport/window-presets.ts';
import { dropPictureAhead } from './picture-ahead.ts';
import { otherSeries, scrolled, seriesOf, slotsOf } from './image-slots.ts';

/** Ten pictures a second: fast enough to see motion, slow enough for a software renderer. */
const CINE_MS = 100;
const KEY_ZOOM = 1.25;
export type Pane = 0 | 1;

/** State of the viewer for one film: which image in which pane, with which tool. */
export const useViewer = (detail: FilmDetail) => {
  const { images, film } = detail;
  const slots = useMemo(() => slotsOf(images), [images]);
  const spans = useMemo(() => seriesOf(images), [images]);
  const cores = useState(() => [createViewportCore(frameCache), createViewportCore(frameCache)] as const)[0];
  const cover = slots.findIndex((slot) => slot.sopInstanceUid === film.coverSopInstanceUid);
  const [places, setPlaces] = useState<readonly [number, number]>([Math.max(0, cover), Math.max(0, cover)]);
  const [isDouble, setDouble] = useState(false);
  const [active, setActive] = useState<Pane>(0);
  const [tool, setTool] = useState<Tool>('window');
  const [isMarkShown, setMarkShown] = useState(true);
  const [isCineOn, setCineOn] = useState(false);
  const [rulers, setRulers] = useState<Readonly<Record<string, readonly Ruler[]>>>({});
  const direction = useRef<1 | -1>(1);

  const moveTo = useCallback((pane: Pane, place: number): void => {
    setPlaces((before) => {
      if (before[pane] === place) return before;
      direction.current = place > before[pane] ? 1 : -1;
      return pane === 0 ? [place, before[1]] : [before[0], place];
    });
  }, []);

  useEffect(() => {
    for (const pane of [0, 1] as const) {
      const slot = slots[places[pane]];
      if (!slot || (pane === 1 && !isDouble)) continue;
      const ahead = [1, 2, 3].flatMap((step) => slots[places[pane] + step * direction.current] ?? []);
      cores[pane].show(slot, ahead);
    }
  }, [cores, slots, places, isDouble]);
  useEffect(() => {
    if (!isCineOn) return undefined;
    const timer = setInterval(() => {
      setPlaces((before) => {
        const next = scrolled(spans, before[active], 1);
        const start = spans.find((span) => next >= span.first && next < span.first + span.count)?.first ?? 0;
        const place = next === before[active] ? start : next;
        return active === 0 ? [place, before[1]] : [before[0], place];
      });
    }, CINE_MS);
    return () => clearInterval(timer);
  }, [isCineOn, active, spans]);
  useEffect(() => () => cores.forEach((core) => core.dispose()), [cores]);
  useEffect(() => dropWhenDrawn(cores[0]), [cores]);

  const core = cores[active];
  const isStack = spans.some((span) => span.count > 1);
  const scroll = (pane: Pane, steps: number): void => moveTo(pane, scrolled(spans, places[pane], steps));
  const toggleTool = (next: Tool): void => setTool((before) => (before === next ? 'window' : next));

  /** Keys of the viewer; true when the key was one of them. */
  const onKey = (name: string): boolean => {
    const preset = /^Shift\+([1-9])$/.exec(name)?.[1];
    const head = core.state().frame?.head;
    if (preset !== undefined) {
      const chosen = head ? presetsOf(head, film.modality)[Number(preset) - 1] : undefined;
      if (chosen) core.setWindow(chosen);
      return true;
    }
    const act = {
      ' ': () => core.fit(),
      O: () => core.oneToOne(),
      I: () => core.invert(),
      H: () => setMarkShown((before) => !before),
      M: () => toggleTool('mark'),
      P: () => setCineOn((before) => isStack && !before),
      '+': () => core.zoom(KEY_ZOOM),
      '=': () => core.zoom(KEY_ZOOM),
      '-': () => core.zoom(1 / KEY_ZOOM),
      ArrowUp: () => scroll(active, -1),
      ArrowDown: () => scroll(active, 1),
      PageUp: () => (spans.length > 1 ? moveTo(active, otherSeries(spans, places[active], -1)) : scroll(active, -1)),
      PageDown: () => (spans.length > 1 ? moveTo(active, otherSeries(spans, places[active], 1)) : scroll(active, 1)),
    }[name];
    if (!act) return false;
    act();
    return true;
  };

  const keyOf = (slot: ViewportImage | undefined): string => `${slot?.sopInstanceUid}/${slot?.frame}`;
  return {
    slots,
    spans,
    cores,
    core,
    places,
    active,
    setActive,
    isDouble,
    setDouble,
    tool,
    setTool,
    toggleTool,
    isMarkShown,
    isCineOn,
    setCineOn,
    isStack,
    scroll,
    moveTo,
    onKey,
    /** Shows the image a mark lies on. */
    showPlace: (place: { readonly sopInstanceUid: string; readonly frame: number }): void => {
      const found = slots.findIndex(
        (slot) => slot.sopInstanceUid === place.sopInstanceUid && slot.frame === place.frame,
      );
      if (found >= 0) moveTo(active, found);
    },
    slotOf: (pane: Pane): ViewportImage | undefined => slots[places[pane]],
    rulersOf: (slot: ViewportImage | undefined): readonly Ruler[] => rulers[keyOf(slot)] ?? [],
    setRulers: (slot: ViewportImage | undefined, next: readonly Ruler[]) =>
      setRulers((before) => ({ ...before, [keyOf(slot)]: next })),
  };
};
export type Viewer = ReturnType<typeof useViewer>;

/** The picture shown ahead goes once this viewer's own is on the screen, or when there is none to wait for. */
const dropWhenDrawn = (core: ViewportCore): (() => void) => {
  const check = (): void => {
    const { image, frame, view, problem } = core.state();
    if (image && !problem && !(frame && view)) return;
    stop();
    // Called before the frame in which the viewer paints.
    requestAnimationFrame(dropPictureAhead);
  };
  const stop = core.subscribe(check);
  check();
  return stop;
};

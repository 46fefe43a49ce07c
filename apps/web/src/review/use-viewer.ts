import type { FilmDetail } from '@jiapian/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Tool } from '../ui/viewport/pointer-gesture.ts';
import type { Ruler } from '../ui/viewport/ruler-layer.tsx';
import type { ViewportCore, ViewportImage } from '../ui/viewport/viewport-core.ts';
import { presetsOf } from '../ui/viewport/preset-list.ts';
import type { NamedPicture } from './film-title.tsx';
import { scrolled, seriesOf, slotsOf } from './image-slots.ts';
import { dropPictureAhead } from './picture-ahead.ts';
import { usePanes } from './use-panes.ts';
import { viewerActs } from './viewer-acts.ts';
import { actOf, presetOf } from './key-sets.ts';
import { useKeySet } from './use-key-set.ts';
import { useLayout } from './use-layout.ts';

/** Ten pictures a second: fast enough to see motion, slow enough for a software renderer. */
const CINE_MS = 100;

/** State of the viewer for one film: which layout, which image in which pane, with which tool. */
export const useViewer = (detail: FilmDetail, isAlwaysSingle = false) => {
  const { images, companions, film } = detail;
  const hanging = useLayout(detail, isAlwaysSingle);
  const { layout } = hanging;
  const all = useMemo(() => [...images, ...companions], [images, companions]);
  const slots = useMemo(() => slotsOf(all), [all]);
  const spans = useMemo(() => seriesOf(images), [images]);
  const allSpans = useMemo(() => seriesOf(all), [all]);
  const cover = slots.findIndex((slot) => slot.sopInstanceUid === film.coverSopInstanceUid);
  const panes = usePanes({ layout, slots, spans: allSpans, start: Math.max(0, cover) });
  const { active, places, cores } = panes;
  const [tool, setTool] = useState<Tool>('window');
  const [isMarkShown, setMarkShown] = useState(true);
  const [isCineOn, setCineOn] = useState(false);
  const [rulers, setRulers] = useState<Readonly<Record<string, readonly Ruler[]>>>({});
  const [keySet] = useKeySet();
  const place = places[active] ?? 0;
  const core = cores[active] ?? panes.first;

  const step = useRef(panes);
  step.current = panes;
  useEffect(() => {
    if (!isCineOn) return undefined;
    const timer = setInterval(() => step.current.play(), CINE_MS);
    return () => clearInterval(timer);
  }, [isCineOn]);
  const [opened] = useState(() => cores[panes.startPane] ?? panes.first);
  useEffect(() => dropWhenDrawn(opened), [opened]);

  const isStack = spans.some((span) => span.count > 1);
  const scroll = (pane: number, steps: number): void =>
    panes.moveTo(pane, scrolled(allSpans, places[pane] ?? 0, steps));
  const toggleTool = (next: Tool): void => setTool((before) => (before === next ? 'window' : next));
  const acts = viewerActs({
    ...{ core, spans, place, active, isStack, scroll, toggleTool },
    ...{ moveTo: panes.moveTo, turnPane: panes.turn, turnLayout: hanging.turn },
    toggleMarks: () => setMarkShown((before) => !before),
    toggleCine: () => setCineOn((before) => isStack && !before),
  });

  /** Keys of the viewer; true when the key was one of them. */
  const onKey = (name: string): boolean => {
    const preset = presetOf(keySet, name);
    const head = core.state().frame?.head;
    if (preset !== null) {
      const chosen = head ? presetsOf(head, film.modality)[preset - 1] : undefined;
      if (chosen) core.setWindow(chosen);
      return true;
    }
    const act = actOf(keySet, name);
    const run = act === null ? undefined : acts[act];
    run?.();
    return run !== undefined;
  };

  const keyOf = (slot: ViewportImage | undefined): string => `${slot?.sopInstanceUid}/${slot?.frame}`;
  const slotOf = useCallback((pane: number): ViewportImage | undefined => slots[places[pane] ?? -1], [slots, places]);
  return {
    ...{ slots, spans, cores, core, places, active, setActive: panes.setActive },
    ...{ layout, layouts: hanging.layouts, chooseLayout: hanging.choose },
    ...{ tool, setTool, toggleTool, isMarkShown, isCineOn, setCineOn, isStack, scroll, onKey, slotOf },
    /** A picture of the film itself; those that hang beside it carry no marks of it. */
    isOwn: (slot: ViewportImage | undefined): boolean =>
      images.some(({ sopInstanceUid }) => sopInstanceUid === slot?.sopInstanceUid),
    /** What a picture is called by: a radiograph by its position, a stack by its series. */
    pictureOf: (slot: ViewportImage): NamedPicture => {
      const beside = companions.find(({ sopInstanceUid }) => sopInstanceUid === slot.sopInstanceUid);
      if (beside) return { ...beside, description: beside.seriesDescription, modality: film.modality };
      const own = images.find(({ sopInstanceUid }) => sopInstanceUid === slot.sopInstanceUid);
      return film.kind === 'image' ? film : { ...film, description: own?.seriesDescription ?? '' };
    },
    show: panes.show,
    /** Shows the image a mark lies on. */
    showPlace: (mark: { readonly sopInstanceUid: string; readonly frame: number }): void => {
      const found = slots.findIndex((slot) => slot.sopInstanceUid === mark.sopInstanceUid && slot.frame === mark.frame);
      if (found >= 0) panes.show(found);
    },
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

import { readingWindows, type HungLayout } from '@jiapian/rules';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { frameCache } from '../ui/viewport/frame-cache.ts';
import { createViewportCore, type ViewportCore, type ViewportImage } from '../ui/viewport/viewport-core.ts';
import { middleOf, scrolled, type SeriesSpan } from './image-slots.ts';

interface Standing {
  readonly layout: HungLayout;
  /** Slot of each pane; -1 for one kept free. */
  readonly places: readonly number[];
  readonly active: number;
}

/** Which slot each pane of a layout shows. A layout keeps its windows and zoom while another is looked at. */
export const usePanes = (at: {
  readonly layout: HungLayout;
  readonly slots: readonly ViewportImage[];
  readonly spans: readonly SeriesSpan[];
  readonly start: number;
}) => {
  const { layout, slots, spans, start } = at;
  const kept = useRef(new Map<string, readonly ViewportCore[]>()).current;
  const cores = useMemo(() => kept.get(layout.code) ?? createCores(kept, layout), [kept, layout]);
  const [standing, setStanding] = useState<Standing>(() => standingOf(layout, slots, spans, start));
  const now =
    standing.layout.code === layout.code ? standing : standingOf(layout, slots, spans, lookedAt(standing, start));
  if (now !== standing) setStanding(now);
  const { places, active } = now;
  const direction = useRef<1 | -1>(1);

  const moveTo = useCallback(
    (pane: number, place: number): void =>
      setStanding((before) => {
        if (before.places[pane] === place || place < 0) return before;
        direction.current = place > (before.places[pane] ?? 0) ? 1 : -1;
        const isMoved = (index: number): boolean => before.layout.isLinked || index === pane;
        return { ...before, places: before.places.map((old, index) => (isMoved(index) ? place : old)) };
      }),
    [],
  );
  const setActive = useCallback((pane: number): void => setStanding((before) => ({ ...before, active: pane })), []);

  useEffect(() => {
    for (const [pane, place] of places.entries()) {
      const slot = slots[place];
      if (!slot) continue;
      const ahead = [1, 2, 3].flatMap((step) => slots[place + step * direction.current] ?? []);
      cores[pane]?.show(slot, layout.isLinked && pane > 0 ? [] : ahead);
    }
  }, [cores, slots, places, layout]);
  useEffect(() => () => [...kept.values()].flat().forEach((core) => core.dispose()), [kept]);

  return {
    ...{ cores, places, active, moveTo, setActive },
    first: cores[0] as ViewportCore,
    /** The pane that opens with the film's first picture. */
    startPane: Math.max(0, places.indexOf(start)),
    /** The pane before or after, round and round, past those kept free. */
    turn: (step: 1 | -1): void => {
      for (let moved = 1; moved <= places.length; moved += 1) {
        const next = (active + step * moved + places.length * moved) % places.length;
        if ((places[next] ?? -1) >= 0) {
          setActive(next);
          return;
        }
      }
    },
    /** One further in the series of the active pane, and from its end to its start. */
    play: (): void => {
      const place = places[active] ?? 0;
      const next = scrolled(spans, place, 1);
      const first = spans.find((span) => place >= span.first && place < span.first + span.count)?.first ?? 0;
      moveTo(active, next === place ? first : next);
    },
    /** A slot in the pane that shows its series already, else in the active one. */
    show: (place: number): void => {
      const series = slots[place]?.seriesInstanceUid;
      const pane = places.findIndex((shown) => shown === place);
      const sameSeries = places.findIndex((shown) => slots[shown]?.seriesInstanceUid === series);
      const target = pane >= 0 ? pane : sameSeries >= 0 && !layout.isLinked ? sameSeries : active;
      setActive(target);
      moveTo(target, place);
    },
  };
};

const createCores = (kept: Map<string, readonly ViewportCore[]>, layout: HungLayout): readonly ViewportCore[] => {
  const cores = layout.places.map(({ window, isFlipped }) => {
    const reading = window === null ? null : readingWindows[window];
    return createViewportCore(frameCache, {
      window: reading && { center: reading.centerHu, width: reading.widthHu },
      isFlipped,
    });
  });
  kept.set(layout.code, cores);
  return cores;
};

const lookedAt = ({ places, active }: Standing, start: number): number => {
  const place = places[active] ?? start;
  return place < 0 ? start : place;
};

const standingOf = (
  layout: HungLayout,
  slots: readonly ViewportImage[],
  spans: readonly SeriesSpan[],
  looked: number,
): Standing => {
  const places = layout.places.map(({ sopInstanceUid, seriesInstanceUid, isBlank }) => {
    if (isBlank) return -1;
    if (sopInstanceUid !== null) return slots.findIndex((slot) => slot.sopInstanceUid === sopInstanceUid);
    if (seriesInstanceUid === null) return looked;
    return slots[looked]?.seriesInstanceUid === seriesInstanceUid ? looked : middleOf(spans, seriesInstanceUid);
  });
  const own = places.indexOf(looked);
  return {
    layout,
    places,
    active:
      own >= 0
        ? own
        : Math.max(
            0,
            places.findIndex((place) => place >= 0),
          ),
  };
};

import type { Tool } from '../ui/viewport/pointer-gesture.ts';
import type { ViewportCore } from '../ui/viewport/viewport-core.ts';
import { otherSeries, scrolled, type SeriesSpan } from './image-slots.ts';
import type { KeyAct } from './key-sets.ts';

const KEY_ZOOM = 1.25;

/** What each key of the viewer does; acts of the score sheet are not among them. */
export const viewerActs = (at: {
  readonly core: ViewportCore;
  readonly spans: readonly SeriesSpan[];
  readonly place: number;
  readonly active: number;
  readonly isStack: boolean;
  readonly scroll: (pane: number, steps: number) => void;
  readonly moveTo: (pane: number, place: number) => void;
  readonly toggleTool: (tool: Tool) => void;
  readonly turnPane: (step: 1 | -1) => void;
  readonly turnLayout: (step: 1 | -1) => void;
  readonly toggleMarks: () => void;
  readonly toggleCine: () => void;
}): Partial<Record<KeyAct, () => void>> => {
  const { core, spans, place, active } = at;
  const toSeries = (step: 1 | -1): void =>
    spans.length > 1 ? at.moveTo(active, otherSeries(spans, place, step)) : at.scroll(active, step);
  const toEnd = (step: 1 | -1): void => at.moveTo(active, scrolled(spans, place, step * Number.MAX_SAFE_INTEGER));
  const turnBy = (quarters: number): void => {
    for (let quarter = 0; quarter < quarters; quarter += 1) core.turn();
  };
  return {
    fit: core.fit,
    'one-to-one': () => core.oneToOne(),
    'zoom-in': () => core.zoom(KEY_ZOOM),
    'zoom-out': () => core.zoom(1 / KEY_ZOOM),
    invert: core.invert,
    turn: () => turnBy(1),
    'turn-back': () => turnBy(3),
    flip: core.flip,
    'flip-down': () => {
      core.flip();
      turnBy(2);
    },
    mark: () => at.toggleTool('mark'),
    'hide-marks': at.toggleMarks,
    cine: at.toggleCine,
    'image-before': () => at.scroll(active, -1),
    'image-after': () => at.scroll(active, 1),
    'image-first': () => toEnd(-1),
    'image-last': () => toEnd(1),
    'series-before': () => toSeries(-1),
    'series-after': () => toSeries(1),
    'pane-before': () => at.turnPane(-1),
    'pane-after': () => at.turnPane(1),
    'layout-before': () => at.turnLayout(-1),
    'layout-after': () => at.turnLayout(1),
  };
};

import { createRequire } from 'node:module';
import { openSync, type Font, type PathCommand } from 'fontkit';

/** A straight piece of an outline, in pixels, downwards positive; its direction counts. */
export interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Straight pieces for one curve: at a few millimetres a letter looks round. */
const CURVE_STEPS = 6;

const { resolve } = createRequire(import.meta.url);
let opened: Font | null = null;
const font = (): Font =>
  (opened ??= openSync(resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')));

/** The outlines of a line of text whose letters are `sizePx` high, its upper left corner at the place given. */
export const letterEdges = (text: string, at: { x: number; y: number; sizePx: number }): Edge[] => {
  const scale = at.sizePx / font().unitsPerEm;
  const baseline = at.y + font().ascent * scale;
  const { glyphs, positions } = font().layout(text);
  let pen = at.x;
  return glyphs.flatMap((glyph, index) => {
    const left = pen;
    pen += (positions[index]?.xAdvance ?? 0) * scale;
    return edgesOf(glyph.path.commands, (x, y) => [left + x * scale, baseline - y * scale]);
  });
};

type Point = readonly [x: number, y: number];

const edgesOf = (commands: readonly PathCommand[], place: (x: number, y: number) => Point): Edge[] => {
  const edges: Edge[] = [];
  let [from, first]: Point[] = [
    [0, 0],
    [0, 0],
  ];
  const lineTo = (to: Point): void => {
    edges.push({ x0: from![0], y0: from![1], x1: to[0], y1: to[1] });
    from = to;
  };
  for (const { command, args } of commands) {
    const points = pairs(args).map(([x, y]) => place(x, y));
    const end = points.at(-1);
    if (command === 'closePath') lineTo(first!);
    else if (end === undefined) continue;
    else if (command === 'moveTo') [from, first] = [end, end];
    else for (const point of curve([from!, ...points])) lineTo(point);
  }
  return edges;
};

const pairs = (values: readonly number[]): Point[] =>
  Array.from({ length: values.length / 2 }, (_, at) => [values[2 * at] ?? 0, values[2 * at + 1] ?? 0]);

/** Points of a Bézier curve by de Casteljau; of a straight line its end. */
const curve = (controls: readonly Point[]): Point[] =>
  controls.length === 2
    ? [controls[1]!]
    : Array.from({ length: CURVE_STEPS }, (_, step) => pointAt(controls, (step + 1) / CURVE_STEPS));

const pointAt = (controls: readonly Point[], t: number): Point => {
  if (controls.length === 1) return controls[0]!;
  const next = controls.slice(1).map(([x, y], index): Point => {
    const [fromX, fromY] = controls[index]!;
    return [fromX + (x - fromX) * t, fromY + (y - fromY) * t];
  });
  return pointAt(next, t);
};

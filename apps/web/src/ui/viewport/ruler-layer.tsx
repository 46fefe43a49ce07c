import { angleAt, lengthBetween } from './measure.ts';
import { toScreen, type Point } from './view-geometry.ts';
import type { ViewportState } from './viewport-core.ts';

export type Ruler =
  | { readonly kind: 'length'; readonly points: readonly [Point, Point] }
  | { readonly kind: 'angle'; readonly points: readonly [Point, Point, Point] };

/** Lengths and angles with their values; mm only when the header gives a spacing. */
export function RulerLayer(props: {
  readonly state: ViewportState;
  readonly rulers: readonly Ruler[];
  readonly draft: readonly Point[];
}) {
  const { state, rulers, draft } = props;
  const { view, frame, screen } = state;
  if (!view || !frame) return null;
  const spacing = frame.head.pixelSpacingMm;
  const drawn = [...rulers.map((ruler) => ruler.points as readonly Point[]), ...(draft.length > 1 ? [draft] : [])];
  return (
    <g>
      {drawn.map((points, index) => {
        const on = points.map((point) => toScreen(view, screen, point));
        const line = on.map((point) => `${point.x},${point.y}`).join(' ');
        const last = on.at(-1) ?? { x: 0, y: 0 };
        return (
          <g key={index}>
            <polyline points={line} className="viewport-ruler-edge" />
            <polyline points={line} className="viewport-ruler" />
            <text x={last.x + 8} y={last.y - 6} className="viewport-ruler-text">
              {readingOf(points, spacing)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

const readingOf = (points: readonly Point[], spacing: readonly [number, number] | null): string => {
  const [one, other, third] = points;
  if (!one || !other) return '';
  if (third) {
    const angle = angleAt(one, other, third, spacing);
    return angle === null ? '' : `${angle.toFixed(1)}°`;
  }
  const length = lengthBetween(one, other, spacing);
  return `${length.value.toFixed(1)} ${length.unit}`;
};

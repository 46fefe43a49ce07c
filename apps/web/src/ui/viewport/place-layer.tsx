import { cornerRegions } from '@jiapian/rules';
import { toScreen } from './view-geometry.ts';
import type { ViewportState } from './viewport-core.ts';

/** A rectangle on the image with its number, in pixels of the full frame. */
export interface DrawnPlace {
  readonly id: string;
  readonly number: number | null;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of the second of two readers: another line. */
  readonly isSecond?: boolean;
}

/** Hides what is burnt into the corners of the picture; it moves with the picture and no key takes it away. */
export function CornerMask({ state }: { state: ViewportState }) {
  const { view, screen, frame } = state;
  if (!view || !frame) return null;
  const whole = { width: frame.head.fullColumns, height: frame.head.fullRows };
  return (
    <g>
      {cornerRegions.map(({ x, y, width, height }) => {
        const one = toScreen(view, screen, { x: x * whole.width, y: y * whole.height });
        const other = toScreen(view, screen, { x: (x + width) * whole.width, y: (y + height) * whole.height });
        return (
          <rect
            key={`${x} ${y}`}
            x={Math.min(one.x, other.x)}
            y={Math.min(one.y, other.y)}
            width={Math.abs(other.x - one.x)}
            height={Math.abs(other.y - one.y)}
            className="viewport-corner-mask"
          />
        );
      })}
    </g>
  );
}

export function PlaceLayer({ state, places }: { state: ViewportState; places: readonly DrawnPlace[] }) {
  const { view, screen } = state;
  if (!view) return null;
  return (
    <g>
      {places.map((place) => {
        const one = toScreen(view, screen, place);
        const other = toScreen(view, screen, { x: place.x + place.width, y: place.y + place.height });
        const box = {
          x: Math.min(one.x, other.x),
          y: Math.min(one.y, other.y),
          width: Math.abs(other.x - one.x),
          height: Math.abs(other.y - one.y),
        };
        return (
          <g key={place.id}>
            <rect {...box} className="viewport-place-edge" />
            <rect {...box} className={place.isSecond ? 'viewport-place viewport-place-second' : 'viewport-place'} />
            {place.number === null ? null : (
              <>
                <circle cx={box.x} cy={box.y} r={10} className="viewport-place-pin" />
                <text x={box.x} y={box.y + 4} className="viewport-place-number">
                  {place.number}
                </text>
                {place.label === '' ? null : (
                  <text x={box.x + 16} y={box.y - 6} className="viewport-place-label">
                    {place.label}
                  </text>
                )}
              </>
            )}
          </g>
        );
      })}
    </g>
  );
}

import type { Measurement } from '../metrics/measurement.ts';
import type { Part } from '../positions/part.ts';
import { derivePosition } from '../positions/derive-position.ts';
import { positionOf } from '../positions/position-library.ts';
import type { AnnotationFacts } from './annotation-facts.ts';
import { positionFactsFrom } from './check-side.ts';
import type { HeaderCheck } from './header-check.ts';

/** Parts that both sides of the body lie on: the patient's right is at the left of the picture. */
const trunk: ReadonlySet<Part> = new Set<Part>(['chest', 'abdomen', 'pelvis', 'lumbar-spine', 'thoracic-spine']);
const letters = ['L', 'R'] as const;

/**
 * Does the marker in the picture agree with the header, and does it stand on the side it names? Asked only when one letter
 * was read, once or more; with both letters, or none, nothing is said. A frontal trunk is shown as if facing the viewer.
 */
export const checkMarker = (facts: AnnotationFacts, measurements: readonly Measurement[]): HeaderCheck[] => {
  const read = measurements.filter(
    ({ metric, where }) => metric === 'side-marker' && letters.some((letter) => letter === where),
  );
  const [marker] = read;
  if (marker === undefined || read.some(({ where }) => where !== marker.where)) return [];
  const letter = marker.where!;
  const derived = derivePosition(positionFactsFrom(facts));
  const found = {
    keyword: 'ImageLaterality',
    value: letter,
    ...(marker.place === undefined ? {} : { place: marker.place }),
  };
  const { laterality } = derived;
  if ((laterality === 'L' || laterality === 'R') && laterality !== letter)
    return [{ check: 'marker-contradicts-side', ...found, expected: laterality }];
  const position = derived.positionCode === null ? null : positionOf(derived.positionCode);
  const isFrontalTrunk =
    position !== null && trunk.has(position.part) && (position.view === 'pa' || position.view === 'ap');
  if (!isFrontalTrunk || marker.place === undefined || facts.columns === undefined) return [];
  const isInLeftHalf = marker.place.column + marker.place.width / 2 < facts.columns / 2;
  return isInLeftHalf === (letter === 'R') ? [] : [{ check: 'marker-on-other-side', ...found }];
};

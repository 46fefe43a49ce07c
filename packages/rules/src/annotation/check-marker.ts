import type { Measurement } from '../metrics/measurement.ts';
import type { Part } from '../positions/part.ts';
import { derivePosition } from '../positions/derive-position.ts';
import { positionOf } from '../positions/position-library.ts';
import type { AnnotationFacts } from './annotation-facts.ts';
import { positionFactsFrom } from './check-side.ts';
import type { HeaderCheck } from './header-check.ts';

/** Parts that both sides of the body lie on: the patient's right is at the left of the picture. */
const bothSided: ReadonlySet<Part> = new Set<Part>([
  'chest',
  'abdomen',
  'pelvis',
  'lumbar-spine',
  'thoracic-spine',
  'skull',
]);
/** Side that lies on the detector in a lateral view (DICOM PS3.3 C.8.11.7, View Position): its letter is the marker. */
const sideOnDetector: Readonly<Partial<Record<string, 'L' | 'R'>>> = { LL: 'L', RL: 'R' };
const letters = ['L', 'R'] as const;

/**
 * Does the marker in the picture agree with the header, and does it stand on the side it names? Asked only when one letter
 * was read, once or more; with both letters, or none, nothing is said. A frontal trunk or head is shown as if facing the
 * viewer; a lateral one carries the letter of the side on the detector.
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
  const onDetector = sideOnDetector[facts.viewPosition?.trim().toUpperCase() ?? ''];
  if (laterality !== letter && onDetector !== undefined && onDetector !== letter)
    return [{ check: 'marker-contradicts-side', ...found, keyword: 'ViewPosition', expected: onDetector }];
  const position = derived.positionCode === null ? null : positionOf(derived.positionCode);
  const isFrontal =
    position !== null && bothSided.has(position.part) && (position.view === 'pa' || position.view === 'ap');
  if (!isFrontal || marker.place === undefined || facts.columns === undefined) return [];
  const isInLeftHalf = marker.place.column + marker.place.width / 2 < facts.columns / 2;
  return isInLeftHalf === (letter === 'R') ? [] : [{ check: 'marker-on-other-side', ...found }];
};

import {
  type BrightObject,
  type BrightObjects,
  brightObjectsAtHalfHeight,
  brightObjectsOf,
  fellowsOf,
} from './bright-objects.ts';
import { type Film, placeOfReduced } from './film.ts';
import { type LetterMatch, matchLetter } from './marker-letters.ts';
import type { RadiographAnswer, RadiographFigure, RadiographMetric } from './radiograph-metric.ts';

/** Height of a marker letter as a share of the picture's longer side [PD]. */
const SMALLEST_LETTER = 0.012;
const LARGEST_LETTER = 0.09; // [PD]
/** Fewest pixels of the reduced picture in which a letter can be read [PD]. */
const FEWEST_ROWS = 7;
/** Likeness from which a patch is taken for the letter [PD]. */
const LIKE_A_LETTER = 0.62;
/** Letters stand far above their surroundings and are sharp [PD]. */
const LETTER_ABOVE = 0.3;
/** Two more patches of like height on the same line make a text, not a marker [PD]. */
const TEXT_FELLOWS = 2;

/**
 * Side markers seen in the picture: how many (`count`), the likeness of each letter with its place (`L`, `R`, also when
 * mirrored), and how much of a marker's surroundings is anatomy (`over-anatomy`, the worst of them).
 */
export const sideMarker: RadiographMetric = {
  metric: 'side-marker',
  unit: '1',
  method: 'bright sharp patches, also cut at half height, compared with drawn letters L and R, upright and mirrored',
  version: 2,
  measure: (film): RadiographAnswer => {
    const markers = findMarkers(film);
    const letters: RadiographFigure[] = markers.map(({ object, match }) => ({
      value: match.likeness,
      where: match.letter,
      place: placeOfReduced(film, object),
    }));
    const over = markers.reduce((most, { object }) => Math.max(most, object.besideAnatomy), 0);
    return {
      figures: [
        { value: markers.length, where: 'count' },
        ...letters,
        ...(markers.length === 0 ? [] : [{ value: over, where: 'over-anatomy' }]),
      ],
    };
  },
};

/** A patch that is read as a letter. */
interface Marker {
  readonly object: BrightObject;
  readonly match: LetterMatch;
}

const found = new WeakMap<Film, readonly Marker[]>();

/** The markers of a film, the likeliest first. */
export const findMarkers = (film: Film): readonly Marker[] => {
  const markers = found.get(film) ?? search(film);
  found.set(film, markers);
  return markers;
};

/** Read as they stand out, and once more at half height where bright anatomy or a halo had joined a letter. */
const search = (film: Film): Marker[] => {
  const first = readFrom(film, brightObjectsOf(film));
  const again = readFrom(film, brightObjectsAtHalfHeight(film)).filter(
    ({ object }) => !first.some((known) => overlap(known.object, object)),
  );
  return [...first, ...again].sort((one, other) => other.match.likeness - one.match.likeness);
};

const overlap = (one: BrightObject, other: BrightObject): boolean =>
  one.left <= other.right && other.left <= one.right && one.top <= other.bottom && other.top <= one.bottom;

const readFrom = (film: Film, bright: BrightObjects): Marker[] => {
  const longer = Math.max(film.scan.reduced.rows, film.scan.reduced.columns);
  const candidates = bright.objects.filter((object) => {
    const height = object.bottom - object.top + 1;
    const width = object.right - object.left + 1;
    return (
      height >= Math.max(FEWEST_ROWS, SMALLEST_LETTER * longer) &&
      height <= LARGEST_LETTER * longer &&
      width <= 1.2 * height &&
      width >= 0.3 * height &&
      object.above >= LETTER_ABOVE
    );
  });
  return candidates.flatMap((object) => {
    if (fellowsOf(object, bright) >= TEXT_FELLOWS) return [];
    const match = matchLetter(bright.labels, film.scan.reduced.columns, object);
    return match.likeness >= LIKE_A_LETTER ? [{ object, match }] : [];
  });
};

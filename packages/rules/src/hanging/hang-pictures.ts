import { checksFor } from '../position-sets/cross-sectional-checks.ts';
import { positionOf } from '../positions/position-library.ts';
import { parts } from '../positions/part.ts';
import { hangingProtocols, type HangingProtocol, type RadiographPlace } from './hanging-protocol.ts';
import type { WindowName } from './reading-windows.ts';

/** A radiograph as far as its place depends on it. */
export interface HangingPicture {
  readonly sopInstanceUid: string;
  readonly positionCode: string | null;
  readonly laterality: string | null;
  /** First value of Patient Orientation (0020,0020): where rows point to; null when the header does not say. */
  readonly rowDirection: string | null;
}

/** What a layout is chosen by. */
export interface HangingFacts {
  readonly modality: string;
  readonly description: string;
  /** The picture that is graded; null when the unit is the exam. */
  readonly own: HangingPicture | null;
  /** The other radiographs of the exam. */
  readonly others: readonly HangingPicture[];
  /** Series of the exam and how many pictures each has. */
  readonly series: readonly { readonly seriesInstanceUid: string; readonly count: number }[];
}

/** What hangs in one place: a radiograph, the middle of a series, or, with neither, the picture that is being looked at. */
export interface HungPlace {
  readonly sopInstanceUid: string | null;
  readonly seriesInstanceUid: string | null;
  /** Kept free for a picture the exam does not have. */
  readonly isBlank: boolean;
  readonly window: WindowName | null;
  /** Shown with left and right exchanged. */
  readonly isFlipped: boolean;
}

/** A layout with its pictures; places by rows from the top left. */
export interface HungLayout {
  readonly code: string;
  readonly rows: number;
  readonly columns: number;
  /** Places that move through a stack together. */
  readonly isLinked: boolean;
  readonly places: readonly HungPlace[];
}

const looked: HungPlace = {
  ...{ sopInstanceUid: null, seriesInstanceUid: null, isBlank: false },
  ...{ window: null, isFlipped: false },
};

/** Every layout that fits these pictures, the one to open with first; one picture always fits. */
export const layoutsFor = (facts: HangingFacts): readonly HungLayout[] =>
  hangingProtocols.flatMap((protocol) => (isMeantFor(protocol, facts) ? (hang(protocol, facts) ?? []) : []));

const isMeantFor = ({ modalities, checks }: HangingProtocol, { modality, description }: HangingFacts): boolean =>
  (modalities?.includes(modality) ?? true) &&
  (checks === undefined || checksFor(modality, description).some(({ code }) => code === checks));

const hang = (protocol: HangingProtocol, facts: HangingFacts): HungLayout | null => {
  const { code, rows, columns, hanging } = protocol;
  const [first] = facts.series;
  switch (hanging.kind) {
    case 'single':
      return { code, rows, columns, isLinked: false, places: [looked] };
    case 'double':
      return isStack(facts) ? { code, rows, columns, isLinked: false, places: [looked, looked] } : null;
    case 'windows':
      if (!first) return null;
      return { code, rows, columns, isLinked: true, places: hanging.windows.map((window) => ({ ...looked, window })) };
    case 'contact-sheet': {
      const shown = facts.series.slice(0, rows * columns);
      if (shown.length < 2) return null;
      const places = shown.map(({ seriesInstanceUid }) => ({ ...looked, seriesInstanceUid }));
      return { code, ...gridFor(shown.length, columns), isLinked: false, places };
    }
    case 'radiographs': {
      const places = placeRadiographs(hanging.of, hanging.places, facts);
      const filled = places.filter(({ sopInstanceUid }) => sopInstanceUid !== null).length;
      return filled < hanging.atLeast ? null : { code, rows, columns, isLinked: false, places };
    }
  }
};

const isStack = ({ series, others }: HangingFacts): boolean =>
  others.length > 0 || series.length > 1 || series.some(({ count }) => count > 1);

/** As square as the number of series allows. */
const gridFor = (count: number, most: number): { rows: number; columns: number } => {
  const columns = Math.min(most, Math.ceil(Math.sqrt(count)));
  return { rows: Math.ceil(count / columns), columns };
};

/** The graded picture must hang somewhere; otherwise nothing does. */
const placeRadiographs = (
  of: 'one-part' | 'paired-part' | 'breast',
  places: readonly RadiographPlace[],
  { own, others }: HangingFacts,
): readonly HungPlace[] => {
  const position = own?.positionCode ? positionOf(own.positionCode) : null;
  if (!own || !position) return [];
  const related = others.filter((other) => {
    const its = other.positionCode === null ? null : positionOf(other.positionCode);
    if (its?.part !== position.part) return false;
    if (of === 'one-part') return own.laterality === null || other.laterality === own.laterality;
    if (of === 'paired-part') return parts[position.part].isPaired && its.view === position.view;
    return true;
  });
  const free = [own, ...related];
  const hung = places.map((place): HungPlace => {
    const at = free.findIndex((picture) => belongs(picture, place));
    const [picture] = at < 0 ? [] : free.splice(at, 1);
    if (!picture) return { ...looked, isBlank: true };
    return {
      ...looked,
      sopInstanceUid: picture.sopInstanceUid,
      isFlipped: of === 'breast' && isChestWallOutside(picture),
    };
  });
  return hung.some(({ sopInstanceUid }) => sopInstanceUid === own.sopInstanceUid) ? hung : [];
};

const belongs = ({ positionCode, laterality }: HangingPicture, { views, side }: RadiographPlace): boolean => {
  const view = positionCode === null ? undefined : positionOf(positionCode)?.view;
  return (
    (side === undefined || laterality === side) && (views === undefined || (view !== undefined && views.includes(view)))
  );
};

/**
 * A right breast hangs with its chest wall to the right, a left one to the left. Rows that point to the front (A) begin at
 * the chest wall, those that point to the back (P) end there: DICOM PS3.3 C.7.6.1.1.1. Unknown directions stay as they are.
 */
const isChestWallOutside = ({ laterality, rowDirection }: HangingPicture): boolean => {
  const direction = rowDirection?.[0];
  return (laterality === 'R' && direction === 'A') || (laterality === 'L' && direction === 'P');
};

import type { Measurement } from '../metrics/measurement.ts';
import { reviewUnitOf } from '../modality.ts';
import type { PositionFacts } from '../positions/header-facts.ts';
import { narrowerPart, type Part } from '../positions/part.ts';
import { readLaterality, type Laterality } from '../positions/read-laterality.ts';
import { readPart } from '../positions/read-part.ts';
import { readView } from '../positions/read-view.ts';
import type { View } from '../positions/view.ts';
import type { AnnotationFacts } from './annotation-facts.ts';
import { positionFactsFrom } from './check-side.ts';
import type { HeaderCheck } from './header-check.ts';

/** What an order says of the patient and of what is to be exposed; empty where it says nothing. */
export interface OrderedExam {
  readonly patientId: string;
  readonly patientSex: string;
  /** ISO 8601. */
  readonly birthDate: string;
  readonly bodyPart: string;
  readonly procedureName: string;
}

/**
 * Do patient, part, view and side of a film's header, and the marker burnt into it, agree with the order? A film that
 * fits one of several orders fits; what an order or a header leaves unsaid disagrees with nothing. Of the patient only
 * the element is told and never the value. Source: domain notes §5.1 and §4.1 [PD].
 */
export const checkOrder = (
  facts: AnnotationFacts,
  orders: readonly OrderedExam[],
  measurements: readonly Measurement[],
): HeaderCheck[] => {
  if (facts.qualityControlImage === 'YES' || orders.length === 0) return [];
  const found = orders.map((order) => [
    ...patientChecks(facts, order),
    ...(reviewUnitOf(facts.modality ?? '') === 'image' ? positionChecks(facts, order, measurements) : []),
  ]);
  // The order that fits best speaks.
  return found.reduce((best, one) => (one.length < best.length ? one : best));
};

const patientChecks = (facts: AnnotationFacts, order: OrderedExam): HeaderCheck[] => {
  const pairs = [
    ['order-patient-disagrees', 'PatientID', facts.patientId, order.patientId],
    ['order-sex-disagrees', 'PatientSex', facts.patientSex, order.patientSex],
    ['order-birth-date-disagrees', 'PatientBirthDate', facts.patientBirthDate, order.birthDate],
  ] as const;
  return pairs
    .filter(([, , written = '', ordered]) => written.trim() !== '' && ordered !== '' && written.trim() !== ordered)
    .map(([check, keyword]) => ({ check, keyword }));
};

const positionChecks = (
  facts: AnnotationFacts,
  order: OrderedExam,
  measurements: readonly Measurement[],
): HeaderCheck[] => {
  const film = positionFactsFrom(facts);
  const ordered = factsOfOrder(order, film.modality);
  const expected = order.procedureName || order.bodyPart;
  const found: HeaderCheck[] = [];
  if (!arePartsAlike(readPart(film).parts, readPart(ordered).parts))
    found.push({ check: 'order-part-disagrees', keyword: 'BodyPartExamined', expected });
  if (!areViewsAlike(readView(film).views, readView(ordered).views))
    found.push({ check: 'order-view-disagrees', keyword: 'ViewPosition', expected });
  const side = readLaterality(ordered).laterality;
  const written = readLaterality(film).laterality;
  if (!areSidesAlike(written, side)) {
    found.push({ check: 'order-side-disagrees', keyword: 'ImageLaterality', value: written!, expected: side! });
    return found;
  }
  const marker = onlyMarker(measurements);
  // Where the header names a side, the marker was compared with that.
  if (written === null && marker !== undefined && !areSidesAlike(marker.letter, side))
    found.push({
      check: 'marker-contradicts-order',
      keyword: 'ImageLaterality',
      value: marker.letter,
      expected: side!,
      ...(marker.place === undefined ? {} : { place: marker.place }),
    });
  return found;
};

const factsOfOrder = ({ bodyPart, procedureName }: OrderedExam, modality: string): PositionFacts => ({
  modality,
  viewPosition: '',
  viewCodes: [],
  bodyPartExamined: bodyPart,
  imageLaterality: '',
  protocolName: procedureName,
  seriesDescription: '',
  studyDescription: '',
});

const arePartsAlike = (film: readonly Part[], order: readonly Part[]): boolean =>
  film.length === 0 ||
  order.length === 0 ||
  film.some((one) => order.some((other) => narrowerPart(one, other) !== null));

const areViewsAlike = (film: readonly View[], order: readonly View[]): boolean =>
  film.length === 0 || order.length === 0 || film.some((view) => order.includes(view));

const areSidesAlike = (one: Laterality | null, other: Laterality | null): boolean =>
  one === null || other === null || one === 'B' || other === 'B' || one === other;

/** The marker when one letter alone was read. */
const onlyMarker = (
  measurements: readonly Measurement[],
): { letter: 'L' | 'R'; place: Measurement['place'] } | undefined => {
  const read = measurements.filter(({ metric, where }) => metric === 'side-marker' && (where === 'L' || where === 'R'));
  const [first] = read;
  if (first === undefined || read.some(({ where }) => where !== first.where)) return undefined;
  return { letter: first.where === 'L' ? 'L' : 'R', place: first.place };
};

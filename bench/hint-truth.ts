import { encodePart10, joinChunks, readHeaderFacts } from '@jiapian/dicom';
import { decodeFrame } from '@jiapian/dicom/pixels';
import {
  checkAnnotation,
  checkExposure,
  checkMarker,
  defaultFindingRules,
  type Finding,
  findingsOf,
  measureExposure,
  measureRadiograph,
  radiographFactsFrom,
} from '@jiapian/rules';
import { type DefectKind, type RenderSize, simulateExam, type TruthRow } from '@jiapian/simulator';

/** A film of the virtual modality, what is known of it, and every hint that it carries. */
export interface HintedFilm {
  readonly truth: TruthRow;
  readonly findings: readonly Finding[];
}

/** Which rules speak of a made defect. Absent: nothing of one film tells it. */
export const rulesOfDefect: Readonly<Partial<Record<DefectKind, readonly string[]>>> = {
  'marker-missing': ['no-side-marker'],
  'marker-wrong-side': ['marker-contradicts-side', 'marker-on-other-side'],
  rotation: ['chest-turned', 'chest-leaning'],
  'field-too-wide': ['field-too-wide'],
  'anatomy-cut-off': ['lung-cut', 'limb-cut'],
  'under-exposure': ['exposure-under', 'exposure-far-under', 'film-noisy'],
  'over-exposure': ['exposure-over', 'exposure-far-over', 'clipped-black', 'clipped-white'],
  motion: ['film-smeared-down', 'film-smeared-across'],
  'foreign-object': ['foreign-object'],
  'grid-lines': ['grid-lines-across', 'grid-lines-down'],
  'dead-lines': ['dead-columns', 'dead-rows'],
  stitching: ['stitch-between-rows', 'stitch-between-columns'],
  'double-exposure': ['exposed-twice'],
  'annotation-missing': [
    'patient-age-missing',
    'operator-missing',
    'accession-number-missing',
    'patient-name-missing',
    'patient-sex-missing',
    'hospital-missing',
    'body-part-missing',
  ],
};

/** The hints of every film of an exam that carries the defect; of all films when it is to be clean. */
export async function hintedFilms(
  seed: string,
  procedure: string,
  defect: DefectKind | undefined,
  size: RenderSize,
): Promise<HintedFilm[]> {
  const forcedDefects = defect === undefined ? [] : [defect];
  const exam = simulateExam(seed, { procedure, defectRate: 0, forcedDefects, size });
  const films: HintedFilm[] = [];
  let at = 0;
  for (const object of exam.instances) {
    const truth = exam.truth[at++]!;
    if (defect !== undefined && !truth.defects.some(({ kind }) => kind === defect)) continue;
    films.push({ truth, findings: await findingsOfFile(joinChunks(encodePart10(object, object.dataSet))) });
  }
  return films;
}

async function findingsOfFile(file: Uint8Array): Promise<Finding[]> {
  const facts = readHeaderFacts(file);
  const frame = await decodeFrame(file, 0);
  if (frame.kind !== 'grayscale') return [];
  const pixels = measureRadiograph(frame, radiographFactsFrom(facts));
  const measurements = [...measureExposure(facts).measurements, ...pixels.measurements];
  const checks = [...checkAnnotation(facts), ...checkExposure(facts), ...checkMarker(facts, measurements)];
  return findingsOf({ modality: facts.modality ?? '', measurements, checks }, defaultFindingRules);
}

/** Whether a hint's place and the place of the defect, grown by a letter's height, have a pixel in common. */
export function isAtDefect({ evidence }: Finding, { defects, parameters }: TruthRow, kind: DefectKind): boolean {
  const where = defects.find((defect) => defect.kind === kind)?.where ?? null;
  const { place } = evidence;
  if (where === null) return true;
  if (place === undefined) return false;
  const room = ROOM_MM / Number(parameters['pixelSpacingMm']);
  return (
    place.column <= where.x + where.width + room &&
    place.column + place.width >= where.x - room &&
    place.row <= where.y + where.height + room &&
    place.row + place.height >= where.y - room
  );
}
const ROOM_MM = 3;

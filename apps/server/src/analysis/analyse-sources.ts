import { type HeaderFacts, isDoseScreen } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import { type AnnotationFacts, checkMarker, type Measured } from '@jiapian/rules';
import { ageYearsOf, inspectHead, type InspectedHead } from './inspect-head.ts';
import type { Analysed, AnalysedHeader, MeasureTask } from './measure-job.ts';
import { measureKindOf } from './measure-kind.ts';
import { measureSources } from './measure-sources.ts';
import { readObjectHead } from './read-head.ts';
import { withSize } from './size-dose.ts';

/** Header and pixels of one object or series; the first object's header speaks for a series. */
export const analyseSources = async ({ scope, sources }: MeasureTask): Promise<Analysed> => {
  const [first] = sources;
  if (first === undefined) return { header: null, measurements: [], notMeasured: [] };
  const head = readObjectHead(first.path, first);
  const header = scope === 'pixels' ? null : inspectHead(head);
  const pixels = scope === 'header' ? nothing : await pixelsOf(head.facts, sources);
  const measurements = [...(header?.measurements ?? []), ...pixels.measurements];
  const notMeasured = [...(header?.notMeasured ?? []), ...pixels.notMeasured];
  return {
    header: header === null ? null : analysedHeader(header, head.facts, measurements),
    measurements,
    notMeasured,
  };
};

const nothing: Measured = { measurements: [], notMeasured: [] };

const pixelsOf = async (facts: HeaderFacts, sources: MeasureTask['sources']): Promise<Measured> => {
  const kind = measureKindOf(facts);
  if ('reason' in kind)
    return facts.kind === 'image'
      ? { measurements: [], notMeasured: [{ metric: 'pixels', reason: kind.reason }] }
      : nothing;
  try {
    return await measureSources(kind.kind, sources);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = typeof error.facts['reason'] === 'string' ? error.facts['reason'] : error.code;
    return { measurements: [], notMeasured: [{ metric: 'pixels', reason }] };
  }
};

const analysedHeader = (
  { checks, dose }: InspectedHead,
  facts: HeaderFacts,
  measurements: Measured['measurements'],
): AnalysedHeader => ({
  modality: facts.modality ?? '',
  checks: [...checks, ...checkMarker(facts, measurements)],
  annotation: facts.kind === 'image' && !isDoseScreen(facts) ? annotationOf(facts) : null,
  dose: dose === null ? null : withSize(dose, measurements),
  patientWeightKg: facts.patientWeightKg !== undefined && facts.patientWeightKg > 0 ? facts.patientWeightKg : null,
  ageYears: ageYearsOf(facts.patientAge) ?? null,
  regionWords: regionWordsOf(facts, dose?.events.map(({ targetRegion }) => targetRegion) ?? []),
});

/** The part of a header that an order can contradict. */
const annotationOf = (facts: HeaderFacts): AnnotationFacts => ({
  modality: facts.modality,
  patientId: facts.patientId,
  patientSex: facts.patientSex,
  patientBirthDate: facts.patientBirthDate,
  bodyPartExamined: facts.bodyPartExamined,
  viewPosition: facts.viewPosition,
  viewCodes: facts.viewCodes,
  laterality: facts.laterality,
  imageLaterality: facts.imageLaterality,
  protocolName: facts.protocolName,
  studyDescription: facts.studyDescription,
  seriesDescription: facts.seriesDescription,
  qualityControlImage: facts.qualityControlImage,
});

const regionWordsOf = (facts: HeaderFacts, regions: readonly (string | undefined)[]): string =>
  [...new Set([...regions, facts.bodyPartExamined, facts.protocolName, facts.studyDescription])]
    .filter((words) => words !== undefined)
    .join(' ');

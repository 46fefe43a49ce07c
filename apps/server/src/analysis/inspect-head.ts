import { type DoseReport, type HeaderFacts, isDoseScreen, readDose } from '@jiapian/dicom';
import {
  checkAnnotation,
  checkDose,
  checkExposure,
  compareWithReference,
  type HeaderCheck,
  type Measured,
  measureExposure,
  type NotMeasured,
} from '@jiapian/rules';
import type { ObjectHead } from './read-head.ts';

/** What a header alone tells of one object. */
export interface InspectedHead extends Measured {
  dose: DoseReport | null;
  checks: HeaderCheck[];
}

/** Exposure, dose and header checks of one object, without its pixels. */
export const inspectHead = ({ dataSet, facts }: ObjectHead): InspectedHead => {
  const dose = readDose(dataSet, facts) ?? null;
  const isImage = facts.kind === 'image';
  const exposure = isImage ? measureExposure(facts) : { measurements: [], notMeasured: [] };
  const checks = [
    ...(isImage && !isDoseScreen(facts) ? [...checkAnnotation(facts), ...checkExposure(facts)] : []),
    ...(dose === null ? [] : doseChecks(dose, facts)),
    ...oddValues(facts, dose),
    ...(facts.isComplete ? [] : [{ check: 'header-cut-short', keyword: 'DataSet' }]),
  ];
  return { dose, checks, ...exposure, notMeasured: [...exposure.notMeasured, ...whyNoDose(dose, facts)] };
};

const doseChecks = (dose: DoseReport, facts: HeaderFacts): HeaderCheck[] => {
  // The header of one slice states no total of the scan.
  if (dose.source === 'header') return [];
  const { studyDescription = '', protocolName = '', bodyPartExamined = '' } = facts;
  const regions = dose.events.map(({ targetRegion }) => targetRegion ?? '').join(' ');
  const isCt = dose.events.some(({ ctdiVolMgy }) => ctdiVolMgy !== undefined);
  const irradiated = {
    modality: isCt ? 'CT' : (facts.modality ?? ''),
    words: `${regions} ${studyDescription} ${protocolName} ${bodyPartExamined}`,
    ageYears: ageYearsOf(facts.patientAge),
  };
  return [...checkDose(dose), ...compareWithReference(dose, irradiated)];
};

const yearsPerUnit: Readonly<Record<string, number>> = { D: 1 / 365.25, W: 7 / 365.25, M: 1 / 12, Y: 1 };

/** Age in years of a DICOM age such as `045Y`; undefined when there is none. */
export const ageYearsOf = (age: string | undefined): number | undefined => {
  const [, count, unit = ''] = /^(\d{3})([DWMY])$/.exec(age ?? '') ?? [];
  return count === undefined ? undefined : Number(count) * yearsPerUnit[unit]!;
};

/** Modalities whose images come of an X-ray exposure. */
const usesXRays = new Set(['CR', 'CT', 'DX', 'IO', 'MG', 'PX', 'RF', 'RG', 'XA']);

const whyNoDose = (dose: DoseReport | null, facts: HeaderFacts): NotMeasured[] => {
  if (dose !== null) return [];
  if (facts.kind === 'structured-report') return [{ metric: 'dose', reason: 'not-a-dose-report' }];
  if (facts.kind !== 'image' || !usesXRays.has(facts.modality ?? '')) return [];
  return [
    { metric: 'dose', reason: isDoseScreen(facts) ? 'dose-screen-is-a-picture-only' : 'header-tells-no-exposure' },
  ];
};

/** Elements whose absence the annotation check has words for. */
const absent = 'is missing or empty';

const oddValues = (facts: HeaderFacts, dose: DoseReport | null): HeaderCheck[] =>
  [...facts.oddities, ...(dose?.oddities ?? [])]
    .filter(({ reason }) => reason !== absent)
    .map(({ keyword, reason }) => ({ check: 'value-unreadable', keyword, value: reason }));

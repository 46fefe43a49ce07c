import { numberOf, plainTextOf } from '../element-values.ts';
import type { HeaderFacts } from '../header-facts.ts';
import { type DataSet, itemsOf } from '../read-data-set.ts';
import { phantomOfCode } from './ct-event.ts';
import { acquisitionKinds, doseScreenOf } from './dose-screen.ts';
import { type DoseEvent, type DoseReport, emptyEvent, rounded, totalsOfEvents } from './dose-report.ts';

/**
 * The dose that the header of an image tells: one event, as good as the console wrote it. An image whose header repeats a
 * dose table (Exposure Dose Sequence) is read as a dose screen. Undefined when the header tells nothing about exposure.
 */
export const readHeaderDose = (dataSet: DataSet, facts: HeaderFacts): DoseReport | undefined => {
  const screen = doseScreenOf(dataSet, facts);
  if (screen !== undefined) return screen;
  if (facts.kind !== 'image') return undefined;
  const event = headerEventOf(dataSet, facts);
  const told = exposureNames.some((name) => event[name] !== undefined);
  if (!told) return undefined;
  return { source: 'header', eventCount: 1, totals: totalsOfEvents([event]), events: [event], oddities: [] };
};

/** One of these makes an event; a distance or a protocol name alone does not. */
const exposureNames = [
  'ctdiVolMgy',
  'doseAreaProductDgyCm2',
  'averageGlandularDoseMgy',
  'entranceDoseMgy',
  'exposureIndex',
  'targetExposureIndex',
  'deviationIndex',
  'tubeVoltageKv',
  'tubeCurrentMa',
  'exposureMas',
  'exposureTimeMs',
] as const satisfies readonly (keyof DoseEvent)[];

const microPerMilli = 1000;
/** PS3.3 C.8.11.7 states Organ Dose in decigray. */
const mgyPerDgy = 100;

const headerEventOf = (dataSet: DataSet, facts: HeaderFacts): DoseEvent => {
  const currentUa = numberOf(dataSet, 0x00188151, 'DS');
  const [phantom] = itemsOf(dataSet, 0x00189346, 1);
  return {
    ...emptyEvent(),
    uid: facts.irradiationEventUid,
    kind: kindOf(facts, plainTextOf(dataSet, 0x00189302)),
    startedAt: startOf(facts),
    protocol: facts.protocolName,
    targetRegion: facts.bodyPartExamined,
    laterality: facts.imageLaterality ?? facts.laterality,
    view: facts.viewPosition,
    ctdiVolMgy: facts.ctdiVolMgy,
    ctdiPhantom: phantomOfCode(phantom === undefined ? undefined : plainTextOf(phantom, 0x00080100)),
    pitch: facts.spiralPitchFactor,
    doseAreaProductDgyCm2: facts.doseAreaProductDgyCm2,
    averageGlandularDoseMgy: facts.organDoseDgy === undefined ? undefined : rounded(facts.organDoseDgy * mgyPerDgy),
    entranceDoseMgy: facts.entranceDoseMgy,
    compressionThicknessMm: facts.modality === 'MG' ? facts.bodyPartThicknessMm : undefined,
    exposureIndex: facts.exposureIndex,
    targetExposureIndex: facts.targetExposureIndex,
    deviationIndex: facts.deviationIndex,
    distanceSourceToDetectorMm: facts.distanceSourceToDetectorMm,
    tubeVoltageKv: facts.kvp,
    tubeCurrentMa: facts.tubeCurrentMa ?? (currentUa === undefined ? undefined : rounded(currentUa / microPerMilli)),
    exposureMas: facts.exposureUas === undefined ? facts.exposureMas : rounded(facts.exposureUas / microPerMilli),
    exposureTimeMs:
      facts.exposureTimeUs === undefined ? facts.exposureTimeMs : rounded(facts.exposureTimeUs / microPerMilli),
    waterEquivalentDiameterMm: numberOf(dataSet, 0x00181271, 'FD'),
  };
};

const kindOf = (facts: HeaderFacts, acquisitionType: string | undefined): DoseEvent['kind'] =>
  facts.modality === 'CT' ? (acquisitionKinds[acquisitionType ?? ''] ?? 'unknown') : 'exposure';

const startOf = ({ acquisitionDate, acquisitionTime }: HeaderFacts): string | undefined => {
  if (acquisitionDate === undefined) return undefined;
  return acquisitionTime === undefined ? acquisitionDate : `${acquisitionDate}T${acquisitionTime}`;
};

import { numberOf, plainTextOf } from '../element-values.ts';
import type { HeaderFacts } from '../header-facts.ts';
import { type DataSet, itemsOf } from '../read-data-set.ts';
import { type DoseEvent, type DoseReport, emptyEvent, rounded, totalsOfEvents } from './dose-report.ts';

const exposureDoseSequence = 0x0040030e;
/** Scans of one exam listed on a screen; more is garbage. */
const maxEvents = 1_000;

/**
 * The dose that the header of a dose screen repeats (Exposure Dose Sequence, as Philips writes it, DLP in its private
 * element). The picture itself is not read. Undefined when the object has no such sequence.
 */
export const doseScreenOf = (dataSet: DataSet, facts: Pick<HeaderFacts, 'protocolName'>): DoseReport | undefined => {
  const items = itemsOf(dataSet, exposureDoseSequence, maxEvents);
  if (items.length === 0) return undefined;
  const events = items.map((item) => eventOf(item, facts.protocolName));
  const stated = privateDlp(dataSet);
  const added = totalsOfEvents(events);
  const totals = stated === undefined ? added : { ...added, from: 'report' as const, dlpMgyCm: stated };
  return { source: 'dose-screen', eventCount: events.length, totals, events, oddities: [] };
};

/** Is this a picture of a dose table, by what the devices write into its header? */
export const isDoseScreen = ({
  imageType,
  seriesDescription,
  protocolName,
  modality,
}: Pick<HeaderFacts, 'imageType' | 'seriesDescription' | 'protocolName' | 'modality'>): boolean => {
  if (imageType?.some((value) => /DOSE/.test(value)) === true) return true;
  const words = `${seriesDescription ?? ''} ${protocolName ?? ''}`;
  const isCapture = imageType?.includes('SECONDARY') ?? false;
  return modality === 'CT' && isCapture && /dose (report|info|summary|record)|patient protocol|剂量/i.test(words);
};

/** Acquisition Type (0018,9302) of PS3.3 C.8.15.3.2. */
export const acquisitionKinds: Readonly<Record<string, DoseEvent['kind']>> = {
  SPIRAL: 'spiral',
  SEQUENCED: 'sequenced',
  CONSTANT_ANGLE: 'constant-angle',
  STATIONARY: 'stationary',
  FREE: 'free',
};

const microPerMilli = 1000;

const eventOf = (item: DataSet, protocol: string | undefined): DoseEvent => {
  const currentUa = numberOf(item, 0x00188151, 'DS');
  return {
    ...emptyEvent(),
    uid: plainTextOf(item, 0x00083010),
    kind: acquisitionKinds[plainTextOf(item, 0x00189302) ?? ''] ?? 'unknown',
    protocol: plainTextOf(item, 0x0008103e) ?? protocol,
    ctdiVolMgy: numberOf(item, 0x00189345, 'FD'),
    dlpMgyCm: privateDlp(item),
    scanLengthMm: numberOf(item, 0x00181302, 'IS'),
    pitch: numberOf(item, 0x00189311, 'FD'),
    totalCollimationMm: numberOf(item, 0x00189307, 'FD'),
    tubeVoltageKv: numberOf(item, 0x00180060, 'DS'),
    tubeCurrentMa: currentUa === undefined ? undefined : rounded(currentUa / microPerMilli),
    exposureTimeMs: numberOf(item, 0x00181150, 'IS'),
  };
};

/** DLP in mGy·cm in element 21 of the block that ELSCINT1 (Philips) reserved in group 00E1. */
const privateDlp = (dataSet: DataSet): number | undefined => {
  for (let block = 0x10; block <= 0xff; block += 1) {
    if (plainTextOf(dataSet, 0x00e10000 + block) === 'ELSCINT1')
      return numberOf(dataSet, 0x00e10000 + block * 0x100 + 0x21, 'DS');
  }
  return undefined;
};

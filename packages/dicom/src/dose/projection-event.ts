import { childOf, type ContentItem } from '../structured-report/index.ts';
import { codes } from './concept-codes.ts';
import { type DoseEvent, type DoseEventKind, type DosePulse, emptyEvent, rounded } from './dose-report.ts';
import { isMarked, momentOf, type ReportReader, sideOf, wordsOf } from './report-reader.ts';

/** One Irradiation Event X-Ray Data container (TID 10003): projection, fluoroscopy, mammography. */
export const projectionEventOf = (item: ContentItem, reader: ReportReader): DoseEvent => {
  const anatomy = childOf(item, ...codes.anatomy);
  const region = childOf(item, codes.targetRegion);
  const side = [item, anatomy, region].map((at) =>
    at === undefined ? undefined : childOf(at, ...codes.laterality)?.code,
  );
  const tube = tubeOf(item, reader);
  return {
    ...emptyEvent(),
    uid: childOf(item, codes.irradiationEventUid)?.text,
    kind: kindOf(childOf(item, codes.eventType)),
    rejected: isMarked(item, codes.rejectedAcquisition),
    repeated: isMarked(item, codes.repeatedAcquisition),
    rejectionReason: wordsOf(item, codes.rejectionReason),
    startedAt: momentOf(item, codes.dateTimeStarted),
    protocol: wordsOf(item, codes.acquisitionProtocol),
    targetRegion: wordsOf(item, codes.targetRegion) ?? anatomy?.code?.codeMeaning,
    laterality: side.map(sideOf).find((one) => one !== undefined),
    view: wordsOf(item, codes.imageView),
    plane: planeOf(item),
    doseAreaProductDgyCm2: reader.figure(item, 'dose-area-product', codes.dap),
    referencePointDoseMgy: reader.figure(item, 'dose', codes.rpDose),
    averageGlandularDoseMgy: reader.figure(item, 'dose', codes.glandularDose),
    entranceDoseMgy: reader.figure(item, 'dose', codes.entranceExposure),
    compressionThicknessMm: reader.figure(item, 'length', codes.compressionThickness),
    distanceSourceToDetectorMm: reader.figure(item, 'length', codes.sourceToDetector),
    distanceSourceToReferencePointMm: reader.figure(item, 'length', codes.sourceToReferencePoint),
    exposureIndex: reader.figure(item, 'number', codes.exposureIndex),
    targetExposureIndex: reader.figure(item, 'number', codes.targetExposureIndex),
    deviationIndex: reader.figure(item, 'number', codes.deviationIndex),
    ...tube,
  };
};

type Tube = Pick<DoseEvent, 'tubeVoltageKv' | 'tubeCurrentMa' | 'exposureMas' | 'exposureTimeMs' | 'pulses'>;

const tubeOf = (item: ContentItem, reader: ReportReader): Tube => {
  const voltages = reader.figures(item, 'voltage', codes.kvp);
  const currents = reader.figures(item, 'current', codes.tubeCurrent);
  const widths = reader.figures(item, 'time', codes.pulseWidth);
  const charges = reader.figures(item, 'charge', codes.exposure);
  const count = Math.max(voltages.length, currents.length);
  const pulses = Array.from({ length: count }, (_, at): DosePulse => ({
    tubeVoltageKv: voltages[at],
    tubeCurrentMa: currents[at],
    widthMs: widths[at],
  }));
  return {
    tubeVoltageKv: meanOf(voltages, widths),
    tubeCurrentMa: reader.figure(item, 'current', codes.meanTubeCurrent) ?? meanOf(currents, widths),
    exposureMas: charges.length === 0 ? undefined : rounded(charges.reduce((sum, charge) => sum + charge, 0)),
    exposureTimeMs:
      reader.figure(item, 'time', codes.exposureTime, codes.exposureTimeCt) ??
      reader.figure(item, 'time', codes.irradiationDuration),
    pulses: count > 1 ? pulses : undefined,
  };
};

/** The mean over pulses, weighted by their width where every pulse has one. */
const meanOf = (values: readonly number[], widths: readonly number[]): number | undefined => {
  const [first] = values;
  if (first === undefined || values.length === 1) return first;
  const isWeighted = widths.length === values.length && widths.some((width) => width > 0);
  const weights = isWeighted ? widths : values.map(() => 1);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  return rounded(values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0) / weight);
};

/** PS3.16 CID 10002; fluoroscopy is SRT P5-06000 or SNOMED CT 44491008. */
const kinds: Readonly<Record<string, DoseEventKind>> = {
  'P5-06000': 'fluoroscopy',
  '44491008': 'fluoroscopy',
  '113611': 'stationary-acquisition',
  '113612': 'stepping-acquisition',
  '113613': 'rotational-acquisition',
};

const kindOf = (type: ContentItem | undefined): DoseEventKind => kinds[type?.code?.codeValue ?? ''] ?? 'unknown';

/** PS3.16 CID 10003. */
const planes: Readonly<Record<string, DoseEvent['plane']>> = { '113620': 'A', '113621': 'B', '113622': 'single' };

const planeOf = (item: ContentItem): DoseEvent['plane'] =>
  planes[childOf(item, codes.acquisitionPlane)?.code?.codeValue ?? ''];

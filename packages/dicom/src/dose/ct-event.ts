import { childOf, childrenOf, type ContentItem } from '../structured-report/index.ts';
import { codes } from './concept-codes.ts';
import { type CtdiPhantom, type DoseEvent, type DoseEventKind, emptyEvent } from './dose-report.ts';
import { isMarked, momentOf, type ReportReader, sideOf, wordsOf } from './report-reader.ts';

/** One CT Acquisition container (TID 10013). */
export const ctEventOf = (item: ContentItem, reader: ReportReader): DoseEvent => {
  const parameters = childOf(item, codes.ctParameters);
  const dose = childOf(item, codes.ctDose);
  const region = childOf(item, codes.targetRegion);
  const sources = (parameters === undefined ? [] : childrenOf(parameters, codes.ctSource)).map((source) => ({
    tubeVoltageKv: reader.figure(source, 'voltage', codes.kvp),
    tubeCurrentMa: reader.figure(source, 'current', codes.tubeCurrent),
    widthMs: undefined,
    rotationTimeMs: reader.figure(source, 'time', codes.rotationTime),
  }));
  const [first] = sources;
  return {
    ...emptyEvent(),
    uid: childOf(item, codes.irradiationEventUid)?.text,
    kind: kindOf(childOf(item, codes.ctAcquisitionType)),
    rejected: isMarked(item, codes.rejectedAcquisition),
    repeated: isMarked(item, codes.repeatedAcquisition),
    rejectionReason: wordsOf(item, codes.rejectionReason),
    startedAt: momentOf(item, codes.dateTimeStarted),
    protocol: wordsOf(item, codes.acquisitionProtocol),
    targetRegion: wordsOf(item, codes.targetRegion),
    laterality: sideOf(region === undefined ? undefined : childOf(region, ...codes.laterality)?.code),
    ctdiVolMgy: reader.figure(dose, 'dose', codes.meanCtdiVol),
    ctdiPhantom: phantomOf(dose === undefined ? undefined : childOf(dose, codes.ctdiPhantom)),
    dlpMgyCm: reader.figure(dose, 'dose-length', codes.dlp),
    ssdeMgy: reader.figure(dose, 'dose', codes.ssde),
    waterEquivalentDiameterMm:
      reader.figure(dose, 'length', codes.waterEquivalentDiameter) ?? nestedDiameter(dose, reader),
    scanLengthMm: reader.figure(parameters, 'length', codes.scanningLength),
    pitch: reader.figure(parameters, 'number', codes.pitch),
    totalCollimationMm: reader.figure(parameters, 'length', codes.totalCollimation),
    exposureTimeMs: reader.figure(parameters, 'time', codes.exposureTimeCt, codes.exposureTime),
    tubeVoltageKv: first?.tubeVoltageKv,
    tubeCurrentMa: first?.tubeCurrentMa,
    rotationTimeMs: first?.rotationTimeMs,
    pulses:
      sources.length > 1
        ? sources.map(({ tubeVoltageKv, tubeCurrentMa, widthMs }) => ({ tubeVoltageKv, tubeCurrentMa, widthMs }))
        : undefined,
  };
};

/** TID 10013 hangs the diameter below the SSDE it was used for. */
const nestedDiameter = (dose: ContentItem | undefined, reader: ReportReader): number | undefined =>
  dose === undefined ? undefined : reader.figure(childOf(dose, codes.ssde), 'length', codes.waterEquivalentDiameter);

/** PS3.16 CID 10013; spiral is SRT P5-08001 or SNOMED CT 116152004. */
const kinds: Readonly<Record<string, DoseEventKind>> = {
  'P5-08001': 'spiral',
  '116152004': 'spiral',
  '113804': 'sequenced',
  '113805': 'constant-angle',
  '113806': 'stationary',
  '113807': 'free',
};

const kindOf = (type: ContentItem | undefined): DoseEventKind => kinds[type?.code?.codeValue ?? ''] ?? 'unknown';

/** PS3.16 CID 4052. */
const phantoms: Readonly<Record<string, CtdiPhantom>> = { '113690': 'head-16cm', '113691': 'body-32cm' };

/** The phantom of a code item. */
export const phantomOf = (item: ContentItem | undefined): CtdiPhantom | undefined =>
  phantomOfCode(item?.code?.codeValue);

/** The phantom of a code value; undefined for any other (a table top phantom has no conversion factors). */
export const phantomOfCode = (codeValue: string | undefined): CtdiPhantom | undefined => phantoms[codeValue ?? ''];

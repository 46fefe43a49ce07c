import { type DataSet, itemsOf } from './read-data-set.ts';
import { numberOf, numbersOf } from './element-values.ts';

/** Distance of pixel centres in mm, and which element says so: at the patient, or still at the detector. */
export interface PixelSpacing {
  /** Between rows, i.e. downwards. */
  rowMm: number;
  /** Between columns, i.e. to the right. */
  columnMm: number;
  source: 'PixelSpacing' | 'ImagerPixelSpacing' | 'NominalScannedPixelSpacing' | 'SequenceOfUltrasoundRegions';
}

const elements = [
  ['PixelSpacing', 0x00280030],
  ['ImagerPixelSpacing', 0x00181164],
  ['NominalScannedPixelSpacing', 0x00182010],
] as const;

/** The pixel spacing of an image; undefined when no element gives two positive numbers. Source: PS3.3 section 10.7. */
export const pixelSpacingOf = (dataSet: DataSet): PixelSpacing | undefined => {
  for (const [source, tag] of elements) {
    const [rowMm, columnMm] = numbersOf(dataSet, tag, 'DS');
    if (isPositive(rowMm) && isPositive(columnMm)) return { rowMm, columnMm, source };
  }
  return ultrasoundSpacing(dataSet);
};

const isPositive = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value) && value > 0;

const centimetres = 3;
const millimetresPerCentimetre = 10;

/** The first region calibrated in centimetres both ways (PS3.3 C.8.5.5). */
const ultrasoundSpacing = (dataSet: DataSet): PixelSpacing | undefined => {
  for (const region of itemsOf(dataSet, 0x00186011)) {
    const isInCentimetres = [0x00186024, 0x00186026].every((tag) => numberOf(region, tag, 'US') === centimetres);
    const columnCm = Math.abs(numberOf(region, 0x0018602c, 'FD') ?? 0);
    const rowCm = Math.abs(numberOf(region, 0x0018602e, 'FD') ?? 0);
    if (isInCentimetres && columnCm > 0 && rowCm > 0) {
      return {
        rowMm: rowCm * millimetresPerCentimetre,
        columnMm: columnCm * millimetresPerCentimetre,
        source: 'SequenceOfUltrasoundRegions',
      };
    }
  }
  return undefined;
};

import type { KeywordValues } from '@jiapian/dicom';
import type { Random } from '../picture/random.ts';
import { renderCtSlice, type CtPlan } from '../slices/ct-slice.ts';
import type { CtRegion } from '../slices/ct-anatomy.ts';
import { ctDefects, type CtDefect, type Defect, type DefectKind } from '../truth.ts';
import { codeItem, examHeader, type ObjectIdentity } from './exam-header.ts';
import type { ExamOrder, RenderSize } from './order.ts';
import type { Patient } from './patient.ts';

export const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';

interface Protocol {
  readonly bodyPart: string;
  readonly anatomy: readonly [code: string, meaning: string];
  readonly chinese: string;
  readonly kv: number;
  readonly ma: number;
  readonly rotationS: number;
  readonly pitch: number;
  readonly thicknessMm: number;
  readonly rangeMm: number;
  readonly fieldMm: number;
  readonly kernel: string;
  readonly window: readonly [centre: number, width: number];
  readonly ctdiVolMgy: number;
  readonly phantom: readonly [code: string, meaning: string];
  readonly noiseHu: number;
  readonly centreY: number;
}

const body32: Protocol['phantom'] = ['113691', 'IEC Body Dosimetry Phantom'];
const head16: Protocol['phantom'] = ['113690', 'IEC Head Dosimetry Phantom'];
const protocols: Readonly<Record<CtRegion, Protocol>> = {
  'CT-HEAD': {
    bodyPart: 'HEAD',
    anatomy: ['69536005', 'Head'],
    chinese: '头颅平扫',
    kv: 120,
    ma: 280,
    rotationS: 1,
    pitch: 0.6,
    thicknessMm: 5,
    rangeMm: 150,
    fieldMm: 240,
    kernel: 'H30s',
    window: [40, 90],
    ctdiVolMgy: 52,
    phantom: head16,
    noiseHu: 3.6,
    centreY: 0,
  },
  'CT-CHEST': {
    bodyPart: 'CHEST',
    anatomy: ['816094009', 'Chest'],
    chinese: '胸部平扫',
    kv: 120,
    ma: 150,
    rotationS: 0.5,
    pitch: 1.2,
    thicknessMm: 5,
    rangeMm: 300,
    fieldMm: 400,
    kernel: 'B40f',
    window: [40, 400],
    ctdiVolMgy: 8.4,
    phantom: body32,
    noiseHu: 13,
    centreY: -10,
  },
  'CT-ABDOMEN': {
    bodyPart: 'ABDOMEN',
    anatomy: ['818981001', 'Abdomen'],
    chinese: '上腹部平扫',
    kv: 120,
    ma: 220,
    rotationS: 0.5,
    pitch: 0.9,
    thicknessMm: 5,
    rangeMm: 220,
    fieldMm: 400,
    kernel: 'B30f',
    window: [40, 350],
    ctdiVolMgy: 13.5,
    phantom: body32,
    noiseHu: 11,
    centreY: -10,
  },
};

export interface CtSeries {
  readonly plan: CtPlan;
  readonly protocol: Protocol;
  readonly count: number;
  readonly defects: readonly Defect[];
  readonly mas: number;
}

export function planCtSeries(order: ExamOrder, region: CtRegion, size: RenderSize, random: Random): CtSeries {
  const protocol = protocols[region];
  const chosen = new Set<CtDefect>(ctDefects.filter((kind) => order.forcedDefects?.includes(kind) === true));
  const draw = random.fork('defects');
  if (draw.chance(order.defectRate)) chosen.add(draw.pick(ctDefects));
  const aside = chosen.has('ct-off-centre')
    ? ([draw.between(18, 30), draw.between(38, 55)] as const)
    : ([draw.gaussian() * 3, draw.gaussian() * 5] as const);
  const field = chosen.has('ct-truncated') ? protocol.fieldMm * (region === 'CT-HEAD' ? 0.66 : 0.76) : protocol.fieldMm;
  const metal = chosen.has('ct-metal-streaks') ? ([draw.between(-40, 40), draw.between(-10, 30)] as const) : null;
  const facts = (kind: DefectKind): Defect['facts'] => {
    if (kind === 'ct-off-centre') return { acrossMm: Math.round(aside[0]), downMm: Math.round(aside[1]) };
    if (kind === 'ct-truncated') return { reconstructionMm: Math.round(field) };
    return {};
  };
  return {
    protocol,
    plan: {
      region,
      matrix: size.sliceMatrix,
      reconstructionMm: Math.round(field),
      shiftMm: [aside[0], aside[1] + protocol.centreY],
      noiseHu: protocol.noiseHu,
      metalMm: metal,
      anatomySeed: order.seed,
    },
    count: size.sliceCount,
    defects: [...chosen].map((kind) => ({ kind, where: null, facts: facts(kind) })),
    mas: Math.round(protocol.ma * protocol.rotationS * 10) / 10,
  };
}

/** One object of the series: header and pixels (HU + 1024, 12 bits). */
export function ctObject(
  order: ExamOrder,
  patient: Patient,
  id: ObjectIdentity,
  series: CtSeries,
  frameOfReferenceUid: string,
  random: Random,
): KeywordValues {
  const { plan, protocol, count } = series;
  const index = id.instanceNumber - 1;
  const level = count === 1 ? 0.5 : 0.04 + (0.92 * index) / (count - 1);
  const spacing = plan.reconstructionMm / plan.matrix;
  const z = -index * (protocol.rangeMm / count);
  const hu = renderCtSlice(plan, level, random);
  const pixels = new Uint16Array(hu.length).map((_, i) => (hu[i] as number) + 1024);
  const corner = -plan.reconstructionMm / 2 + spacing / 2;
  return {
    ...examHeader(order, patient, id),
    ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    SeriesDescription: protocol.chinese,
    ProtocolName: protocol.chinese,
    BodyPartExamined: protocol.bodyPart,
    AnatomicRegionSequence: codeItem(...protocol.anatomy),
    ScanOptions: 'HELICAL MODE',
    SliceThickness: protocol.thicknessMm,
    KVP: protocol.kv,
    DataCollectionDiameter: 500,
    ReconstructionDiameter: plan.reconstructionMm,
    DistanceSourceToDetector: 950,
    DistanceSourceToPatient: 541,
    GantryDetectorTilt: 0,
    TableHeight: 150 + Math.round(plan.shiftMm[1] - protocol.centreY),
    RotationDirection: 'CW',
    ExposureTime: Math.round(protocol.rotationS * 1000),
    XRayTubeCurrent: protocol.ma,
    Exposure: Math.round(series.mas),
    FilterType: 'BODY FILTER',
    FocalSpots: 1.2,
    ConvolutionKernel: protocol.kernel,
    PatientPosition: 'HFS',
    RevolutionTime: protocol.rotationS,
    SingleCollimationWidth: 0.625,
    TotalCollimationWidth: 40,
    SpiralPitchFactor: protocol.pitch,
    ExposureModulationType: 'XYZ_EC',
    CTDIvol: protocol.ctdiVolMgy,
    CTDIPhantomTypeCodeSequence: {
      CodeValue: protocol.phantom[0],
      CodingSchemeDesignator: 'DCM',
      CodeMeaning: protocol.phantom[1],
    },
    AcquisitionNumber: 1,
    ImagePositionPatient: [corner, corner, z],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    FrameOfReferenceUID: frameOfReferenceUid,
    PositionReferenceIndicator: '',
    SliceLocation: z,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: plan.matrix,
    Columns: plan.matrix,
    PixelSpacing: [spacing, spacing],
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    WindowCenter: protocol.window[0],
    WindowWidth: protocol.window[1],
    RescaleIntercept: -1024,
    RescaleSlope: 1,
    RescaleType: 'HU',
    PixelData: pixels,
  };
}

import type { KeywordValues } from '@jiapian/dicom';
import type { Random } from '../picture/random.ts';
import { renderMrSlice, type MrPlan, type MrWeighting } from '../slices/mr-slice.ts';
import { mrDefects, type Defect, type MrDefect } from '../truth.ts';
import { codeItem, examHeader, type ObjectIdentity } from './exam-header.ts';
import type { ExamOrder, RenderSize } from './order.ts';
import type { Patient } from './patient.ts';

export const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4';

interface Sequence {
  readonly chinese: string;
  readonly sequenceName: string;
  readonly scanning: string;
  readonly variant: string;
  readonly repetitionMs: number;
  readonly echoMs: number;
  readonly inversionMs: number | null;
  readonly trainLength: number;
  readonly flipDegrees: number;
  readonly window: readonly [centre: number, width: number];
}

const sequences: Readonly<Record<MrWeighting, Sequence>> = {
  T1: {
    chinese: 'T1加权 轴位',
    sequenceName: 'se2d1',
    scanning: 'SE',
    variant: 'NONE',
    repetitionMs: 500,
    echoMs: 12,
    inversionMs: null,
    trainLength: 1,
    flipDegrees: 90,
    window: [520, 1000],
  },
  T2: {
    chinese: 'T2加权 轴位',
    sequenceName: 'tse2d1_15',
    scanning: 'SE',
    variant: 'SK',
    repetitionMs: 4200,
    echoMs: 98,
    inversionMs: null,
    trainLength: 15,
    flipDegrees: 150,
    window: [620, 1240],
  },
  FLAIR: {
    chinese: 'T2 FLAIR 轴位',
    sequenceName: 'tir2d1_16',
    scanning: 'IR',
    variant: 'SK',
    repetitionMs: 8500,
    echoMs: 94,
    inversionMs: 2400,
    trainLength: 16,
    flipDegrees: 150,
    window: [420, 840],
  },
};
const FIELD_MM = 230;
const THICKNESS_MM = 5;
const GAP_MM = 1.5;

export interface MrSeries {
  readonly plan: MrPlan;
  readonly sequence: Sequence;
  readonly count: number;
  readonly defects: readonly Defect[];
}

export function planMrSeries(order: ExamOrder, weighting: MrWeighting, size: RenderSize, random: Random): MrSeries {
  const chosen = new Set<MrDefect>(mrDefects.filter((kind) => order.forcedDefects?.includes(kind) === true));
  const draw = random.fork('defects');
  if (draw.chance(order.defectRate)) chosen.add(draw.pick(mrDefects));
  const ghost = chosen.has('mr-ghosting') ? draw.between(0.16, 0.28) : 0;
  const phaseField = chosen.has('mr-wrap') ? draw.between(0.58, 0.68) : 1;
  return {
    sequence: sequences[weighting],
    plan: {
      weighting,
      matrix: Math.max(64, size.sliceMatrix / 2),
      fieldOfViewMm: FIELD_MM,
      noise: 0.035,
      ghost,
      phaseField,
    },
    count: size.sliceCount,
    defects: [...chosen].map((kind) => ({
      kind,
      where: null,
      facts:
        kind === 'mr-ghosting'
          ? { strength: Math.round(ghost * 100) / 100 }
          : { phaseField: Math.round(phaseField * 100) / 100 },
    })),
  };
}

/** One object of the series: header and pixels. */
export function mrObject(
  order: ExamOrder,
  patient: Patient,
  id: ObjectIdentity,
  series: MrSeries,
  frameOfReferenceUid: string,
  random: Random,
): KeywordValues {
  const { plan, sequence, count } = series;
  const index = id.instanceNumber - 1;
  const level = count === 1 ? 0.5 : 0.08 + (0.84 * index) / (count - 1);
  const spacing = plan.fieldOfViewMm / plan.matrix;
  const z = -index * (THICKNESS_MM + GAP_MM);
  const corner = -plan.fieldOfViewMm / 2 + spacing / 2;
  return {
    ...examHeader(order, patient, id),
    ImageType: ['ORIGINAL', 'PRIMARY', 'OTHER'],
    SeriesDescription: sequence.chinese,
    ProtocolName: sequence.chinese,
    BodyPartExamined: 'BRAIN',
    AnatomicRegionSequence: codeItem('12738006', 'Brain'),
    ScanningSequence: sequence.scanning,
    SequenceVariant: sequence.variant,
    ScanOptions: '',
    MRAcquisitionType: '2D',
    SequenceName: sequence.sequenceName,
    SliceThickness: THICKNESS_MM,
    RepetitionTime: sequence.repetitionMs,
    EchoTime: sequence.echoMs,
    ...(sequence.inversionMs === null ? {} : { InversionTime: sequence.inversionMs }),
    NumberOfAverages: 1,
    ImagingFrequency: 63.68,
    ImagedNucleus: '1H',
    EchoNumbers: 1,
    MagneticFieldStrength: 1.5,
    SpacingBetweenSlices: THICKNESS_MM + GAP_MM,
    NumberOfPhaseEncodingSteps: plan.matrix,
    EchoTrainLength: sequence.trainLength,
    PercentSampling: 100,
    PercentPhaseFieldOfView: Math.round(plan.phaseField * 100),
    PixelBandwidth: 150,
    ReceiveCoilName: 'HEAD_16',
    AcquisitionMatrix: [0, plan.matrix, plan.matrix, 0],
    InPlanePhaseEncodingDirection: 'COL',
    FlipAngle: sequence.flipDegrees,
    SAR: 0.8,
    PatientPosition: 'HFS',
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
    WindowCenter: sequence.window[0],
    WindowWidth: sequence.window[1],
    PixelData: renderMrSlice(plan, level, random),
  };
}

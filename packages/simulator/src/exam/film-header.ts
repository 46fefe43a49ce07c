import type { KeywordValues } from '@jiapian/dicom';
import { FILM_BITS, FILM_MAXIMUM } from '../picture/expose.ts';
import { codeItem, examHeader, type ObjectIdentity } from './exam-header.ts';
import type { FilmPlan } from './film-plan.ts';
import type { ExamOrder } from './order.ts';
import type { Patient } from './patient.ts';

export const DX_FOR_PRESENTATION = '1.2.840.10008.5.1.4.1.1.1.1';

export interface Exposure {
  readonly kv: number;
  readonly mas: number;
  readonly timeMs: number;
  readonly exposureIndex: number;
  readonly targetExposureIndex: number;
  readonly deviationIndex: number;
  readonly areaDoseDgyCm2: number;
}

/** Exposure values that belong to the dose the film was made with. DI = 10·log10(EI / EIT), IEC 62494-1. */
export function exposureOf(plan: FilmPlan): Exposure {
  const { spec, dose } = plan;
  const exposureIndex = Math.max(1, Math.round(spec.targetExposureIndex * dose));
  const size = plan.person.build ** 3;
  return {
    kv: spec.kv,
    mas: rounded(spec.mas * dose * size, 2),
    timeMs: Math.max(1, Math.round(spec.timeMs * dose * size)),
    exposureIndex,
    targetExposureIndex: spec.targetExposureIndex,
    deviationIndex: rounded(10 * Math.log10(exposureIndex / spec.targetExposureIndex), 1),
    areaDoseDgyCm2: rounded(spec.areaDoseDgyCm2 * dose * size, 3),
  };
}

/** A complete Digital X-Ray Image (PS3.3 A.26) header, but for what the plan leaves out. */
export function filmHeader(order: ExamOrder, patient: Patient, id: ObjectIdentity, plan: FilmPlan): KeywordValues {
  const { spec, field, pixelMm } = plan;
  const { device } = order;
  const exposure = exposureOf(plan);
  const spacing = [pixelMm, pixelMm];
  const edge = (mm: number, size: number): number => Math.round(Math.min(size, Math.max(0, mm / pixelMm + size / 2)));
  const values: KeywordValues = {
    ...examHeader(order, patient, id),
    ImageType: ['ORIGINAL', 'PRIMARY', ''],
    PresentationIntentType: 'FOR PRESENTATION',
    SeriesDescription: spec.chinese,
    ProtocolName: spec.chinese,
    BodyPartExamined: spec.bodyPart,
    AnatomicRegionSequence: codeItem(spec.anatomy.code, spec.anatomy.meaning),
    ImageLaterality: plan.side ?? 'U',
    // LAT is no defined term (PS3.3 C.8.1.1).
    ViewPosition: spec.viewPosition === 'LAT' ? (plan.side === 'R' ? 'RL' : 'LL') : spec.viewPosition,
    ViewCodeSequence: { ...codeItem(spec.view.code, spec.view.meaning), ViewModifierCodeSequence: [] },
    PatientOrientation: spec.orientation,
    KVP: exposure.kv,
    ExposureTime: exposure.timeMs,
    XRayTubeCurrent: Math.round((exposure.mas * 1000) / exposure.timeMs),
    Exposure: Math.round(exposure.mas),
    ExposureInuAs: Math.round(exposure.mas * 1000),
    ExposureIndex: exposure.exposureIndex,
    TargetExposureIndex: exposure.targetExposureIndex,
    DeviationIndex: exposure.deviationIndex,
    ImageAndFluoroscopyAreaDoseProduct: exposure.areaDoseDgyCm2,
    DistanceSourceToDetector: spec.sidMm,
    DistanceSourceToPatient: spec.sidMm - 50,
    EstimatedRadiographicMagnificationFactor: spec.sidMm / (spec.sidMm - 50),
    Grid: spec.hasGrid ? ['FIXED', 'FOCUSED'] : 'NONE',
    ...(spec.hasGrid ? { GridFocalDistance: spec.sidMm, GridAspectRatio: [12, 1], GridPitch: 0.25 } : {}),
    ExposureControlMode: spec.aec === null || device.isMobile ? 'MANUAL' : 'AUTOMATIC',
    ...(spec.aec === null || device.isMobile ? {} : { ExposureControlModeDescription: `AEC ${spec.aec}` }),
    FocalSpots: spec.kv < 66 ? 0.6 : 1.2,
    PositionerType: device.isMobile ? 'NONE' : 'COLUMN',
    FilterMaterial: 'ALUMINUM',
    FilterThicknessMinimum: 2.5,
    FilterThicknessMaximum: 2.5,
    DetectorType: 'SCINTILLATOR',
    DetectorConfiguration: 'AREA',
    DetectorID: `${device.serialNumber}-D`,
    DetectorConditionsNominalFlag: 'YES',
    DetectorTemperature: 31,
    ImagerPixelSpacing: spacing,
    PixelSpacing: spacing,
    CollimatorShape: 'RECTANGULAR',
    CollimatorLeftVerticalEdge: edge(field.left, plan.width),
    CollimatorRightVerticalEdge: edge(field.right, plan.width),
    CollimatorUpperHorizontalEdge: edge(field.top, plan.height),
    CollimatorLowerHorizontalEdge: edge(field.bottom, plan.height),
    AcquisitionNumber: id.instanceNumber,
    SamplesPerPixel: 1,
    PhotometricInterpretation: device.isInverted ? 'MONOCHROME1' : 'MONOCHROME2',
    PresentationLUTShape: device.isInverted ? 'INVERSE' : 'IDENTITY',
    Rows: plan.height,
    Columns: plan.width,
    BitsAllocated: 16,
    BitsStored: FILM_BITS,
    HighBit: FILM_BITS - 1,
    PixelRepresentation: 0,
    BurnedInAnnotation: 'NO',
    PixelIntensityRelationship: 'LOG',
    PixelIntensityRelationshipSign: device.isInverted ? 1 : -1,
    WindowCenter: (FILM_MAXIMUM + 1) / 2,
    WindowWidth: FILM_MAXIMUM + 1,
    RescaleIntercept: 0,
    RescaleSlope: 1,
    RescaleType: 'US',
    LossyImageCompression: '00',
    AcquisitionContextSequence: [],
  };
  const emptied = Object.fromEntries(plan.omitted.map((keyword) => [keyword, '']));
  return { ...values, ...emptied };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

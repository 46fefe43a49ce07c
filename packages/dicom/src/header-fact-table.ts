import * as as from './fact-readers.ts';

/**
 * Every header fact that is one data element: name → where it stands and how it is read. Units are in the
 * names; text is decoded and trimmed, dates and times are ISO 8601. Source: PS3.6, PS3.3 modules.
 */
export const headerFactTable = {
  sopClassUid: as.uid(0x00080016, 'SOPClassUID'),
  sopInstanceUid: as.uid(0x00080018, 'SOPInstanceUID'),
  studyInstanceUid: as.uid(0x0020000d, 'StudyInstanceUID'),
  seriesInstanceUid: as.uid(0x0020000e, 'SeriesInstanceUID'),
  frameOfReferenceUid: as.uid(0x00200052, 'FrameOfReferenceUID'),
  irradiationEventUid: as.uid(0x00083010, 'IrradiationEventUID'),
  modality: as.code(0x00080060, 'Modality'),
  imageType: as.codes(0x00080008, 'ImageType'),
  conversionType: as.code(0x00080064, 'ConversionType'),
  presentationIntentType: as.code(0x00080068, 'PresentationIntentType'),

  /** The whole value, `alphabetic=ideographic=phonetic` with carets. */
  patientName: as.personName(0x00100010, 'PatientName'),
  patientId: as.text(0x00100020, 'PatientID'),
  issuerOfPatientId: as.text(0x00100021, 'IssuerOfPatientID'),
  patientBirthDate: as.date(0x00100030, 'PatientBirthDate'),
  patientSex: as.sex(0x00100040, 'PatientSex'),
  /** `045Y`, `003M`, `010D`. */
  patientAge: as.age(0x00101010, 'PatientAge'),
  patientSizeM: as.decimal(0x00101020, 'PatientSize'),
  patientWeightKg: as.decimal(0x00101030, 'PatientWeight'),
  /** The order number (检查号) the RIS gave. */
  accessionNumber: as.text(0x00080050, 'AccessionNumber'),
  studyId: as.text(0x00200010, 'StudyID'),
  referringPhysicianName: as.personName(0x00080090, 'ReferringPhysicianName'),
  /** One or more names, joined by a backslash. */
  operatorsName: as.personName(0x00081070, 'OperatorsName'),
  performingPhysicianName: as.personName(0x00081050, 'PerformingPhysicianName'),

  studyDate: as.date(0x00080020, 'StudyDate'),
  studyTime: as.time(0x00080030, 'StudyTime'),
  seriesDate: as.date(0x00080021, 'SeriesDate'),
  seriesTime: as.time(0x00080031, 'SeriesTime'),
  acquisitionDate: as.date(0x00080022, 'AcquisitionDate'),
  acquisitionTime: as.time(0x00080032, 'AcquisitionTime'),
  contentDate: as.date(0x00080023, 'ContentDate'),
  contentTime: as.time(0x00080033, 'ContentTime'),
  instanceCreationDate: as.date(0x00080012, 'InstanceCreationDate'),
  instanceCreationTime: as.time(0x00080013, 'InstanceCreationTime'),

  studyDescription: as.text(0x00081030, 'StudyDescription'),
  seriesDescription: as.text(0x0008103e, 'SeriesDescription'),
  protocolName: as.text(0x00181030, 'ProtocolName'),
  requestedProcedureDescription: as.text(0x00321060, 'RequestedProcedureDescription'),
  performedProcedureStepDescription: as.text(0x00400254, 'PerformedProcedureStepDescription'),
  performedProcedureStepId: as.text(0x00400253, 'PerformedProcedureStepID'),
  acquisitionDeviceProcessingDescription: as.text(0x00181400, 'AcquisitionDeviceProcessingDescription'),
  bodyPartExamined: as.code(0x00180015, 'BodyPartExamined'),
  anatomicRegionCodes: as.concepts(0x00082218, 'AnatomicRegionSequence'),
  viewPosition: as.code(0x00185101, 'ViewPosition'),
  viewCodes: as.concepts(0x00540220, 'ViewCodeSequence'),
  procedureCodes: as.concepts(0x00081032, 'ProcedureCodeSequence'),
  laterality: as.code(0x00200060, 'Laterality'),
  imageLaterality: as.code(0x00200062, 'ImageLaterality'),
  patientOrientation: as.codes(0x00200020, 'PatientOrientation'),
  patientPosition: as.code(0x00185100, 'PatientPosition'),
  /** `YES` marks a phantom or test exposure, never a patient's film. */
  qualityControlImage: as.code(0x00280300, 'QualityControlImage'),
  burnedInAnnotation: as.code(0x00280301, 'BurnedInAnnotation'),

  institutionName: as.text(0x00080080, 'InstitutionName'),
  institutionalDepartmentName: as.text(0x00081040, 'InstitutionalDepartmentName'),
  stationName: as.text(0x00081010, 'StationName'),
  manufacturer: as.text(0x00080070, 'Manufacturer'),
  manufacturerModelName: as.text(0x00081090, 'ManufacturerModelName'),
  deviceSerialNumber: as.text(0x00181000, 'DeviceSerialNumber'),
  softwareVersions: as.text(0x00181020, 'SoftwareVersions'),
  detectorId: as.text(0x0018700a, 'DetectorID'),
  plateId: as.text(0x00181004, 'PlateID'),

  seriesNumber: as.integer(0x00200011, 'SeriesNumber'),
  instanceNumber: as.integer(0x00200013, 'InstanceNumber'),
  acquisitionNumber: as.integer(0x00200012, 'AcquisitionNumber'),

  rows: as.unsignedShort(0x00280010, 'Rows'),
  columns: as.unsignedShort(0x00280011, 'Columns'),
  numberOfFrames: as.integer(0x00280008, 'NumberOfFrames'),
  samplesPerPixel: as.unsignedShort(0x00280002, 'SamplesPerPixel'),
  bitsAllocated: as.unsignedShort(0x00280100, 'BitsAllocated'),
  bitsStored: as.unsignedShort(0x00280101, 'BitsStored'),
  highBit: as.unsignedShort(0x00280102, 'HighBit'),
  /** 0 unsigned, 1 two's complement. */
  pixelRepresentation: as.unsignedShort(0x00280103, 'PixelRepresentation'),
  photometricInterpretation: as.code(0x00280004, 'PhotometricInterpretation'),
  presentationLutShape: as.code(0x20500020, 'PresentationLUTShape'),
  rescaleSlope: as.decimal(0x00281053, 'RescaleSlope'),
  rescaleIntercept: as.decimal(0x00281052, 'RescaleIntercept'),
  rescaleType: as.code(0x00281054, 'RescaleType'),
  lossyImageCompression: as.code(0x00282110, 'LossyImageCompression'),
  lossyImageCompressionRatios: as.decimals(0x00282112, 'LossyImageCompressionRatio'),

  sliceThicknessMm: as.decimal(0x00180050, 'SliceThickness'),
  spacingBetweenSlicesMm: as.decimal(0x00180088, 'SpacingBetweenSlices'),
  sliceLocationMm: as.decimal(0x00201041, 'SliceLocation'),
  /** x, y, z of the first voxel's centre in the patient. */
  imagePositionPatientMm: as.decimals(0x00200032, 'ImagePositionPatient'),
  /** Direction cosines of the row, then of the column. */
  imageOrientationPatient: as.decimals(0x00200037, 'ImageOrientationPatient'),

  kvp: as.decimal(0x00180060, 'KVP'),
  tubeCurrentMa: as.decimal(0x00181151, 'XRayTubeCurrent'),
  exposureTimeMs: as.decimal(0x00181150, 'ExposureTime'),
  exposureTimeUs: as.decimal(0x00188150, 'ExposureTimeInuS'),
  /** Whole milliampere-seconds as the console rounds them; `exposureUas` is finer. */
  exposureMas: as.decimal(0x00181152, 'Exposure'),
  exposureUas: as.decimal(0x00181153, 'ExposureInuAs'),
  exposureIndex: as.decimal(0x00181411, 'ExposureIndex'),
  targetExposureIndex: as.decimal(0x00181412, 'TargetExposureIndex'),
  deviationIndex: as.decimal(0x00181413, 'DeviationIndex'),
  /** The vendor's own index from before IEC 62494-1. */
  sensitivity: as.decimal(0x00186000, 'Sensitivity'),
  relativeXRayExposure: as.decimal(0x00181405, 'RelativeXRayExposure'),
  doseAreaProductDgyCm2: as.decimal(0x0018115e, 'ImageAndFluoroscopyAreaDoseProduct'),
  entranceDoseMgy: as.decimal(0x00408302, 'EntranceDoseInmGy'),
  /** Average glandular dose in mammography, in decigray as PS3.3 C.8.11.7 has it. */
  organDoseDgy: as.decimal(0x00400316, 'OrganDose'),
  distanceSourceToDetectorMm: as.decimal(0x00181110, 'DistanceSourceToDetector'),
  distanceSourceToPatientMm: as.decimal(0x00181111, 'DistanceSourceToPatient'),
  focalSpotsMm: as.decimals(0x00181190, 'FocalSpots'),
  grid: as.codes(0x00181166, 'Grid'),
  filterMaterial: as.codes(0x00187050, 'FilterMaterial'),
  exposureControlMode: as.code(0x00187060, 'ExposureControlMode'),
  anodeTargetMaterial: as.code(0x00181191, 'AnodeTargetMaterial'),
  bodyPartThicknessMm: as.decimal(0x001811a0, 'BodyPartThickness'),
  compressionForceN: as.decimal(0x001811a2, 'CompressionForce'),
  collimatorShape: as.codes(0x00181700, 'CollimatorShape'),
  collimatorLeftEdge: as.decimal(0x00181702, 'CollimatorLeftVerticalEdge'),
  collimatorRightEdge: as.decimal(0x00181704, 'CollimatorRightVerticalEdge'),
  collimatorUpperEdge: as.decimal(0x00181706, 'CollimatorUpperHorizontalEdge'),
  collimatorLowerEdge: as.decimal(0x00181708, 'CollimatorLowerHorizontalEdge'),

  ctdiVolMgy: as.double(0x00189345, 'CTDIvol'),
  convolutionKernel: as.text(0x00181210, 'ConvolutionKernel'),
  spiralPitchFactor: as.double(0x00189311, 'SpiralPitchFactor'),
  exposureModulationType: as.code(0x00189323, 'ExposureModulationType'),
  reconstructionDiameterMm: as.decimal(0x00181100, 'ReconstructionDiameter'),
  tableHeightMm: as.decimal(0x00181130, 'TableHeight'),
  contrastBolusAgent: as.text(0x00180010, 'ContrastBolusAgent'),

  magneticFieldStrengthT: as.decimal(0x00180087, 'MagneticFieldStrength'),
  repetitionTimeMs: as.decimal(0x00180080, 'RepetitionTime'),
  echoTimeMs: as.decimal(0x00180081, 'EchoTime'),
  flipAngleDegrees: as.decimal(0x00181314, 'FlipAngle'),
  sarWKg: as.decimal(0x00181316, 'SAR'),
  sequenceName: as.text(0x00180024, 'SequenceName'),
  receiveCoilName: as.text(0x00181250, 'ReceiveCoilName'),
} as const;

type Table = typeof headerFactTable;

/** The facts that are one element each; undefined when absent, empty or unreadable. */
export type ElementFacts = { -readonly [Name in keyof Table]: ReturnType<Table[Name]['read']> };

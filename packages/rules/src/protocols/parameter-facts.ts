/** What the tables read of a header; the names are those of the header facts. */
export interface ParameterFacts {
  readonly imageType?: readonly string[] | undefined;
  readonly patientAge?: string | undefined;
  readonly patientBirthDate?: string | undefined;
  readonly studyDate?: string | undefined;
  readonly patientSizeM?: number | undefined;
  readonly patientWeightKg?: number | undefined;
  readonly protocolName?: string | undefined;
  readonly seriesDescription?: string | undefined;
  readonly acquisitionDeviceProcessingDescription?: string | undefined;
  readonly pixelSpacing?: { readonly rowMm: number; readonly columnMm: number } | undefined;
  readonly rows?: number | undefined;
  readonly columns?: number | undefined;
  readonly kvp?: number | undefined;
  readonly tubeCurrentMa?: number | undefined;
  readonly exposureTimeMs?: number | undefined;
  readonly exposureMas?: number | undefined;
  readonly exposureUas?: number | undefined;
  readonly targetExposureIndex?: number | undefined;
  readonly doseAreaProductDgyCm2?: number | undefined;
  readonly distanceSourceToDetectorMm?: number | undefined;
  readonly focalSpotsMm?: readonly number[] | undefined;
  readonly grid?: readonly string[] | undefined;
  readonly gridAspectRatio?: string | undefined;
  readonly gridFocalDistanceMm?: number | undefined;
  readonly filterMaterial?: readonly string[] | undefined;
  readonly filterThicknessMaximumMm?: readonly number[] | undefined;
  readonly exposureControlMode?: string | undefined;
  readonly exposureControlModeDescription?: string | undefined;
  readonly collimatorLeftEdge?: number | undefined;
  readonly collimatorRightEdge?: number | undefined;
  readonly collimatorUpperEdge?: number | undefined;
  readonly collimatorLowerEdge?: number | undefined;
  readonly sliceThicknessMm?: number | undefined;
  readonly spacingBetweenSlicesMm?: number | undefined;
  readonly imageOrientationPatient?: readonly number[] | undefined;
  readonly ctdiVolMgy?: number | undefined;
  readonly convolutionKernel?: string | undefined;
  readonly spiralPitchFactor?: number | undefined;
  readonly exposureModulationType?: string | undefined;
  readonly reconstructionDiameterMm?: number | undefined;
  readonly totalCollimationMm?: number | undefined;
  readonly revolutionTimeS?: number | undefined;
  readonly contrastBolusAgent?: string | undefined;
  readonly contrastBolusVolumeMl?: number | undefined;
  readonly contrastFlowRateMlS?: number | undefined;
  readonly contrastIngredientMgMl?: number | undefined;
  readonly repetitionTimeMs?: number | undefined;
  readonly echoTimeMs?: number | undefined;
  readonly inversionTimeMs?: number | undefined;
  readonly flipAngleDegrees?: number | undefined;
  readonly numberOfAverages?: number | undefined;
  readonly echoTrainLength?: number | undefined;
  readonly pixelBandwidthHz?: number | undefined;
  readonly inPlanePhaseEncodingDirection?: string | undefined;
  readonly sarWKg?: number | undefined;
  readonly sequenceName?: string | undefined;
  readonly receiveCoilName?: string | undefined;
}

/** Whether a slice was acquired as such: no localizer, nothing computed of other images. */
export const isAcquired = ({ imageType = [] }: Pick<ParameterFacts, 'imageType'>): boolean =>
  !imageType.includes('LOCALIZER') && !imageType.includes('DERIVED') && !imageType.includes('SECONDARY');

/** What the exposure check reads of a header; the names are those of the header facts. */
export interface ExposureFacts {
  readonly modality?: string | undefined;
  readonly kvp?: number | undefined;
  readonly tubeCurrentMa?: number | undefined;
  readonly exposureTimeMs?: number | undefined;
  readonly exposureTimeUs?: number | undefined;
  readonly exposureMas?: number | undefined;
  readonly exposureUas?: number | undefined;
  readonly exposureIndex?: number | undefined;
  readonly targetExposureIndex?: number | undefined;
  readonly deviationIndex?: number | undefined;
  readonly doseAreaProductDgyCm2?: number | undefined;
  readonly distanceSourceToDetectorMm?: number | undefined;
  readonly qualityControlImage?: string | undefined;
}

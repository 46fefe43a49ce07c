/** What the annotation check reads of a header; the names are those of the header facts, absent values undefined. */
export interface AnnotationFacts {
  readonly modality?: string | undefined;
  readonly patientName?: string | undefined;
  readonly patientId?: string | undefined;
  readonly patientSex?: string | undefined;
  readonly patientAge?: string | undefined;
  readonly patientBirthDate?: string | undefined;
  readonly accessionNumber?: string | undefined;
  readonly studyDate?: string | undefined;
  readonly acquisitionDate?: string | undefined;
  readonly institutionName?: string | undefined;
  readonly stationName?: string | undefined;
  readonly operatorsName?: string | undefined;
  readonly bodyPartExamined?: string | undefined;
  readonly viewPosition?: string | undefined;
  readonly viewCodes?: readonly { readonly codeValue: string | undefined }[] | undefined;
  readonly laterality?: string | undefined;
  readonly imageLaterality?: string | undefined;
  readonly protocolName?: string | undefined;
  readonly studyDescription?: string | undefined;
  readonly seriesDescription?: string | undefined;
  readonly presentationIntentType?: string | undefined;
  readonly qualityControlImage?: string | undefined;
  readonly pixelSpacing?: { readonly rowMm: number; readonly columnMm: number; readonly source: string } | undefined;
  readonly windows?: readonly unknown[] | undefined;
  readonly rows?: number | undefined;
  readonly columns?: number | undefined;
}

/** What the dose rules read of a dose report; names and units are those of the report. */
export interface DoseFacts {
  readonly source: string;
  readonly eventCount: number;
  readonly totals: {
    readonly from: 'report' | 'events';
    readonly dlpMgyCm?: number | undefined;
    readonly doseAreaProductDgyCm2?: number | undefined;
    readonly averageGlandularDoseMgy?: number | undefined;
    readonly highestCtdiVolMgy?: number | undefined;
  };
  readonly events: readonly DoseEventFacts[];
}

/** One irradiation as the dose rules see it. */
export interface DoseEventFacts {
  readonly uid?: string | undefined;
  readonly kind: string;
  readonly rejected: boolean;
  readonly repeated: boolean;
  readonly rejectionReason?: string | undefined;
  readonly targetRegion?: string | undefined;
  readonly protocol?: string | undefined;
  readonly ctdiVolMgy?: number | undefined;
  readonly dlpMgyCm?: number | undefined;
  readonly scanLengthMm?: number | undefined;
  readonly doseAreaProductDgyCm2?: number | undefined;
  readonly averageGlandularDoseMgy?: number | undefined;
}

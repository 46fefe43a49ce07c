import type { Oddity } from '../fact-readers.ts';

/**
 * Where dose figures come from, most trustworthy first: a radiation dose structured report, the same template in another
 * structured report class, the header of an image, a dose screen (a picture of a table; only what its header repeats).
 */
export type DoseSource = 'rdsr' | 'enhanced-sr' | 'header' | 'dose-screen';

/** CT acquisition types (PS3.16 CID 10013) and projection event types (CID 10002). */
export type DoseEventKind =
  | 'spiral'
  | 'sequenced'
  | 'constant-angle'
  | 'stationary'
  | 'free'
  | 'fluoroscopy'
  | 'stationary-acquisition'
  | 'stepping-acquisition'
  | 'rotational-acquisition'
  | 'exposure'
  | 'unknown';

/** The scatter phantom that a CTDI was measured in: 16 cm (head) or 32 cm (body) diameter. */
export type CtdiPhantom = 'head-16cm' | 'body-32cm';

/** One irradiation. A figure that the source does not give is undefined; zero is a value. */
export interface DoseEvent {
  /** Irradiation Event UID. */
  uid: string | undefined;
  kind: DoseEventKind;
  /** The operator discarded the picture: the exposure has no film, and belongs to the reject figures. */
  rejected: boolean;
  /** Marked as the repeat of an earlier exposure. */
  repeated: boolean;
  rejectionReason: string | undefined;
  /** ISO date and time as the device had it. */
  startedAt: string | undefined;
  protocol: string | undefined;
  targetRegion: string | undefined;
  /** `L`, `R`, `B` of a paired organ. */
  laterality: string | undefined;
  view: string | undefined;
  plane: 'single' | 'A' | 'B' | undefined;

  ctdiVolMgy: number | undefined;
  ctdiPhantom: CtdiPhantom | undefined;
  dlpMgyCm: number | undefined;
  scanLengthMm: number | undefined;
  pitch: number | undefined;
  totalCollimationMm: number | undefined;
  rotationTimeMs: number | undefined;
  waterEquivalentDiameterMm: number | undefined;
  ssdeMgy: number | undefined;

  doseAreaProductDgyCm2: number | undefined;
  referencePointDoseMgy: number | undefined;
  averageGlandularDoseMgy: number | undefined;
  entranceDoseMgy: number | undefined;
  compressionThicknessMm: number | undefined;
  exposureIndex: number | undefined;
  targetExposureIndex: number | undefined;
  deviationIndex: number | undefined;
  distanceSourceToDetectorMm: number | undefined;
  distanceSourceToReferencePointMm: number | undefined;

  tubeVoltageKv: number | undefined;
  tubeCurrentMa: number | undefined;
  exposureMas: number | undefined;
  exposureTimeMs: number | undefined;
  /** Each pulse or tube as written, when the event has several; the figures above are their mean, weighted by pulse width. */
  pulses: DosePulse[] | undefined;
}

/** One pulse, or one tube, of an irradiation. */
export interface DosePulse {
  tubeVoltageKv: number | undefined;
  tubeCurrentMa: number | undefined;
  widthMs: number | undefined;
}

/** The sums that the device states; where it states none, `from` says that they were added up here. */
export interface DoseTotals {
  from: 'report' | 'events';
  dlpMgyCm: number | undefined;
  doseAreaProductDgyCm2: number | undefined;
  referencePointDoseMgy: number | undefined;
  /** Both breasts added; the two sides follow. */
  averageGlandularDoseMgy: number | undefined;
  averageGlandularDoseLeftMgy: number | undefined;
  averageGlandularDoseRightMgy: number | undefined;
  fluoroscopyDoseAreaProductDgyCm2: number | undefined;
  fluoroscopyReferencePointDoseMgy: number | undefined;
  fluoroscopyTimeMs: number | undefined;
  acquisitionDoseAreaProductDgyCm2: number | undefined;
  acquisitionReferencePointDoseMgy: number | undefined;
  acquisitionTimeMs: number | undefined;
  frames: number | undefined;
  /** Highest of the events, not a sum: CTDIvol cannot be added. */
  highestCtdiVolMgy: number | undefined;
}

/** Every dose figure of one object, in the units that the names say. */
export interface DoseReport {
  source: DoseSource;
  /** As the report states it, else counted. */
  eventCount: number;
  totals: DoseTotals;
  events: DoseEvent[];
  /** What could not be taken as it stands: an unknown unit, a tree cut short. */
  oddities: Oddity[];
}

/** An event about which nothing is known yet. */
export const emptyEvent = (): DoseEvent => ({
  uid: undefined,
  kind: 'unknown',
  rejected: false,
  repeated: false,
  rejectionReason: undefined,
  startedAt: undefined,
  protocol: undefined,
  targetRegion: undefined,
  laterality: undefined,
  view: undefined,
  plane: undefined,
  ctdiVolMgy: undefined,
  ctdiPhantom: undefined,
  dlpMgyCm: undefined,
  scanLengthMm: undefined,
  pitch: undefined,
  totalCollimationMm: undefined,
  rotationTimeMs: undefined,
  waterEquivalentDiameterMm: undefined,
  ssdeMgy: undefined,
  doseAreaProductDgyCm2: undefined,
  referencePointDoseMgy: undefined,
  averageGlandularDoseMgy: undefined,
  entranceDoseMgy: undefined,
  compressionThicknessMm: undefined,
  exposureIndex: undefined,
  targetExposureIndex: undefined,
  deviationIndex: undefined,
  distanceSourceToDetectorMm: undefined,
  distanceSourceToReferencePointMm: undefined,
  tubeVoltageKv: undefined,
  tubeCurrentMa: undefined,
  exposureMas: undefined,
  exposureTimeMs: undefined,
  pulses: undefined,
});

/** Totals of events, for a source that states none. */
export const totalsOfEvents = (events: readonly DoseEvent[]): DoseTotals => {
  const sum = (figure: (event: DoseEvent) => number | undefined, of = events): number | undefined => {
    const values = of.map(figure).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : rounded(values.reduce((total, value) => total + value, 0));
  };
  const breast = (side: string) =>
    sum(
      (event) => event.averageGlandularDoseMgy,
      events.filter(({ laterality }) => laterality === side),
    );
  const fluoroscopy = events.filter(({ kind }) => kind === 'fluoroscopy');
  return {
    from: 'events',
    dlpMgyCm: sum((event) => event.dlpMgyCm),
    doseAreaProductDgyCm2: sum((event) => event.doseAreaProductDgyCm2),
    referencePointDoseMgy: sum((event) => event.referencePointDoseMgy),
    averageGlandularDoseMgy: sum((event) => event.averageGlandularDoseMgy),
    averageGlandularDoseLeftMgy: breast('L'),
    averageGlandularDoseRightMgy: breast('R'),
    fluoroscopyDoseAreaProductDgyCm2: sum((event) => event.doseAreaProductDgyCm2, fluoroscopy),
    fluoroscopyReferencePointDoseMgy: sum((event) => event.referencePointDoseMgy, fluoroscopy),
    fluoroscopyTimeMs: sum((event) => event.exposureTimeMs, fluoroscopy),
    acquisitionDoseAreaProductDgyCm2: undefined,
    acquisitionReferencePointDoseMgy: undefined,
    acquisitionTimeMs: undefined,
    frames: undefined,
    highestCtdiVolMgy: highestOf(events),
  };
};

/** The highest CTDIvol of the events; undefined when none states one. */
export const highestOf = (events: readonly DoseEvent[]): number | undefined => {
  const values = events.map(({ ctdiVolMgy }) => ctdiVolMgy).filter((value) => value !== undefined);
  return values.length === 0 ? undefined : Math.max(...values);
};

/** Digits that survive a change of unit: more would only show the binary fraction (0.23900000000000002). */
const significantDigits = 12;

/** A figure after arithmetic, without the noise of the binary fraction. */
export const rounded = (value: number): number => Number(value.toPrecision(significantDigits));

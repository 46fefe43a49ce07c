/** What a sample may be cut by. */
export const stratumKeys = ['technologist', 'device', 'position', 'shift'] as const;
/** One way to cut. */
export type StratumKey = (typeof stratumKeys)[number];

/** What is reviewed (抽样方案), as data of the hospital. */
export interface SamplingPlan {
  /** Every film, as the paper asks, or a sample, for a department that cannot. */
  readonly scope: 'all' | 'sample';
  /** Share of each stratum, 0 … 1, rounded up. */
  readonly share: number;
  /** Films of each stratum at least; a smaller stratum is read completely. */
  readonly atLeast: number;
  readonly stratifyBy: readonly StratumKey[];
  readonly everyEmergency: boolean;
  readonly everyWithFinding: boolean;
  /** One film of each device and position that nobody has reviewed for so many days; null: no such rule. */
  readonly notReviewedForDays: number | null;
}

/** A film that may be drawn, with what the plan asks of it. */
export interface Candidate {
  readonly filmId: string;
  readonly technologist: string | null;
  readonly device: string | null;
  readonly position: string | null;
  readonly shift: Shift;
  readonly isEmergency: boolean;
  readonly hasFinding: boolean;
  /** Days since a film of this device and position was last reviewed; null: never. */
  readonly daysUnreviewed: number | null;
}

/** Shifts by the hospital's clock; the borders are the first hour of each. [PD] */
export type Shift = 'day' | 'evening' | 'night';
const dayShiftFromHour = 8; // hour of the day [PD]
const eveningShiftFromHour = 17; // hour of the day [PD]
const nightShiftFromHour = 22; // hour of the day [PD]

/** The shift of an hour (0 … 23) of the hospital's day; each border belongs to the shift that begins. */
export const shiftOf = (hour: number): Shift => {
  if (hour >= dayShiftFromHour && hour < eveningShiftFromHour) return 'day';
  return hour >= eveningShiftFromHour && hour < nightShiftFromHour ? 'evening' : 'night';
};

/** The stratum of a film under a plan, as one word; an unknown value is a stratum of its own, written `?`. */
export const stratumOf = ({ stratifyBy }: Pick<SamplingPlan, 'stratifyBy'>, candidate: Candidate): string =>
  stratifyBy.length === 0 ? '*' : stratifyBy.map((key) => candidate[key] ?? '?').join('|');

/** The paper's way (S00): every film. The rest waits until a hospital turns to sampling. [PD] */
export const everyFilm: SamplingPlan = {
  scope: 'all',
  share: 0.2,
  atLeast: 5,
  stratifyBy: ['technologist', 'device'],
  everyEmergency: true,
  everyWithFinding: true,
  notReviewedForDays: 30,
};

import { two } from './patient.ts';

/** A moment of the department's own day; no time zone, as modalities write it. */
export interface Moment {
  /** yyyymmdd */
  readonly date: string;
  readonly secondOfDay: number;
}

export const timeText = (secondOfDay: number): string => {
  const s = Math.floor(secondOfDay) % 86_400;
  return `${two(Math.floor(s / 3600))}${two(Math.floor(s / 60) % 60)}${two(s % 60)}`;
};

export const later = (moment: Moment, seconds: number): Moment => ({
  date: moment.date,
  secondOfDay: Math.min(86_399, moment.secondOfDay + seconds),
});

/** Full years between two yyyymmdd dates, as an AS value. */
export function ageText(birthDate: string, date: string): string {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (date.slice(4) < birthDate.slice(4) ? 1 : 0);
  return `${String(Math.max(0, years)).padStart(3, '0')}Y`;
}

import { DAY_MS } from '@jiapian/kernel';
import type { AnnotationFacts } from './annotation-facts.ts';
import type { HeaderCheck } from './header-check.ts';

const daysPerUnit: Readonly<Record<string, number>> = { D: 1, W: 7, M: 30.4375, Y: 365.25 };
/** An age counts whole units: it may lag the birthday by one, and one more when the clock was not set [PD]. */
const tolerance = 1;
/** Nobody in the files is older [PD]. */
const oldestYears = 125;

/** Does the written age agree with the birth date on the day of the exposure? */
export const checkAge = (facts: AnnotationFacts): HeaderCheck[] => {
  const day = facts.acquisitionDate ?? facts.studyDate;
  const { patientAge, patientBirthDate } = facts;
  if (day === undefined || patientBirthDate === undefined) return [];
  const days = (Date.parse(day) - Date.parse(patientBirthDate)) / DAY_MS;
  if (days < 0 || days > oldestYears * daysPerUnit['Y']!)
    return [{ check: 'birth-date-impossible', keyword: 'PatientBirthDate' }];
  const [, count, unit = ''] = /^(\d{3})([DWMY])$/.exec(patientAge ?? '') ?? [];
  if (count === undefined) return [];
  const byBirthDate = Math.floor(days / daysPerUnit[unit]!);
  if (Math.abs(byBirthDate - Number(count)) <= tolerance) return [];
  const expected = `${String(byBirthDate).padStart(3, '0')}${unit}`;
  return [{ check: 'age-disagrees', keyword: 'PatientAge', value: patientAge!, expected }];
};

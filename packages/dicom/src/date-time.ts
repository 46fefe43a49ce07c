/** `20260314` or the older `2026.03.14` as `2026-03-14`; undefined for anything that is no calendar day. */
export const isoDate = (text: string): string | undefined => {
  const match = /^(\d{4})[.\-/]?(\d{2})[.\-/]?(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day] = match as unknown as [string, string, string, string];
  return isCalendarDay(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : undefined;
};

/** `142530.5`, `1425`, `14` or the older `14:25:30` as `14:25:30.5`, `14:25:00`; undefined for anything else. */
export const isoTime = (text: string): string | undefined => {
  const match = /^(\d{2})(?::?(\d{2})(?::?(\d{2})(\.\d{1,6})?)?)?$/.exec(text);
  if (match === null) return undefined;
  const [, hour = '', minute = '00', second = '00', fraction = ''] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  // A leap second has no place in most calendars downstream (PS3.5 table 6.2-1 allows 60).
  return `${hour}:${minute}:${second === '60' ? '59' : second}${fraction}`;
};

/** A DT value `YYYYMMDDHHMMSS.FFFFFF&ZZXX`, cut into ISO date, time and offset `+08:00`. */
export const isoDateTime = (
  text: string,
): { date: string; time: string | undefined; offset: string | undefined } | undefined => {
  const match = /^(\d{8})(\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?([+-]\d{4})?$/.exec(text);
  const date = match === null ? undefined : isoDate(match[1]!);
  if (match === null || date === undefined) return undefined;
  const time = match[2] === undefined ? undefined : isoTime(match[2]);
  return { date, time, offset: match[3] === undefined ? undefined : isoOffset(match[3]) };
};

/** `+0800` as `+08:00`; undefined for anything else. */
export const isoOffset = (text: string): string | undefined => {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(text);
  if (match === null || Number(match[2]) > 14 || Number(match[3]) > 59) return undefined;
  return `${match[1]}${match[2]}:${match[3]}`;
};

const isCalendarDay = (year: number, month: number, day: number): boolean => {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= days[month - 1]!;
};

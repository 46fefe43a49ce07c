import { DAY_MS } from '@jiapian/kernel';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';

const fallbackZone = 'Asia/Shanghai';

/** Moments and days as the hospital's clock shows them, in the language of the page. */
export interface HospitalTime {
  /** `10:33` */
  minute: (moment: string | Date) => string;
  /** `10:33:04` */
  second: (moment: string | Date) => string;
  /** `11-24` or `24 Nov` */
  day: (moment: string | Date) => string;
  /** `2026-11-24 10:33` or `24 Nov 2026, 10:33` */
  full: (moment: string | Date) => string;
  /** `10:33` today, `11-24 10:33` on another day */
  brief: (moment: string | Date) => string;
  /** `YYYY-MM-DD` of the hospital's day, so many days ago. */
  dayBefore: (days: number) => string;
}

export const hospitalTime = (language: string, timeZone: string): HospitalTime => {
  const zone = timeZone || fallbackZone;
  const isEnglish = language === 'en';
  // Swedish writes ISO 8601; Chinese pages show dates that way.
  const locale = isEnglish ? 'en-GB' : 'sv-SE';
  const format = (options: Intl.DateTimeFormatOptions, where = locale) => {
    const formatter = new Intl.DateTimeFormat(where, { timeZone: zone, ...options });
    return (moment: string | Date): string => formatter.format(new Date(moment));
  };
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const month = isEnglish ? 'short' : '2-digit';
  const minute = format(clock);
  const isoDay = format({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv-SE');
  const day = isEnglish
    ? format({ month, day: 'numeric' })
    : (moment: string | Date): string => isoDay(moment).slice('YYYY-'.length);
  return {
    minute,
    second: format({ ...clock, second: '2-digit' }),
    day,
    full: format({ year: 'numeric', month, day: isEnglish ? 'numeric' : '2-digit', ...clock }),
    brief: (moment) => (isoDay(moment) === isoDay(new Date()) ? minute(moment) : `${day(moment)} ${minute(moment)}`),
    dayBefore: (days) => isoDay(new Date(Date.now() - days * DAY_MS)),
  };
};

export const useHospitalTime = (): HospitalTime => {
  const { i18n } = useTranslation();
  const zone = useSession()?.hospital.timeZone ?? fallbackZone;
  return useMemo(() => hospitalTime(i18n.language, zone), [i18n.language, zone]);
};

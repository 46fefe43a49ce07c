/** Where a hospital's clock stands until somebody says otherwise. */
const defaultZone = 'Asia/Shanghai';

/** `YYYY-MM-DD` of the hospital's day; the day of the machine or of UTC is another one for a third of every day. */
export const hospitalDay = (moment = new Date(), timeZone = defaultZone): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);

/** The same as DICOM writes it, `YYYYMMDD` (PS3.5 §6.2, DA). */
export const hospitalDicomDay = (moment = new Date(), timeZone = defaultZone): string =>
  hospitalDay(moment, timeZone).replaceAll('-', '');

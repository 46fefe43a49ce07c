/** Weeks that are looked back, and in how many of them the device must have sent, to call its silence unusual. [PD] */
export const silenceWeeks = 4;
/** In so many of the weeks looked at it must have sent. [PD] */
export const silenceWeeksMin = 3;
/** So long nothing came, at an hour at which something usually comes, in minutes. [PD] */
export const silenceMinutes = 60;

/**
 * Whether a device is silent although it usually sends at this time of this day of the week: in at least three of the
 * last four weeks it did, and now nothing has come for an hour. `weeksWithExams` counts those weeks.
 */
export const isSilent = (device: { readonly weeksWithExams: number; readonly examsLately: number }): boolean =>
  device.examsLately === 0 && device.weeksWithExams >= silenceWeeksMin;

const SECONDS_IN_MINUTE = 60;

/** Minutes for the films that wait, at the reader's own pace; null while the pace is not known. */
export const minutesLeft = (secondsPerFilm: number | null | undefined, waiting: number | undefined): number | null =>
  secondsPerFilm && waiting !== undefined
    ? Math.max(1, Math.round((secondsPerFilm * waiting) / SECONDS_IN_MINUTE))
    : null;

import type { ReadingDraft } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';

interface RecentReading {
  readonly filmId: string;
  readonly title: string;
  readonly grade: Grade;
  /** The sheet as it was saved; an undone reading comes back with it. */
  readonly content: ReadingDraft;
}
const RECENT_MAX = 20;

/** What this reader saved since the page was loaded, oldest first; the rail shows the last few. */
let recent: readonly RecentReading[] = [];
export const recentReadings = (): readonly RecentReading[] => recent;
export const rememberReading = (reading: RecentReading): void => {
  recent = [...recent.filter((each) => each.filmId !== reading.filmId), reading].slice(-RECENT_MAX);
};
export const forgetReading = (filmId: string): void => {
  recent = recent.filter((each) => each.filmId !== filmId);
};

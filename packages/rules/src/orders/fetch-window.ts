/** A day has so many hours; a window that ends here ends at midnight. */
const hoursPerDay = 24;

/**
 * May the archive be asked at this hour of the day? The first hour is inside, the last one outside; a window that ends
 * before it begins goes over midnight; from 0 to 24 is always. Hours 0 to 24 in the zone of the hospital.
 */
export const isFetchHour = (hour: number, { fromHour, toHour }: { fromHour: number; toHour: number }): boolean => {
  const end = toHour % hoursPerDay;
  if (fromHour === end) return true;
  return fromHour < end ? hour >= fromHour && hour < end : hour >= fromHour || hour < end;
};

/** How many exams may still be fetched now, when so many were within the last hour. Never below 0. */
export const fetchRoom = (examsPerHour: number, fetchedInLastHour: number): number =>
  Math.max(0, examsPerHour - fetchedInLastHour);

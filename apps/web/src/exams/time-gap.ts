/** The largest unit a gap is told in, and how many of it. */
export interface TimeGap {
  readonly unit: 'second' | 'minute' | 'hour' | 'day';
  readonly count: number;
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** How long between two events: `51` minutes, `4` seconds. Rounded down; null when the clocks run backwards. */
export const timeGap = (from: string, to: string): TimeGap | null => {
  const seconds = Math.floor((Date.parse(to) - Date.parse(from)) / 1000);
  if (seconds < 0 || Number.isNaN(seconds)) return null;
  for (const [unit, size] of units) if (seconds >= size) return { unit, count: Math.floor(seconds / size) };
  return { unit: 'second', count: seconds };
};

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const STEP = 1000;

/** A size of a file as people read it: `12.1 MB`; decimal units, one digit after the point from KB on. */
export const byteSize = (bytes: number, language: string): string => {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < units.length - 1) {
    value /= STEP;
    unit += 1;
  }
  const digits = new Intl.NumberFormat(language, { maximumFractionDigits: unit === 0 ? 0 : 1 }).format(value);
  return `${digits} ${units[unit]}`;
};

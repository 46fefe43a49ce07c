const KEY = 'jiapian.review.notes';
const keptNotes = 5;

/** The reader's own last notes in this browser, the newest first. */
export const recentNotes = (): readonly string[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((note) => typeof note === 'string') : [];
  } catch {
    return [];
  }
};

export const rememberNote = (note: string): void => {
  const words = note.trim();
  if (words === '') return;
  const kept = [words, ...recentNotes().filter((other) => other !== words)].slice(0, keptNotes);
  localStorage.setItem(KEY, JSON.stringify(kept));
};

/** The films that were said to come next, so that a reader who is faster than the answer still has them. */
let known: readonly string[] = [];

export const rememberAhead = (filmIds: readonly string[]): void => {
  known = filmIds;
};

/** What is left of them once this film is open; none when it was not among them. */
export const aheadOf = (filmId: string): readonly string[] => {
  const place = known.indexOf(filmId);
  return place < 0 ? [] : known.slice(place + 1);
};

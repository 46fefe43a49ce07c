/** Longer than any value of its kind may be (PS3.5 table 6.2-1: LO 64, PN 3 × 64 characters); an index entry holds no more. */
const maxValueLength = 200;

/** Text as the register holds it: neither NUL nor half a surrogate pair can be stored. */
export const plainText = (text: string | undefined): string =>
  (text ?? '').replaceAll('\0', '').toWellFormed().slice(0, maxValueLength).toWellFormed();

/** 甲 乙 丙 废 — the grade of a film, strictest last. */
export const grades = ['A', 'B', 'C', 'reject'] as const;
export type Grade = (typeof grades)[number];

/** The stricter of two grades. */
export const stricterGrade = (one: Grade, other: Grade): Grade =>
  grades.indexOf(one) >= grades.indexOf(other) ? one : other;

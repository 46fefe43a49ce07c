export * from './local-text.ts';
export * from './grading/standard.ts';
export * from './grading/reject-reasons.ts';
export * from './grading/default-standard.ts';
export * from './grading/grade-film.ts';
export * from './grading/check-reading.ts';

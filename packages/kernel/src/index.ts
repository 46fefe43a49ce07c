export * from './clock.ts';
export * from './errors.ts';
export * from './grade.ts';
export * from './result.ts';
export * from './transition.ts';

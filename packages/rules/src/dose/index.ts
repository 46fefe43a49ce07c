export { checkDose } from './check-dose.ts';
export { compareWithReference, type Irradiated } from './compare-with-reference.ts';
export type { DoseEventFacts, DoseFacts } from './dose-facts.ts';
export * from './reference-levels.ts';
export * from './size-specific-dose.ts';

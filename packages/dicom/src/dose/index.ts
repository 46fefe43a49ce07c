export * from './dose-report.ts';
export { inOurUnit, type Quantity } from './dose-units.ts';
export { radiationDoseSrClass, readDoseReport } from './read-dose-report.ts';
export { isDoseScreen } from './dose-screen.ts';
export { readHeaderDose } from './header-dose.ts';
export { readDose } from './read-dose.ts';

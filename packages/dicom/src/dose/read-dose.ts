import type { HeaderFacts } from '../header-facts.ts';
import type { DataSet } from '../read-data-set.ts';
import type { DoseReport } from './dose-report.ts';
import { readHeaderDose } from './header-dose.ts';
import { readDoseReport } from './read-dose-report.ts';

/** The dose of any object: by its report when it is one, else by its header; undefined when it tells none. */
export const readDose = (dataSet: DataSet, facts: HeaderFacts): DoseReport | undefined =>
  facts.kind === 'structured-report' ? readDoseReport(dataSet, facts.sopClassUid) : readHeaderDose(dataSet, facts);

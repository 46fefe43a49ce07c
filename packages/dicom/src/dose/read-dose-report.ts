import type { DataSet } from '../read-data-set.ts';
import { childOf, type ContentItem, descendantsOf, readContentTree } from '../structured-report/index.ts';
import { codes } from './concept-codes.ts';
import { ctEventOf } from './ct-event.ts';
import {
  type DoseEvent,
  type DoseReport,
  type DoseSource,
  type DoseTotals,
  highestOf,
  rounded,
  totalsOfEvents,
} from './dose-report.ts';
import { projectionEventOf } from './projection-event.ts';
import { createReportReader, type ReportReader, sideOf } from './report-reader.ts';
import type { Quantity } from './dose-units.ts';

/** SOP class of the X-Ray Radiation Dose SR. */
export const radiationDoseSrClass = '1.2.840.10008.5.1.4.1.1.88.67';

/**
 * The dose of a structured report by TID 10001 (projection, fluoroscopy, mammography) and TID 10011 (CT), in its own SOP
 * class or in an enhanced SR of the same template; undefined when the report is about something else. Totals are those the
 * device states, summed over planes; a figure in an unknown unit is left out and named.
 */
export const readDoseReport = (dataSet: DataSet, sopClassUid: string): DoseReport | undefined => {
  const { root, problem, oddities } = readContentTree(dataSet);
  const isDoseReport = root.concept?.codeValue === codes.doseReport || sopClassUid === radiationDoseSrClass;
  if (!isDoseReport) return undefined;
  if (problem !== undefined) oddities.push({ keyword: 'ContentSequence', reason: problem });
  const reader = createReportReader(oddities);
  const events = [
    ...descendantsOf(root, codes.ctAcquisition).map((item) => ctEventOf(item, reader)),
    ...descendantsOf(root, codes.event).map((item) => projectionEventOf(item, reader)),
  ];
  const source: DoseSource = sopClassUid === radiationDoseSrClass ? 'rdsr' : 'enhanced-sr';
  const accumulated = descendantsOf(root, codes.ctAccumulated, codes.accumulated);
  const stated = accumulated
    .map((item) => reader.figure(item, 'number', codes.ctEvents))
    .filter((count) => count !== undefined);
  noteCount(stated, events, oddities);
  return { source, eventCount: events.length, totals: totalsOf(accumulated, events, reader), events, oddities };
};

const noteCount = (stated: readonly number[], events: readonly DoseEvent[], oddities: DoseReport['oddities']): void => {
  const [count] = stated;
  if (count !== undefined && count !== events.length)
    oddities.push({
      keyword: 'TotalNumberOfIrradiationEvents',
      reason: `says ${count}, the report holds ${events.length}`,
    });
};

const totalsOf = (
  accumulated: readonly ContentItem[],
  events: readonly DoseEvent[],
  reader: ReportReader,
): DoseTotals => {
  if (accumulated.length === 0) return totalsOfEvents(events);
  const sum = (quantity: Quantity, ...codeValues: readonly string[]): number | undefined => {
    const values = accumulated.flatMap((item) => reader.figures(item, quantity, ...codeValues));
    return values.length === 0 ? undefined : rounded(values.reduce((total, value) => total + value, 0));
  };
  const breasts = accumulated.flatMap((item) => breastDoses(item, reader));
  const breast = (side: string) => breasts.find((one) => one.side === side)?.dose;
  return {
    from: 'report',
    dlpMgyCm: sum('dose-length', codes.ctDlpTotal),
    doseAreaProductDgyCm2: sum('dose-area-product', codes.dapTotal),
    referencePointDoseMgy: sum('dose', codes.rpDoseTotal),
    averageGlandularDoseMgy: sum('dose', codes.glandularDoseTotal),
    averageGlandularDoseLeftMgy: breast('L'),
    averageGlandularDoseRightMgy: breast('R'),
    fluoroscopyDoseAreaProductDgyCm2: sum('dose-area-product', codes.fluoroDapTotal),
    fluoroscopyReferencePointDoseMgy: sum('dose', codes.fluoroRpDoseTotal),
    fluoroscopyTimeMs: sum('time', codes.fluoroTimeTotal),
    acquisitionDoseAreaProductDgyCm2: sum('dose-area-product', codes.acquisitionDapTotal),
    acquisitionReferencePointDoseMgy: sum('dose', codes.acquisitionRpDoseTotal),
    acquisitionTimeMs: sum('time', codes.acquisitionTimeTotal),
    frames: sum('number', codes.frames),
    highestCtdiVolMgy: highestOf(events),
  };
};

const breastDoses = (item: ContentItem, reader: ReportReader) =>
  item.children
    .filter((child) => child.concept?.codeValue === codes.glandularDoseTotal)
    .map((child) => ({
      side: sideOf(childOf(child, ...codes.laterality)?.code),
      dose: reader.figure({ ...item, children: [child] }, 'dose', codes.glandularDoseTotal),
    }));

import { sizeSpecificDoseOf, defaultFindingRules, findingsOf, type Finding, type Measured } from '@jiapian/rules';
import type { DoseReport, HeaderFacts } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import { inspectHead } from './inspect-head.ts';
import { measureKindOf } from './measure-kind.ts';
import type { MeasurePool, MeasurePriority } from './measure-pool.ts';
import { readObjectHead, unknownUid } from './read-head.ts';

/** Everything that is known of one object without a database. */
export interface Inspected extends Measured {
  facts: Partial<HeaderFacts>;
  findings: Finding[];
  dose: DoseReport | null;
}

/**
 * Reads the header of a file, measures its pixels in a thread of the pool (unless there is none), and makes hints of both.
 * Throws what makes the file unreadable; pixels that cannot be measured are a named reason.
 */
export const inspectObject = async (
  path: string,
  measuring: { pool: MeasurePool; priority: MeasurePriority } | null,
): Promise<Inspected> => {
  const head = readObjectHead(path);
  const { facts, source } = head;
  const { checks, dose, ...exposure } = inspectHead(head);
  const kind = measureKindOf(facts);
  const pixels: Measured =
    'reason' in kind
      ? withoutPixels(facts, kind.reason)
      : measuring === null
        ? withoutPixels(facts, 'not-asked')
        : await measured(measuring, { kind: kind.kind, sources: [source] });
  const measurements = [...exposure.measurements, ...pixels.measurements];
  const notMeasured = [...exposure.notMeasured, ...pixels.notMeasured];
  const findings = findingsOf({ modality: facts.modality ?? '', measurements, checks }, defaultFindingRules);
  return {
    facts: knownOnly(facts),
    measurements,
    notMeasured,
    findings,
    dose: dose === null ? null : withSize(dose, measurements),
  };
};

/** An identifier that the file lacks is absent from the facts and named among the oddities. */
const knownOnly = (facts: HeaderFacts): Partial<HeaderFacts> => {
  const missing = (['studyInstanceUid', 'seriesInstanceUid'] as const).filter((name) => facts[name] === unknownUid);
  const oddities = missing.map((name) => ({ keyword: keywords[name], reason: 'is missing or empty' }));
  const known: Partial<HeaderFacts> = { ...facts, oddities: [...facts.oddities, ...oddities] };
  for (const name of missing) delete known[name];
  return known;
};

const keywords = { studyInstanceUid: 'StudyInstanceUID', seriesInstanceUid: 'SeriesInstanceUID' } as const;

const withoutPixels = ({ kind }: HeaderFacts, reason: string): Measured => ({
  measurements: [],
  notMeasured: kind === 'image' ? [{ metric: 'pixels', reason }] : [],
});

const measured = async (
  { pool, priority }: { pool: MeasurePool; priority: MeasurePriority },
  task: Parameters<MeasurePool['run']>[0],
): Promise<Measured> => {
  try {
    return await pool.run(task, priority);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = typeof error.facts['reason'] === 'string' ? error.facts['reason'] : error.code;
    return { measurements: [], notMeasured: [{ metric: 'pixels', reason }] };
  }
};

/** A CT image's own size makes its header dose size-specific. */
const withSize = (dose: DoseReport, measurements: Measured['measurements']): DoseReport => {
  const diameter = measurements.find(({ metric }) => metric === 'water-equivalent-diameter')?.value;
  const events = dose.events.map((event) => {
    const diameterMm = event.waterEquivalentDiameterMm ?? (dose.source === 'header' ? diameter : undefined);
    const size = sizeSpecificDoseOf({ ctdiVolMgy: event.ctdiVolMgy, diameterMm, phantom: event.ctdiPhantom });
    const ssdeMgy = event.ssdeMgy ?? ('ssdeMgy' in size ? size.ssdeMgy : undefined);
    return { ...event, waterEquivalentDiameterMm: diameterMm, ssdeMgy };
  });
  return { ...dose, events };
};

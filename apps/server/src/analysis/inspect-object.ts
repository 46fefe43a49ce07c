import type { DoseReport, HeaderFacts } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import { checkMarker, defaultFindingRules, type Finding, findingsOf, type Measured } from '@jiapian/rules';
import type { FrameSource } from './frame-source.ts';
import { inspectHead } from './inspect-head.ts';
import { measureKindOf } from './measure-kind.ts';
import type { MeasurePool } from './measure-pool.ts';
import { readObjectHead, unknownUid } from './read-head.ts';
import { withSize } from './size-dose.ts';

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
export const inspectObject = async (path: string, pool: MeasurePool | null): Promise<Inspected> => {
  const head = readObjectHead(path);
  const { facts, source } = head;
  const { checks, dose, ...exposure } = inspectHead(head);
  const kind = measureKindOf(facts);
  const pixels = 'reason' in kind ? withoutPixels(facts, kind.reason) : await measured(pool, facts, source);
  const measurements = [...exposure.measurements, ...pixels.measurements];
  const notMeasured = [...exposure.notMeasured, ...pixels.notMeasured];
  const all = [...checks, ...checkMarker(facts, measurements)];
  const findings = findingsOf({ modality: facts.modality ?? '', measurements, checks: all }, defaultFindingRules);
  const sized = dose === null ? null : withSize(dose, measurements);
  return { facts: knownOnly(facts), measurements, notMeasured, findings, dose: sized };
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

const measured = async (pool: MeasurePool | null, facts: HeaderFacts, source: FrameSource): Promise<Measured> => {
  if (pool === null) return withoutPixels(facts, 'not-asked');
  try {
    return await pool.run({ scope: 'pixels', sources: [source] }, 'review');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = typeof error.facts['reason'] === 'string' ? error.facts['reason'] : error.code;
    return withoutPixels(facts, reason);
  }
};

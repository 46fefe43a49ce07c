import { parameterColumns } from './columns.ts';
import { judgeCell, type ColumnVerdict } from './judge-cell.ts';
import type { NotJudgedReason } from './not-judged.ts';
import type { ParameterFacts } from './parameter-facts.ts';
import type { ParameterRow, ParameterTable } from './parameter-table.ts';
import { patientSizeOf, type PatientSize } from './patient-class.ts';
import { scanPhaseOf, type ScanPhase } from './scan-phase.ts';

/** Version of the way films are judged; rises when the rule changes, so that two verdicts can be told apart. */
export const complianceVersion = 1;

/** What came of holding one film against the table in force on its device. */
export interface ComplianceVerdict {
  /** `within` only when every figure that a header can tell was judged and lies inside. */
  readonly verdict: 'within' | 'deviates' | 'not-judged';
  readonly reason: NotJudgedReason | null;
  readonly rowId: string | null;
  readonly patient: PatientSize;
  readonly phase: ScanPhase | null;
  readonly columns: readonly ColumnVerdict[];
}

/**
 * Whether the parameters of a film (or series) fitted this patient by the table: the row of its position or protocol,
 * phase, age and size, then each column with the patient's size in the formula. Borders are inside. What is not known is
 * not judged, and a film that is not fully judged is never `within`.
 */
export const judgeFilm = (table: ParameterTable, subject: string | null, facts: ParameterFacts): ComplianceVerdict => {
  const patient = patientSizeOf(facts);
  const phase = table.kind === 'projection' ? null : scanPhaseOf(facts);
  const found = rowFor(table, { subject, phase, patient });
  if ('reason' in found)
    return { verdict: 'not-judged', reason: found.reason, rowId: null, patient, phase, columns: [] };
  const { row } = found;
  const columns = parameterColumns[table.kind].flatMap((column): ColumnVerdict[] => {
    const cell = row.cells[column.key];
    return cell === undefined || column.read === null ? [] : [judgeCell(column, cell, facts, patient)];
  });
  const unjudged = columns.find(({ state }) => state === 'not-judged');
  const deviates = columns.some(({ state }) => state === 'above' || state === 'below' || state === 'differs');
  const isSilent = columns.length === 0;
  return {
    verdict: deviates ? 'deviates' : unjudged !== undefined || isSilent ? 'not-judged' : 'within',
    reason: deviates ? null : (unjudged?.reason ?? (isSilent ? 'header-silent' : null)),
    rowId: row.rowId,
    patient,
    phase,
    columns,
  };
};

type Wanted = { subject: string | null; phase: ScanPhase | null; patient: PatientSize };
type Found = { row: ParameterRow } | { reason: NotJudgedReason };

const rowFor = ({ kind, rows }: ParameterTable, { subject, phase, patient }: Wanted): Found => {
  if (subject === null || subject === '') return { reason: 'position-unknown' };
  const ofSubject = rows.filter((row) => row.subject === subject);
  if (ofSubject.length === 0) return { reason: 'no-row' };
  if (kind !== 'projection' && phase === null) return { reason: 'phase-unknown' };
  const ofPhase = ofSubject.filter((row) => row.phase === null || row.phase === phase);
  // With contrast and no phase named: it may be any of those the table tells apart.
  if (ofPhase.length === 0) return { reason: phase === 'contrast' ? 'phase-unknown' : 'no-row-for-phase' };
  const { ageClass } = patient;
  const ofAge = mostSpecific(ofPhase, ({ ageClass: own }) => own, ageClass);
  if (ofAge.length === 0) return { reason: ageClass === null ? 'age-unknown' : 'no-row-for-age' };
  const [row] = mostSpecific(ofAge, ({ sizeClass: own }) => own, patient.sizeClass);
  if (row !== undefined) return { row };
  return { reason: patient.sizeClass === null ? 'size-unknown' : 'no-row-for-size' };
};

/** Rows of the patient's class, else those for any. */
const mostSpecific = (
  rows: readonly ParameterRow[],
  classOf: (row: ParameterRow) => string,
  wanted: string | null,
): ParameterRow[] => {
  const own = wanted === null ? [] : rows.filter((row) => classOf(row) === wanted);
  return own.length > 0 ? own : rows.filter((row) => classOf(row) === 'any');
};

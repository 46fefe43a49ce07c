import type { AgeClass, SizeClass } from './patient-class.ts';
import type { ScanPhase } from './scan-phase.ts';

/** Which columns a table has: radiography, CT or MR. */
export const parameterKinds = ['projection', 'CT', 'MR'] as const;
/** One kind of table. */
export type ParameterKind = (typeof parameterKinds)[number];

/** The kind of table for a DICOM modality; null for one that has none (ultrasound, reports). */
export const parameterKindOf = (modality: string): ParameterKind | null => {
  if (modality === 'CT' || modality === 'MR') return modality;
  return ['CR', 'DX', 'MG', 'RG', 'IO', 'PX', 'RF', 'XA', 'DR'].includes(modality) ? 'projection' : null;
};

/** A figure with its lowest and highest allowed value, both inside. */
export interface NumberCell {
  readonly kind: 'number';
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /**
   * The value stands for a patient of this diameter in cm; it changes by the factor exp(slope) for each cm more. Absent:
   * the figure does not follow the size.
   */
  readonly bySize?: { readonly diameterCm: number; readonly slopePerCm: number } | undefined;
}
/** A word that the header must have, or that only a person can check. */
export interface TextCell {
  readonly kind: 'text';
  readonly text: string;
}
/** One cell of a table. */
export type ParameterCell = NumberCell | TextCell;

/** One row: what is set for a position or protocol, of one phase, for one class of patients. */
export interface ParameterRow {
  readonly rowId: string;
  /** Position code of radiography, protocol name of CT and MR. */
  readonly subject: string;
  /** Null: radiography has no phases. */
  readonly phase: ScanPhase | null;
  readonly ageClass: AgeClass | 'any';
  readonly sizeClass: SizeClass | 'any';
  /** Films it was drafted from; 0 for a row written by hand. */
  readonly films: number;
  /** By the keys of the columns. */
  readonly cells: Readonly<Record<string, ParameterCell>>;
  readonly note: string;
}

/** What is signed: every row, and the year since which the device is in use (its age changes what it puts out). */
export interface ParameterTable {
  readonly kind: ParameterKind;
  readonly deviceSinceYear: number | null;
  readonly rows: readonly ParameterRow[];
}

/** A place in a table that keeps it from being signed. */
export interface TableFault {
  readonly reason:
    'no-rows' | 'row-twice' | 'row-empty' | 'subject-missing' | 'range-wrong' | 'value-not-positive' | 'text-empty';
  /** Row and column, or empty for the table as a whole. */
  readonly at: string;
}

/** Everything that has to be put right before a table can be signed; empty when nothing has. */
export const tableFaults = ({ rows }: ParameterTable): TableFault[] => {
  if (rows.length === 0) return [{ reason: 'no-rows', at: '' }];
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const key = [row.subject, row.phase, row.ageClass, row.sizeClass].join('|');
    const isTwice = seen.has(key);
    seen.add(key);
    return [
      ...(isTwice ? [{ reason: 'row-twice' as const, at: row.rowId }] : []),
      ...(row.subject.trim() === '' ? [{ reason: 'subject-missing' as const, at: row.rowId }] : []),
      ...(Object.keys(row.cells).length === 0 ? [{ reason: 'row-empty' as const, at: row.rowId }] : []),
      ...Object.entries(row.cells).flatMap(([column, cell]) => cellFaults(cell, `${row.rowId}.${column}`)),
    ];
  });
};

const cellFaults = (cell: ParameterCell, at: string): TableFault[] => {
  if (cell.kind === 'text') return cell.text.trim() === '' ? [{ reason: 'text-empty', at }] : [];
  if (!(cell.low <= cell.value && cell.value <= cell.high)) return [{ reason: 'range-wrong', at }];
  // The size enters as a factor: nothing follows from zero.
  return cell.bySize !== undefined && !(cell.low > 0) ? [{ reason: 'value-not-positive', at }] : [];
};

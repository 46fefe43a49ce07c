import { medianOf } from '../findings/baseline.ts';
import { parameterColumns } from './columns.ts';
import type { ParameterColumn } from './parameter-column.ts';
import type { ParameterFacts } from './parameter-facts.ts';
import type { NumberCell, ParameterCell, ParameterKind, ParameterRow, ParameterTable } from './parameter-table.ts';
import { patientSizeOf, type PatientSize } from './patient-class.ts';
import { scanPhaseOf } from './scan-phase.ts';
import { sizeSlopeOf } from './size-slope.ts';

/** One good film (or series of CT and MR) of the device. */
export interface DraftFilm {
  /** Position code, or protocol name. */
  readonly subject: string;
  readonly facts: ParameterFacts;
}

/** Films from which a row is drafted at least; fewer say nothing about a spread [PD]. */
export const fewestFilmsOfRow = 5;
/** Share of films that must agree on a word before it stands in a draft [PD]. */
const agreeingShare = 0.8;
/** Robust deviations to either side that a drafted row allows: one good film in 370 lies outside by chance [PD]. */
const allowedDeviations = 3;
/** Median absolute deviation of a normal distribution × this is its standard deviation. */
const madToDeviation = 1.4826;

interface SizedFilm extends DraftFilm {
  readonly patient: PatientSize;
}

/**
 * A first draft from a device's own good films: for each position or protocol, phase, age and size class with enough
 * films the median and the spread, the word most films agree on. A class with too few films falls to a row for any size;
 * what no film says has no cell. Films of an unknown age or phase are left out.
 */
export const draftTable = (kind: ParameterKind, films: readonly DraftFilm[]): ParameterTable => {
  const sized = films.map((film): SizedFilm => ({ ...film, patient: patientSizeOf(film.facts) }));
  const groups = Map.groupBy(sized, ({ subject, facts, patient }) =>
    JSON.stringify([subject, kind === 'projection' ? null : (scanPhaseOf(facts) ?? 'unknown'), patient.ageClass]),
  );
  const rows = [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, group]) => {
      const [subject, phase, ageClass] = JSON.parse(key) as [
        string,
        ParameterRow['phase'] | 'unknown',
        ParameterRow['ageClass'] | null,
      ];
      if (phase === 'unknown' || ageClass === null || subject === '') return [];
      return rowsOf(kind, { subject, phase, ageClass }, group);
    });
  return { kind, deviceSinceYear: null, rows: rows.map((row, at) => ({ ...row, rowId: `r${at + 1}` })) };
};

type RowHead = Pick<ParameterRow, 'subject' | 'phase' | 'ageClass'>;

const rowsOf = (kind: ParameterKind, head: RowHead, films: readonly SizedFilm[]): ParameterRow[] => {
  const classes = Map.groupBy(films, ({ patient }) => patient.sizeClass ?? 'unknown');
  const own = [...classes].flatMap(([sizeClass, group]) =>
    sizeClass === 'unknown' || sizeClass === 'any' || group.length < fewestFilmsOfRow
      ? []
      : [rowOf(kind, { ...head, sizeClass }, group, films)],
  );
  const inOwn = own.reduce((sum, row) => sum + row.films, 0);
  const isRest = inOwn < films.length && films.length >= fewestFilmsOfRow;
  const order = ['thin', 'medium', 'large', 'very-large', 'any'];
  return [...own, ...(isRest ? [rowOf(kind, { ...head, sizeClass: 'any' }, films, films)] : [])].toSorted(
    (one, other) => order.indexOf(one.sizeClass) - order.indexOf(other.sizeClass),
  );
};

const rowOf = (
  kind: ParameterKind,
  head: RowHead & Pick<ParameterRow, 'sizeClass'>,
  films: readonly SizedFilm[],
  allSizes: readonly SizedFilm[],
): ParameterRow => ({
  ...head,
  rowId: '',
  films: films.length,
  note: '',
  cells: Object.fromEntries(
    parameterColumns[kind].flatMap((column) => {
      const cell = cellOf(column, films, allSizes);
      return cell === null ? [] : [[column.key, cell]];
    }),
  ),
});

const cellOf = (
  column: ParameterColumn,
  films: readonly SizedFilm[],
  allSizes: readonly SizedFilm[],
): ParameterCell | null => {
  if (column.read === null) return null;
  const { read } = column;
  const values = films.flatMap(({ facts, patient }) => {
    const value = read(facts, patient.weightKg);
    return value === undefined ? [] : [{ value, patient }];
  });
  // A column that half of the films lack is not the device's habit.
  if (values.length < fewestFilmsOfRow || values.length < films.length / 2) return null;
  if (column.value === 'text') return commonWord(values.map(({ value }) => String(value)));
  const numbers = values.flatMap(({ value, patient }) => (typeof value === 'number' ? [{ value, patient }] : []));
  return column.followsSize
    ? sizedCell(column, numbers, allSizes)
    : plainCell(
        column,
        numbers.map(({ value }) => value),
      );
};

const commonWord = (words: readonly string[]): ParameterCell | null => {
  const [most] = [...Map.groupBy(words, (each) => each)].toSorted(([, one], [, other]) => other.length - one.length);
  return most !== undefined && most[1].length >= agreeingShare * words.length ? { kind: 'text', text: most[0] } : null;
};

const spreadOf = (residuals: readonly number[]): number =>
  allowedDeviations * madToDeviation * medianOf(residuals.map(Math.abs));

const plainCell = ({ slack }: ParameterColumn, values: readonly number[]): NumberCell | null => {
  if (values.length === 0) return null;
  const value = medianOf(values);
  const spread = Math.max(spreadOf(values.map((each) => each - value)), slack.share * Math.abs(value), slack.amount);
  return { kind: 'number', value: short(value), low: short(value - spread), high: short(value + spread) };
};

/** The figure of a patient of the row's median size; the spread is what is left once the size is taken out. */
const sizedCell = (
  column: ParameterColumn,
  values: readonly { value: number; patient: PatientSize }[],
  allSizes: readonly SizedFilm[],
): NumberCell | null => {
  const usable = values.flatMap(({ value, patient: { diameterCm } }) =>
    diameterCm === null || !(value > 0) ? [] : [{ log: Math.log(value), diameterCm }],
  );
  if (usable.length < fewestFilmsOfRow)
    return plainCell(
      column,
      values.map(({ value }) => value),
    );
  const slopePerCm = sizeSlopeOf(column, allSizes);
  const diameterCm = medianOf(usable.map((each) => each.diameterCm));
  const levelled = usable.map((each) => each.log - slopePerCm * (each.diameterCm - diameterCm));
  const middle = medianOf(levelled);
  const spread = Math.max(spreadOf(levelled.map((each) => each - middle)), Math.log(1 + column.slack.share));
  return {
    kind: 'number',
    value: short(Math.exp(middle)),
    low: short(Math.exp(middle - spread)),
    high: short(Math.exp(middle + spread)),
    bySize: { diameterCm: short(diameterCm), slopePerCm: short(slopePerCm) },
  };
};

/** Digits a figure is kept with: a console sets fewer [PD]. */
const digitsKept = 4;

/** Four significant digits: what a person reads and signs is what is judged by. */
const short = (value: number): number => Number(value.toPrecision(digitsKept));

import { Readable } from 'node:stream';
import { csvLines } from './csv.ts';
import type { ExportValue } from './export-value.ts';
import { xlsxStream } from './xlsx.ts';

export type ExportFormat = 'csv' | 'xlsx';

export interface ExportColumn<Row> {
  title: string;
  value(row: Row): ExportValue;
  /** Width in characters, for spreadsheets. */
  width?: number;
}

export interface ExportFile {
  contentType: string;
  extension: ExportFormat;
  body: Readable;
}

/** One file holds no more rows; a last line says that there are more. A spreadsheet could hold 1,048,576, a mind cannot. */
export const exportRowLimit = 50_000;

/** Any list as a file, row by row: neither the list nor the file is ever whole in memory (XLSX: but for its zip index). */
export const exportRows = <Row>(
  format: ExportFormat,
  columns: readonly ExportColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): ExportFile => {
  const table = { titles: columns.map(({ title }) => title), widths: columns.map(({ width }) => width ?? 16) };
  const lines = valuesOf(columns, rows);
  return format === 'csv'
    ? { contentType: 'text/csv; charset=utf-8', extension: 'csv', body: Readable.from(csvLines(table.titles, lines)) }
    : { contentType: xlsxType, extension: 'xlsx', body: xlsxStream(table, lines) };
};

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const limitNote = `… 只导出前 ${exportRowLimit} 行，请缩小范围 / only the first ${exportRowLimit} rows are exported, narrow the filter`;

async function* valuesOf<Row>(
  columns: readonly ExportColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): AsyncGenerator<ExportValue[]> {
  let count = 0;
  for await (const row of rows) {
    if (count === exportRowLimit) {
      yield [limitNote];
      return;
    }
    count += 1;
    yield columns.map(({ value }) => value(row));
  }
}

import { PassThrough, type Readable } from 'node:stream';
import type { ExportValue } from './export-value.ts';

interface Table {
  titles: readonly string[];
  widths: readonly number[];
}

/** Excel's own limit for the text of one cell. */
const maxCellCharacters = 32_767;
/** Not allowed in XML 1.0 (§2.2), whatever the escaping. */
const forbiddenInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** One sheet with a frozen head row and a filter; text stays text whatever it begins with. */
export const xlsxStream = (table: Table, rows: AsyncIterable<ExportValue[]>): Readable => {
  const stream = new PassThrough();
  write(table, rows, stream).catch((error: unknown) => stream.destroy(error instanceof Error ? error : undefined));
  return stream;
};

const write = async (table: Table, rows: AsyncIterable<ExportValue[]>, stream: PassThrough): Promise<void> => {
  // The library costs a second and 55 MB to load: a process that exports nothing does without it.
  const { WorkbookWriter } = await import('@cj-tech-master/excelts');
  const workbook = new WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const sheet = workbook.addWorksheet('1', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = table.titles.map((header, index) => ({
    header,
    width: table.widths[index] ?? 16,
    style: { numFmt: '@' },
  }));
  sheet.getRow(1).font = { bold: true };
  for await (const row of rows) {
    const added = sheet.addRow(row.map(cellOf));
    row.forEach((value, index) => {
      if (typeof value === 'number') added.getCell(index + 1).numFmt = 'General';
      if (value instanceof Date) added.getCell(index + 1).numFmt = 'yyyy-mm-dd hh:mm:ss';
    });
    added.commit();
  }
  await workbook.commit();
};

const cellOf = (value: ExportValue): ExportValue =>
  typeof value === 'string' ? value.replace(forbiddenInXml, '').slice(0, maxCellCharacters) : value;

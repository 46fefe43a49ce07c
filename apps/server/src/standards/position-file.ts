import { AppError } from '@jiapian/kernel';
import { positionColumns } from '@jiapian/rules';
import { fromBuffer } from 'yauzl';

type Table = string[][];
/** Bytes a spreadsheet may unpack to [PD]; the longest set is a tenth of it. */
const unpackedLimit = 20_000_000;

/** The cells of a position file; what is not of its format is refused as a whole (`STANDARDS_FILE_UNREADABLE`). */
export const readPositionFile = async (format: 'csv' | 'xlsx' | 'json', content: string): Promise<Table> => {
  if (format === 'csv') return csvTable(content);
  if (format === 'json') return jsonTable(content);
  return xlsxTable(Buffer.from(content, 'base64'));
};

const unreadable = (format: string, cause?: unknown) => new AppError('STANDARDS_FILE_UNREADABLE', { format }, cause);

/** RFC 4180, with the byte-order mark that Excel writes. */
const csvTable = (content: string): Table => {
  const table: Table = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const text = content.replace(/^\ufeff/, '');
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (character === '\n') {
      table.push([...row, cell]);
      row = [];
      cell = '';
    } else if (character !== '\r') cell += character;
  }
  if (isQuoted) throw unreadable('csv');
  return cell === '' && row.length === 0 ? table : [...table, [...row, cell]];
};

/** An array of objects, one a position; the keys of all of them are the columns. */
const jsonTable = (content: string): Table => {
  let rows: unknown;
  try {
    rows = JSON.parse(content);
  } catch (cause) {
    throw unreadable('json', cause);
  }
  if (!Array.isArray(rows) || !rows.every((row) => typeof row === 'object' && row !== null)) throw unreadable('json');
  const objects = rows as Record<string, unknown>[];
  const columns = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return [[...positionColumns]];
  return [columns, ...objects.map((row) => columns.map((column) => String(row[column] ?? '')))];
};

/** The first sheet; a formula becomes a text that begins like one, so that the row check names it. */
const xlsxTable = async (bytes: Buffer): Promise<Table> => {
  if ((await unpackedSize(bytes)) > unpackedLimit) throw unreadable('xlsx');
  const { Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  try {
    await workbook.xlsx.load(bytes);
  } catch (cause) {
    throw unreadable('xlsx', cause);
  }
  const [sheet] = workbook.worksheets;
  if (sheet === undefined) throw unreadable('xlsx');
  const table: Table = [];
  const columns = sheet.columnCount;
  for (let line = 1; line <= sheet.rowCount; line += 1) {
    const row = sheet.getRow(line);
    table.push(
      Array.from({ length: columns }, (_cell, index) => {
        const cell = row.getCell(index + 1);
        return cell.formula === undefined || cell.formula === null || cell.formula === ''
          ? cell.text
          : `=${cell.formula}`;
      }),
    );
  }
  return table;
};

const unpackedSize = (bytes: Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: false }, (error, zip) => {
      if (error) return reject(unreadable('xlsx', error));
      let size = 0;
      zip.on('entry', (entry: { uncompressedSize: number }) => {
        size += entry.uncompressedSize;
      });
      zip.on('end', () => resolve(size));
      zip.on('error', (cause: unknown) => reject(unreadable('xlsx', cause)));
    });
  });

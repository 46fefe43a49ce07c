import type { ExportValue } from './export-value.ts';

/** Excel takes a file without it for the local code page and shows Chinese as garbage. */
const byteOrderMark = '\ufeff';
const linesPerChunk = 500;

/** RFC 4180 lines with CRLF, several to a chunk. */
export async function* csvLines(titles: readonly string[], rows: AsyncIterable<ExportValue[]>): AsyncGenerator<string> {
  let chunk = byteOrderMark + lineOf(titles);
  let lines = 1;
  for await (const row of rows) {
    chunk += lineOf(row);
    lines += 1;
    if (lines < linesPerChunk) continue;
    yield chunk;
    chunk = '';
    lines = 0;
  }
  if (chunk !== '') yield chunk;
}

const lineOf = (values: readonly ExportValue[]): string => values.map(fieldOf).join(',') + '\r\n';

/** A spreadsheet runs text that begins like this as a formula (OWASP, CSV injection); an apostrophe makes it text. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

const fieldOf = (value: ExportValue): string => {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = value instanceof Date ? value.toISOString() : value;
  const inert = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

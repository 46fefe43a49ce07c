import { regions, type Region } from '../positions/position.ts';

/** The columns of a position file, in any order; the first row names them. */
export const positionColumns = [
  'code',
  'name_zh',
  'name_en',
  'region',
  'coverage_zh',
  'coverage_en',
  'positioning_zh',
  'positioning_en',
  'visible_zh',
  'visible_en',
  'source',
] as const;
/** Name of one column. */
export type PositionColumn = (typeof positionColumns)[number];

/** A position as a hospital writes it. */
export interface HospitalPosition {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly region: Region;
  readonly coverage: { readonly zh: string; readonly en: string };
  readonly positioning: { readonly zh: string; readonly en: string };
  readonly visible: { readonly zh: string; readonly en: string };
  readonly source: string;
}

/** What is wrong with a cell of a row. */
export interface RowProblem {
  readonly column: PositionColumn;
  readonly reason:
    'blank' | 'translation-missing' | 'duplicate' | 'formula' | 'too-long' | 'code-form' | 'region-unknown';
}
/** One row of the file; `position` is null when it has a problem. The head row is line 1. */
export interface RowReport {
  readonly line: number;
  readonly code: string;
  readonly problems: readonly RowProblem[];
  readonly position: HospitalPosition | null;
}
/** Why nothing of a file can be read. */
export interface FileProblem {
  readonly reason: 'no-rows' | 'too-many-rows' | 'columns-missing' | 'columns-unknown' | 'column-twice';
  readonly columns: readonly string[];
}

/** Rows a file may have: three times the longest set [PD]. */
const rowLimit = 500;
/** Characters of a cell [PD], those of the library's longest text five times over. */
const cellLimit = 1000;
const codeForm = /^[A-Za-z0-9_-]{1,20}$/;
/** What a spreadsheet would run instead of show (OWASP, CSV injection). */
const formulaStart = /^[=+@\t\r]|^-[^\d\s]/;

/**
 * Reads a table of positions: a file whose columns are not those above is refused as a whole, a row with a problem alone.
 * Text is trimmed; both languages of a name or text, or neither. Throws nothing.
 */
export const readPositionRows = (
  table: readonly (readonly string[])[],
): { file: FileProblem } | { rows: readonly RowReport[] } => {
  const [head = [], ...body] = table;
  const titles = head.map((title) => title.trim().toLowerCase());
  const file = headProblem(titles, body.length);
  if (file !== null) return { file };
  const seen = new Set<string>();
  const rows = body
    .map((cells, index) => ({ cells, line: index + 2 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ cells, line }) => rowReport(line, titles, cells, seen));
  return rows.length === 0 ? { file: { reason: 'no-rows', columns: [] } } : { rows };
};

const headProblem = (titles: readonly string[], rows: number): FileProblem | null => {
  const known: readonly string[] = positionColumns;
  const missing = known.filter((column) => !titles.includes(column));
  if (missing.length > 0) return { reason: 'columns-missing', columns: missing };
  const unknown = titles.filter((title) => title !== '' && !known.includes(title));
  if (unknown.length > 0) return { reason: 'columns-unknown', columns: unknown };
  const twice = titles.filter((title, index) => title !== '' && titles.indexOf(title) !== index);
  if (twice.length > 0) return { reason: 'column-twice', columns: twice };
  return rows > rowLimit ? { reason: 'too-many-rows', columns: [] } : null;
};

const rowReport = (line: number, titles: readonly string[], cells: readonly string[], seen: Set<string>): RowReport => {
  const cell = (column: PositionColumn) => (cells[titles.indexOf(column)] ?? '').trim();
  const text = (field: 'name' | 'coverage' | 'positioning' | 'visible') => ({
    zh: cell(`${field}_zh`),
    en: cell(`${field}_en`),
  });
  const code = cell('code');
  const problems: RowProblem[] = [];
  const say = (column: PositionColumn, reason: RowProblem['reason']) => problems.push({ column, reason });
  for (const column of positionColumns) {
    if (formulaStart.test(cells[titles.indexOf(column)] ?? '')) say(column, 'formula');
    if (cell(column).length > cellLimit) say(column, 'too-long');
  }
  if (code === '') say('code', 'blank');
  else if (!codeForm.test(code)) say('code', 'code-form');
  else if (seen.has(code)) say('code', 'duplicate');
  seen.add(code);
  if (!Object.hasOwn(regions, cell('region'))) say('region', 'region-unknown');
  for (const field of ['name', 'coverage', 'positioning', 'visible'] as const) {
    const { zh, en } = text(field);
    if (zh === '' && en === '' && field === 'name') say('name_zh', 'blank');
    else if ((zh === '') !== (en === '')) say(zh === '' ? `${field}_zh` : `${field}_en`, 'translation-missing');
  }
  const position: HospitalPosition = {
    code,
    name: text('name'),
    region: cell('region') as Region,
    coverage: text('coverage'),
    positioning: text('positioning'),
    visible: text('visible'),
    source: cell('source'),
  };
  return { line, code, problems, position: problems.length === 0 ? position : null };
};

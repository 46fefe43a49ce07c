import type { Table } from './bench.ts';

/** A table in Markdown, aligned, so that it can be pasted as it is. */
export function printTable({ title, columns, rows }: Table): void {
  const widths = columns.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => {
    const padded = cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  console.log([`${title}\n`, line(columns), `| ${rule.join(' | ')} |`, ...rows.map(line), ''].join('\n'));
}

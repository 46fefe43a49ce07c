import { runsOf } from './runs.ts';

/** A connected part of a mask: pixels that touch by an edge. Columns and rows are those of pixel centres, both inside. */
export interface Component {
  /** Its number in the label picture, from 1. */
  readonly label: number;
  readonly area: number;
  readonly centreColumn: number;
  readonly centreRow: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The connected parts of a mask (non-zero pixels), largest first, and for every pixel the label of its part, else 0. */
export const componentsOf = (
  mask: Uint8Array,
  rows: number,
  columns: number,
): { labels: Int32Array; components: Component[] } => {
  const runs = runsOf(mask, rows, columns, false);
  const labels = new Int32Array(rows * columns);
  const sums = Array.from({ length: runs.parts }, () => ({ ...emptySum, left: columns, top: rows }));
  for (let run = 0; run < runs.count; run += 1) {
    const [row, from, to, part] = [runs.row[run]!, runs.from[run]!, runs.to[run]!, runs.part[run]!];
    labels.fill(part + 1, row * columns + from, row * columns + to + 1);
    const sum = sums[part]!;
    const length = to - from + 1;
    sum.area += length;
    sum.column += (length * (from + to)) / 2;
    sum.row += length * row;
    if (from < sum.left) sum.left = from;
    if (to > sum.right) sum.right = to;
    if (row < sum.top) sum.top = row;
    if (row > sum.bottom) sum.bottom = row;
  }
  const components = sums.map(({ area, column, row, left, right, top, bottom }, at) => ({
    label: at + 1,
    area,
    centreColumn: column / area,
    centreRow: row / area,
    left,
    right,
    top,
    bottom,
  }));
  return { labels, components: components.sort((one, other) => other.area - one.area || one.label - other.label) };
};

const emptySum = { area: 0, column: 0, row: 0, left: 0, right: -1, top: 0, bottom: -1 };

/** The mask with every hole filled: what no path of zeros joins to the border of the picture. In place, to 0 and 1. */
export const fillHoles = (mask: Uint8Array, rows: number, columns: number): Uint8Array => {
  const runs = runsOf(mask, rows, columns, true);
  const isOutside = new Uint8Array(runs.parts);
  for (let run = 0; run < runs.count; run += 1) {
    const row = runs.row[run]!;
    const isAtBorder = row === 0 || row === rows - 1 || runs.from[run] === 0 || runs.to[run] === columns - 1;
    if (isAtBorder) isOutside[runs.part[run]!] = 1;
  }
  mask.fill(1);
  for (let run = 0; run < runs.count; run += 1) {
    const start = runs.row[run]! * columns;
    if (isOutside[runs.part[run]!] === 1) mask.fill(0, start + runs.from[run]!, start + runs.to[run]! + 1);
  }
  return mask;
};

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
  const labels = new Int32Array(rows * columns);
  const stack = new Int32Array(rows * columns);
  const components: Component[] = [];
  for (let seed = 0; seed < labels.length; seed += 1) {
    if (mask[seed] === 0 || labels[seed] !== 0) continue;
    components.push(grow(mask, labels, stack, { seed, label: components.length + 1, rows, columns }));
  }
  return { labels, components: components.sort((one, other) => other.area - one.area || one.label - other.label) };
};

const grow = (
  mask: Uint8Array,
  labels: Int32Array,
  stack: Int32Array,
  { seed, label, rows, columns }: { seed: number; label: number; rows: number; columns: number },
): Component => {
  let [area, sumColumn, sumRow, left, right, top, bottom] = [0, 0, 0, columns, -1, rows, -1];
  let height = 1;
  stack[0] = seed;
  labels[seed] = label;
  while (height > 0) {
    height -= 1;
    const at = stack[height]!;
    const row = Math.floor(at / columns);
    const column = at - row * columns;
    area += 1;
    sumColumn += column;
    sumRow += row;
    if (column < left) left = column;
    if (column > right) right = column;
    if (row < top) top = row;
    if (row > bottom) bottom = row;
    for (let side = 0; side < 4; side += 1) {
      if ((side === 0 && column === 0) || (side === 1 && column === columns - 1)) continue;
      const next = side === 0 ? at - 1 : side === 1 ? at + 1 : side === 2 ? at - columns : at + columns;
      if (next < 0 || next >= labels.length || mask[next] === 0 || labels[next] !== 0) continue;
      labels[next] = label;
      stack[height] = next;
      height += 1;
    }
  }
  return { label, area, centreColumn: sumColumn / area, centreRow: sumRow / area, left, right, top, bottom };
};

/** The mask with every hole filled: what no path of zeros joins to the border of the picture. In place. */
export const fillHoles = (mask: Uint8Array, rows: number, columns: number): Uint8Array => {
  const outside = new Uint8Array(rows * columns);
  const stack = new Int32Array(rows * columns);
  let height = 0;
  const visit = (at: number): void => {
    if (mask[at] !== 0 || outside[at] !== 0) return;
    outside[at] = 1;
    stack[height] = at;
    height += 1;
  };
  for (let column = 0; column < columns; column += 1) {
    visit(column);
    visit((rows - 1) * columns + column);
  }
  for (let row = 0; row < rows; row += 1) {
    visit(row * columns);
    visit(row * columns + columns - 1);
  }
  while (height > 0) {
    height -= 1;
    const at = stack[height]!;
    const column = at % columns;
    if (column > 0) visit(at - 1);
    if (column < columns - 1) visit(at + 1);
    if (at >= columns) visit(at - columns);
    if (at < (rows - 1) * columns) visit(at + columns);
  }
  for (let at = 0; at < mask.length; at += 1) mask[at] = outside[at] === 0 ? 1 : 0;
  return mask;
};

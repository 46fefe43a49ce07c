import zlib from 'node:zlib';

/** An 8-bit grey picture, row by row. */
export interface GreyPicture {
  readonly rows: number;
  readonly columns: number;
  readonly samples: Uint8Array<ArrayBuffer>;
}

/** Reads an 8-bit grey PNG without interlace, which is what the sample films are. */
export function readPng(bytes: Uint8Array): GreyPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const columns = view.getUint32(16);
  const rows = view.getUint32(20);
  if (bytes[24] !== 8 || bytes[25] !== 0 || bytes[28] !== 0) throw new Error('not an 8-bit grey PNG');
  const parts: Uint8Array[] = [];
  for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  return { rows, columns, samples: unfilter(zlib.inflateSync(Buffer.concat(parts)), rows, columns) };
}

function unfilter(raw: Uint8Array, rows: number, columns: number): Uint8Array<ArrayBuffer> {
  const samples = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const filter = raw[row * (columns + 1)]!;
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const left = column > 0 ? samples[at - 1]! : 0;
      const above = row > 0 ? samples[at - columns]! : 0;
      const corner = row > 0 && column > 0 ? samples[at - columns - 1]! : 0;
      samples[at] = raw[row * (columns + 1) + 1 + column]! + predicted(filter, left, above, corner);
    }
  }
  return samples;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

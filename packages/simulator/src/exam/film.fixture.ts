import { joinChunks } from '@jiapian/dicom';
import type { SimulatedExam } from './simulate-exam.ts';

/** One stored frame of a simulated exam, for tests. */
export interface StoredFrame {
  readonly columns: number;
  readonly rows: number;
  readonly pixels: Uint16Array;
}

/** The frames of an exam in order, read from the bytes that would be sent: pixel data ends each data set. */
export function framesOf(exam: SimulatedExam): StoredFrame[] {
  return [...exam.instances].map(({ dataSet }) => {
    const bytes = joinChunks(dataSet);
    const rows = unsignedShort(bytes, 0x0010);
    const columns = unsignedShort(bytes, 0x0011);
    return { rows, columns, pixels: new Uint16Array(bytes.slice(-2 * rows * columns).buffer) };
  });
}

/** Value of (0028,element) US, found by its bytes in Explicit VR Little Endian. */
function unsignedShort(header: Uint8Array, element: number): number {
  const wanted = [0x28, 0x00, element, 0x00, 0x55, 0x53, 0x02, 0x00];
  for (let at = 0; at < header.length - 10; at++) {
    if (wanted.every((byte, i) => header[at + i] === byte)) return (header[at + 8] ?? 0) | ((header[at + 9] ?? 0) << 8);
  }
  throw new Error('no such element');
}

/** Pearson correlation of two frames of one size. */
export function correlation(a: StoredFrame, b: StoredFrame): number {
  const n = a.pixels.length;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [a.pixels[i] ?? 0, b.pixels[i] ?? 0];
    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  return (n * sab - sa * sb) / Math.sqrt((n * saa - sa * sa) * (n * sbb - sb * sb));
}

import { readSync } from 'node:fs';

/** The bytes from `start` to before `end`, as many as the file has. */
export const readRange = (
  file: number,
  start: number,
  end: number,
  target: Buffer = Buffer.allocUnsafeSlow(Math.max(0, end - start)),
): Uint8Array => {
  const wanted = Math.max(0, end - start);
  let filled = 0;
  while (filled < wanted) {
    const read = readSync(file, target, filled, wanted - filled, start + filled);
    if (read === 0) break;
    filled += read;
  }
  return target.subarray(0, filled);
};

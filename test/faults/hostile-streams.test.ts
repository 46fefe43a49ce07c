import { readFileSync } from 'node:fs';
import { decodeFrame } from '@jiapian/dicom/pixels';
import { AppError } from '@jiapian/kernel';
import { measureRadiograph, radiographMetrics } from '@jiapian/rules';
import { sample } from '@jiapian/testkit';
import { expect, it } from 'vitest';

/** Mutated files: a thousand on every run; the nightly run asks for more by JIAPIAN_FUZZ. */
const MUTATIONS = Number(process.env['JIAPIAN_FUZZ'] ?? 1000);
/** Of every so many mutations one goes to a large stream: each syntax is met, the run stays short. */
const LARGE_EVERY = 50;
const MEDIUM_EVERY = 20;
/** No decoding and measuring of one mutated file takes longer, ms; a busy machine included. */
const LONGEST_MS = 20_000;

const small = ['pixel-format/SC_rgb_small_odd.dcm', 'pixel-format/SC_rgb_rle_2frame.dcm', 'malformed/MR_truncated.dcm'];
const medium = ['pixel-format/liver_1frame.dcm', 'pixel-format/GDCMJ2K_TextGBR.dcm'];
const large = ['4.50', '4.51', '4.53', '4.55', '4.57', '4.70', '4.80', '4.81', '4.90', '4.91', '5', '1.99', '1'].map(
  (suffix) => `transfer-syntax/ct-1.2.840.10008.1.2.${suffix}.dcm`,
);

const read = (name: string): Uint8Array => new Uint8Array(readFileSync(sample(name)));
const files = new Map([...small, ...medium, ...large].map((name) => [name, read(name)]));

/** xorshift: the same mutations on every machine. */
function randomFrom(seed: number): (below: number) => number {
  let state = (seed * 2654435761 + 88675123) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Bytes turned, cut off, doubled or zeroed; half of the time near the pixel description, else anywhere. */
function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const kind = random(10);
  if (kind === 0) return bytes.slice(0, random(bytes.length));
  if (kind === 1) {
    const from = random(bytes.length);
    const length = random(Math.min(4096, bytes.length - from) + 1);
    return new Uint8Array([...bytes.subarray(0, from + length), ...bytes.subarray(from)]);
  }
  const copy = bytes.slice();
  const turns = 1 + random(8);
  for (let turn = 0; turn < turns; turn += 1) {
    const at = random(2) === 0 ? random(Math.min(copy.length, 4096)) : random(copy.length);
    if (kind === 2) copy.fill(0, at, at + random(64));
    else if (kind === 3) copy.fill(255, at, at + random(64));
    else copy[at] = random(256);
  }
  return copy;
}

it(
  `${MUTATIONS} mutated files are measured with finite figures or refused with a code, none hangs`,
  async () => {
    let [decoded, refused, slowest] = [0, 0, 0];
    for (let turn = 0; turn < MUTATIONS; turn += 1) {
      const random = randomFrom(turn + 1);
      const list = turn % LARGE_EVERY === 0 ? large : turn % MEDIUM_EVERY === 1 ? medium : small;
      const name = list[random(list.length)]!;
      const bytes = mutated(files.get(name)!, random);
      const start = performance.now();
      try {
        const frame = await decodeFrame(bytes, 0);
        decoded += 1;
        if (frame.kind === 'grayscale') {
          const { measurements, notMeasured } = measureRadiograph(frame, { part: 'chest', view: 'pa' });
          const named = new Set([...measurements, ...notMeasured].map(({ metric }) => metric));
          expect(named.size, `${name} ${turn}`).toBe(radiographMetrics.length);
          expect(measurements.every(({ value }) => Number.isFinite(value))).toBe(true);
        }
      } catch (error) {
        if (!(error instanceof AppError)) throw new Error(`${name}, mutation ${turn}`, { cause: error });
        refused += 1;
      }
      slowest = Math.max(slowest, performance.now() - start);
    }
    expect(decoded + refused).toBe(MUTATIONS);
    expect(Math.min(decoded, refused)).toBeGreaterThan(0);
    expect(slowest).toBeLessThan(LONGEST_MS);
  },
  MUTATIONS * 600 + 60_000,
);

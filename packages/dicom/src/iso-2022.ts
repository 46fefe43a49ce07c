import { AppError } from '@jiapian/kernel';
import { type ByteDecoder, repertoireDecoder } from './character-repertoires.ts';

/** A code element: which repertoire, and whether its characters are byte pairs. */
interface CodeElement {
  isoIr: string;
  isPairs: boolean;
}

/** Escape sequences (after ESC) that designate a code element to G0 or G1. Source: PS3.3 tables C.12-3 and C.12-4. */
const escapes: Readonly<Record<string, { side: 'g0' | 'g1' } & CodeElement>> = {
  '(B': { side: 'g0', isoIr: '6', isPairs: false },
  '(J': { side: 'g0', isoIr: '6', isPairs: false },
  ')I': { side: 'g1', isoIr: '13', isPairs: false },
  '-A': { side: 'g1', isoIr: '100', isPairs: false },
  '-B': { side: 'g1', isoIr: '101', isPairs: false },
  '-C': { side: 'g1', isoIr: '109', isPairs: false },
  '-D': { side: 'g1', isoIr: '110', isPairs: false },
  '-L': { side: 'g1', isoIr: '144', isPairs: false },
  '-G': { side: 'g1', isoIr: '127', isPairs: false },
  '-F': { side: 'g1', isoIr: '126', isPairs: false },
  '-H': { side: 'g1', isoIr: '138', isPairs: false },
  '-M': { side: 'g1', isoIr: '148', isPairs: false },
  '-T': { side: 'g1', isoIr: '166', isPairs: false },
  '-b': { side: 'g1', isoIr: '203', isPairs: false },
  $B: { side: 'g0', isoIr: '87', isPairs: true },
  '$@': { side: 'g0', isoIr: '87', isPairs: true },
  '$(D': { side: 'g0', isoIr: '159', isPairs: true },
  '$)C': { side: 'g1', isoIr: '149', isPairs: true },
  '$)A': { side: 'g1', isoIr: '58', isPairs: true },
};
const longestEscape = 3;
const escape = 0x1b;
/** TAB, LF, FF, CR and the value delimiter put the initial code elements back (PS3.5 section 6.1.2.5.3). */
const resets = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x5c]);
const personNameResets = new Set([...resets, 0x5e, 0x3d]);

/** Text with code extensions; undefined when a byte is in no designated repertoire or an escape is unknown. */
export const decodeIso2022 = (
  bytes: Uint8Array,
  terms: readonly string[],
  isPersonName: boolean,
): string | undefined => {
  const initial = initialElements(terms);
  const resetBytes = isPersonName ? personNameResets : resets;
  let { g0, g1 } = initial;
  let text = '';
  let at = 0;
  try {
    while (at < bytes.length) {
      const byte = bytes[at]!;
      if (byte === escape) {
        const sequence = escapeAt(bytes, at + 1);
        if (sequence === undefined) return undefined;
        const designated = escapes[sequence]!;
        if (designated.side === 'g0') g0 = designated;
        else g1 = designated;
        at += 1 + sequence.length;
        continue;
      }
      const isHigh = byte >= 0x80;
      if (!isHigh && !g0.isPairs && resetBytes.has(byte)) {
        ({ g0, g1 } = initial);
        text += String.fromCharCode(byte);
        at += 1;
        continue;
      }
      const end = runEnd(bytes, at, isHigh, !isHigh && !g0.isPairs ? resetBytes : undefined);
      text += isHigh ? decoderOf(g1)(bytes.subarray(at, end)) : decodeLow(g0, bytes.subarray(at, end));
      at = end;
    }
  } catch {
    return undefined;
  }
  return text;
};

/**
 * The first term is designated from the start. Korean and Chinese consoles that leave it out also leave out the
 * escape sequence of the double-byte set they declare, so that one stands in.
 */
const initialElements = (terms: readonly string[]): { g0: CodeElement; g1: CodeElement } => {
  const numbers = terms.map((term) => /IR (\d+)$/.exec(term)?.[1]);
  const isoIr = numbers[0] ?? numbers.find((number) => number === '149' || number === '58') ?? '6';
  return { g0: { isoIr: '6', isPairs: false }, g1: { isoIr, isPairs: false } };
};

const escapeAt = (bytes: Uint8Array, at: number): string | undefined => {
  for (let length = 2; length <= longestEscape; length += 1) {
    const sequence = String.fromCharCode(...bytes.subarray(at, at + length));
    if (escapes[sequence] !== undefined) return sequence;
  }
  return undefined;
};

const runEnd = (bytes: Uint8Array, start: number, isHigh: boolean, resetBytes?: ReadonlySet<number>): number => {
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    if (byte === escape || byte >= 0x80 !== isHigh || resetBytes?.has(byte) === true) break;
    at += 1;
  }
  return at;
};

const decodeLow = (element: CodeElement, bytes: Uint8Array): string =>
  decoderOf(element)(element.isPairs ? bytes.map((byte) => byte | 0x80) : bytes);

const decoderOf = (element: CodeElement): ByteDecoder => {
  const decoder = repertoireDecoder(element.isoIr);
  if (decoder === undefined) throw new AppError('DICOM_UNREADABLE', { reason: 'unknown repertoire' });
  return decoder;
};

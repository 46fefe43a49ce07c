import { AppError } from '@jiapian/kernel';

/** MSH-18 (HL7 table 0211 and what senders write) → WHATWG encoding; the first known repetition counts. */
const encodings: Readonly<Record<string, string>> = {
  ASCII: 'utf-8',
  '8859/1': 'iso-8859-1',
  '8859/2': 'iso-8859-2',
  '8859/5': 'iso-8859-5',
  '8859/15': 'iso-8859-15',
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  'GB 18030-2000': 'gb18030',
  'GB 18030': 'gb18030',
  GB18030: 'gb18030',
  'GB18030-2000': 'gb18030',
  GB2312: 'gb18030',
  GBK: 'gb18030',
  'BIG-5': 'big5',
  BIG5: 'big5',
};
/** For senders that declare nothing, or not what they write: UTF-8 tells itself apart, nothing else does. */
const guesses = ['utf-8', 'gb18030'];

export interface Hl7Text {
  text: string;
  encoding: string;
}

/**
 * The text of a message, decoded as MSH-18 says; when the bytes are not that, as UTF-8 or GB 18030. Throws
 * `HL7_UNREADABLE` when it does not begin with MSH or no encoding fits.
 */
export const decodeHl7 = (bytes: Uint8Array): Hl7Text => {
  const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  const head =
    Buffer.from(body.subarray(0, HEAD_BYTES))
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? '';
  if (!/^MSH[^\w\s]/.test(head)) throw new AppError('HL7_UNREADABLE', { reason: 'no-msh' });
  const fields = head.split(head.charAt(3));
  const declared = (fields[17] ?? '').split(fields[1]?.charAt(1) || '~').map((name) => name.trim().toUpperCase());
  const named = declared.map((name) => encodings[name]).find((name) => name !== undefined);
  for (const encoding of new Set([...(named === undefined ? [] : [named]), ...guesses])) {
    const text = tryDecode(body, encoding);
    if (text !== undefined) return { text, encoding };
  }
  throw new AppError('HL7_UNREADABLE', { reason: 'character-set', declared: declared.join('~') });
};

/** The header segment is shorter than this in every message seen. */
const HEAD_BYTES = 4096;

const tryDecode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

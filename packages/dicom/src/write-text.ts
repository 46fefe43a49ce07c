import { AppError } from '@jiapian/kernel';

/** The character repertoires the writer can encode, by their defined term in (0008,0005). */
export type WriteCharacterSet = 'ISO_IR 6' | 'ISO_IR 100' | 'ISO_IR 192' | 'GB18030';

/**
 * Encodes text in one repertoire without code extensions (PS3.3 C.12.1.1.2: ISO_IR 192 and GB18030 stand alone).
 * Characters outside ISO_IR 6 and ISO_IR 100 throw `DICOM_TEXT_UNENCODABLE`; the two Unicode repertoires hold all.
 */
export function encodeText(text: string, characterSet: WriteCharacterSet): Uint8Array {
  switch (characterSet) {
    case 'ISO_IR 192':
      return new TextEncoder().encode(text);
    case 'GB18030':
      return encodeGb18030(text);
    case 'ISO_IR 6':
      return encodeSingleByte(text, 0x7f, characterSet);
    case 'ISO_IR 100':
      return encodeSingleByte(text, 0xff, characterSet);
  }
}

function encodeSingleByte(text: string, highest: number, characterSet: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > highest) throw new AppError('DICOM_TEXT_UNENCODABLE', { characterSet });
    bytes[i] = code;
  }
  return bytes;
}

function encodeGb18030(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code > 0xffff) pushFourByte(bytes, code - 0x10000 + SUPPLEMENTARY_START);
    else bytes.push(...(gb18030Table().get(code) ?? []));
  }
  return Uint8Array.from(bytes);
}

/** Linear index of 0x90308130, where GB 18030 places U+10000 (GB 18030-2022, four-byte area). */
const SUPPLEMENTARY_START = 189_000;
const BMP_FOUR_BYTE_COUNT = 39_420;

function pushFourByte(bytes: number[], index: number): void {
  bytes.push(
    0x81 + Math.floor(index / 12_600),
    0x30 + (Math.floor(index / 1_260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  );
}

let table: Map<number, number[]> | undefined;

/** The platform only decodes GB 18030, so the encoder inverts the decoder, once, when first asked. */
function gb18030Table(): Map<number, number[]> {
  if (table !== undefined) return table;
  table = new Map();
  const decoder = new TextDecoder('gb18030');
  const remember = (bytes: number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    const code = text.codePointAt(0) ?? 0xfffd;
    if (text.length === 1 && code !== 0xfffd && !table?.has(code)) table?.set(code, bytes);
  };
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) remember([lead, trail]);
  }
  for (let index = 0; index < BMP_FOUR_BYTE_COUNT; index++) {
    const bytes: number[] = [];
    pushFourByte(bytes, index);
    remember(bytes);
  }
  return table;
}

import { latin1 } from './text-bytes.ts';
import { decodeIso2022 } from './iso-2022.ts';
import { singleByteDecoder, type ByteDecoder } from './character-repertoires.ts';

/** Decoded text, and what was wrong when the declared character set did not fit the bytes. */
export interface DecodedText {
  text: string;
  oddity: string | undefined;
}

/** How the text of one data set (or one sequence item) is decoded. */
export interface CharacterSet {
  /** The defined terms as declared, for example `['', 'ISO 2022 IR 149']`. */
  terms: readonly string[];
  /** Decodes one value, delimiters included; padding is left in place. `isPersonName` adds `^` and `=` as resets. */
  decode(bytes: Uint8Array, start: number, end: number, isPersonName?: boolean): DecodedText;
}

/**
 * The character set declared by SpecificCharacterSet (0008,0005), for example `ISO 2022 IR 6\ISO 2022 IR 87`.
 * Never refuses: bytes that do not fit the declaration are tried as UTF-8, then GB18030, then taken as
 * ISO 8859-1, each with an oddity; an unknown term is an oddity on the first text that needs it.
 * Source: PS3.3 section C.12.1.1.2, PS3.5 chapter 6.
 */
export const characterSetFor = (declared: string | undefined): CharacterSet => {
  const key = declared ?? '';
  const known = cache.get(key);
  if (known !== undefined) return known;
  const built = build(key.split('\\').map(normalTerm));
  if (cache.size < maxCachedDeclarations) cache.set(key, built);
  return built;
};

/** Hospitals send a handful of declarations; a hostile sender may not grow the cache without end. */
const maxCachedDeclarations = 256;
const cache = new Map<string, CharacterSet>();

/** Spellings seen in the field: `ISO-IR 100`, `ISO_IR_100`, `iso ir 192`, `ISO2022 IR 87`, `UTF8`, `GB 18030`. */
const normalTerm = (term: string): string => {
  const upper = term.trim().toUpperCase();
  const iso = /^ISO[\s_-]?(IR|2022[\s_-]?IR)[\s_-]?(\d+)$/.exec(upper);
  if (iso !== null) return `${iso[1]!.startsWith('2022') ? 'ISO 2022 IR' : 'ISO_IR'} ${iso[2]}`;
  if (/^UTF-?8$/.test(upper)) return 'ISO_IR 192';
  if (/^GB[\s-]?18030$/.test(upper)) return 'GB18030';
  return upper === 'GB2312' || upper === 'CP936' ? 'GBK' : upper;
};

const build = (terms: readonly string[]): CharacterSet => {
  const decodeHigh = decoderFor(terms);
  return {
    terms,
    decode: (bytes, start, end, isPersonName = false) => {
      if (isPlainAscii(bytes, start, end)) return { text: latin1(bytes, start, end), oddity: undefined };
      const part = bytes.subarray(start, end);
      const text = decodeHigh?.(part, isPersonName);
      return text === undefined
        ? guessText(part, terms.join('\\'), decodeHigh !== undefined)
        : { text, oddity: undefined };
    },
  };
};

type TextDecoding = (bytes: Uint8Array, isPersonName: boolean) => string | undefined;

const decoderFor = (terms: readonly string[]): TextDecoding | undefined => {
  const whole = terms.map((term) => wholeDecoders[term]).find((decoder) => decoder !== undefined);
  if (whole !== undefined) return whole;
  if (terms.length > 1 || terms[0]!.startsWith('ISO 2022')) {
    return (bytes, isPersonName) => decodeIso2022(bytes, terms, isPersonName);
  }
  const term = terms[0]!;
  if (term === '' || term === 'ISO_IR 6') return undefined;
  const decoder = singleByteDecoder(term);
  if (decoder === undefined) return undefined;
  return (bytes, isPersonName) =>
    hasEscape(bytes) ? decodeIso2022(bytes, terms, isPersonName) : decodeOrUndefined(decoder, bytes);
};

const strictDecoder = (label: string): TextDecoding => {
  const decoder = new TextDecoder(label, { fatal: true });
  return (bytes) => decodeOrUndefined((part) => decoder.decode(part), bytes);
};

const decodeOrUndefined = (decoder: ByteDecoder, bytes: Uint8Array): string | undefined => {
  try {
    return decoder(bytes);
  } catch {
    return undefined;
  }
};

/** Sets that replace ISO 2022 altogether: no escapes, no second term (PS3.5 section 6.1.2.5.4). */
const wholeDecoders: Readonly<Record<string, TextDecoding>> = {
  'ISO_IR 192': strictDecoder('utf-8'),
  GB18030: strictDecoder('gb18030'),
  GBK: strictDecoder('gb18030'),
};

const escape = 0x1b;
const hasEscape = (bytes: Uint8Array): boolean => bytes.includes(escape);

/** Seven-bit without escape sequences: the same characters in every DICOM repertoire. */
const isPlainAscii = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte >= 0x80 || byte === escape) return false;
  }
  return true;
};

const guessText = (bytes: Uint8Array, declared: string, isKnown: boolean): DecodedText => {
  const why = declared === '' ? 'no character set is declared' : `the text is not ${declared}`;
  const reason = isKnown || declared === '' || declared === 'ISO_IR 6' ? why : `character set ${declared} is unknown`;
  const iso2022 = hasEscape(bytes) ? decodeIso2022(bytes, [''], true) : undefined;
  if (iso2022 !== undefined) return { text: iso2022, oddity: `${reason}; read by its escape sequences` };
  const utf8 = wholeDecoders['ISO_IR 192']!(bytes, false);
  if (utf8 !== undefined) return { text: utf8, oddity: `${reason}; read as UTF-8` };
  const gb18030 = wholeDecoders['GB18030']!(bytes, false);
  if (gb18030 !== undefined) return { text: gb18030, oddity: `${reason}; read as GB18030` };
  return { text: latin1(bytes, 0, bytes.length), oddity: `${reason}; read as ISO 8859-1` };
};

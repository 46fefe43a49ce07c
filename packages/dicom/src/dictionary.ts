import { createRequire } from 'node:module';

/** What PS3.6 says of one data element. */
export interface DictionaryEntry {
  keyword: string;
  /** `xs` stands for US or SS by PixelRepresentation, as the standard leaves it open. */
  vr: string;
}

let dictionary: ReadonlyMap<number, DictionaryEntry> | undefined;

/**
 * The dictionary entry of a standard element by tag `0xGGGGEEEE`, repeating groups (50xx, 60xx) by their
 * first; undefined for a private or unknown one. The dictionary is loaded on first need (about 30 ms).
 */
export const dictionaryEntry = (tag: number): DictionaryEntry | undefined => {
  dictionary ??= loadDictionary();
  return dictionary.get(tag) ?? dictionary.get(firstOfRepeatingGroup(tag));
};

const firstOfRepeatingGroup = (tag: number): number => {
  const family = tag >>> 24;
  return family === 0x50 || family === 0x60 ? (tag & 0xff00ffff) >>> 0 : tag;
};

const loadDictionary = (): ReadonlyMap<number, DictionaryEntry> => {
  const require = createRequire(import.meta.url);
  const loaded = require('dcmjs/dictionary') as {
    dictionary: Record<string, { tag: string; vr: string; name: string }>;
  };
  const entries = new Map<number, DictionaryEntry>();
  for (const { tag, vr, name } of Object.values(loaded.dictionary)) {
    const hex = /^\(([0-9A-F]{4}),([0-9A-F]{4})\)$/i.exec(tag);
    if (hex !== null) entries.set(Number.parseInt(`${hex[1]}${hex[2]}`, 16), { keyword: name, vr: standardVr(vr) });
  }
  return entries;
};

/** The package writes `ox` for OB or OW and `lt` for US or OW; implicit data sets mean OW by both (PS3.5 annex A.1). */
const standardVr = (vr: string): string => (vr === 'ox' || vr === 'lt' ? 'OW' : vr);

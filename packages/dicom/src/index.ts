export * from './character-sets.ts';
export * from './read-data-set.ts';
export { conformDataSet, type Conforming, type CopyPixels } from './conform-data-set.ts';
export * from './date-time.ts';
export type { Element, Encoding } from './element-header.ts';
export * from './dicom-json.ts';
export { dictionaryEntry, type DictionaryEntry } from './dictionary.ts';
export * from './element-values.ts';
export type { CodedConcept, Oddity } from './fact-readers.ts';
export * from './functional-groups.ts';
export * from './header-facts.ts';
export * from './json-data-set.ts';
export * from './person-name.ts';
export * from './pixel-spacing.ts';
export * from './read-part10.ts';
export * from './rejection-note.ts';
export * from './storage-sop-classes.ts';
export * from './transfer-syntaxes.ts';
export * from './window-presets.ts';
export { writeKeywords, type WriteKeyword } from './write-keywords.ts';
export { encodeText, type WriteCharacterSet } from './write-text.ts';
export {
  chunkLength,
  elementsOf,
  encodeDataSet,
  type KeywordValues,
  type WriteElement,
  type WriteOptions,
  type WriteValue,
} from './write-data-set.ts';
export {
  encodePart10,
  encodePart10Header,
  joinChunks,
  WRITER_IMPLEMENTATION_CLASS_UID,
  WRITER_IMPLEMENTATION_VERSION,
  type Part10Meta,
} from './write-part10.ts';
export * from './structured-report/index.ts';
export * from './dose/index.ts';
export { rewriteHead, type HeadChanges, type HeadEdit } from './rewrite-head.ts';

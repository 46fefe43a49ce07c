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

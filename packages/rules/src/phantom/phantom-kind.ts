/** The phantoms that can be analysed. */
export const phantomKinds = [
  'acr-mr',
  'acr-ct',
  'catphan504',
  'mr-flood',
  'mr-slice-width',
  'mr-ghosting',
  'leeds-tor',
  'qc-3',
  'las-vegas',
  'doselab-mc2',
  'open-field',
] as const;

/** One of `phantomKinds`. */
export type PhantomKind = (typeof phantomKinds)[number];

/** One wording in both languages of the product. */
export interface LocalText {
  readonly zh: string;
  readonly en: string;
}

/** Where a number or a wording comes from; `verified` only when somebody has looked it up at its source. */
export interface Sourced {
  /** Keys of `sources`, by comma: `S01`…, `GKU` general knowledge, `PD` product default. */
  readonly source: string;
  readonly verified: boolean;
}

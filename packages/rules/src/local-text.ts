/** One wording in both languages of the product. */
export interface LocalText {
  readonly zh: string;
  readonly en: string;
}

/** Where a number or a wording comes from; `verified` only when somebody has looked it up at its source. */
export interface Sourced {
  /** Key of the source list in docs/metrics/sources.md: `S01`…, `GKU` general knowledge, `PD` product default. */
  readonly source: string;
  readonly verified: boolean;
}

/** A part of a printed document, in reading order. Plain data: it crosses into the thread that draws it. */
export type PdfBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly isRemark?: true }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | PdfTable
  | { readonly kind: 'drawing'; readonly svg: string; readonly widthPoints: number }
  /** Lines to sign on: a role and a place for the date each. */
  | { readonly kind: 'signatures'; readonly roles: readonly string[]; readonly dateWord: string }
  | { readonly kind: 'page-break' };

export interface PdfTable {
  readonly kind: 'table';
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** A share of what is left (`*`), the content's own width (`auto`), or points (1/72 inch); absent, equal shares. */
  readonly widths?: readonly ('*' | 'auto' | number)[];
  /** Columns of figures, by index. */
  readonly rightAligned?: readonly number[];
}

/** What is printed on A4: the head once, the foot with the page numbers on every page. */
export interface PdfDocument {
  readonly locale: 'zh-CN' | 'en';
  readonly title: string;
  readonly subtitle?: string;
  readonly isLandscape?: boolean;
  readonly blocks: readonly PdfBlock[];
  /** Left of the page number. */
  readonly foot: string;
  /** Goes into the file as its date of making. */
  readonly madeAt: Date;
}

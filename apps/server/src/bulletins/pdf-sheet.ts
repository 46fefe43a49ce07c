/** One page on which everything has its place in millimetres from its upper left corner, for what is printed to scale. */
export interface PdfSheet {
  readonly locale: 'zh-CN' | 'en';
  readonly title: string;
  readonly madeAt: Date;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly pictures: readonly (PdfPlace & { readonly png: Uint8Array })[];
  readonly texts: readonly PdfText[];
  /** Drawn as they are, without a scale of their own. */
  readonly lines: readonly { readonly fromMm: readonly [number, number]; readonly toMm: readonly [number, number] }[];
}

interface PdfPlace {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

interface PdfText {
  readonly text: string;
  readonly xMm: number;
  readonly yMm: number;
  readonly sizePoints: number;
  readonly isBold?: true;
}

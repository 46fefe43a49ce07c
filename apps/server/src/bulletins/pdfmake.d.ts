/** The part of pdfmake 0.3 that the printed documents use; the package ships no types. */
declare module 'pdfmake' {
  type Margin = readonly [left: number, top: number, right: number, bottom: number];
  interface Look {
    font?: string;
    fontSize?: number;
    lineHeight?: number;
    bold?: boolean;
    color?: string;
    fillColor?: string;
    alignment?: 'left' | 'right' | 'center';
    margin?: Margin;
    style?: string;
  }
  interface Node extends Look {
    text?: string;
    ul?: Content[];
    stack?: Content[];
    columns?: (Content & object)[];
    columnGap?: number;
    table?: { headerRows?: number; dontBreakRows?: boolean; widths: (string | number)[]; body: Content[][] };
    layout?: TableLayout;
    svg?: string;
    /** A data address; files and addresses are closed by policy. */
    image?: string;
    canvas?: { type: 'line'; x1: number; y1: number; x2: number; y2: number; lineWidth: number }[];
    width?: number | string;
    height?: number;
    noWrap?: boolean;
    absolutePosition?: { x: number; y: number };
    headlineLevel?: number;
    pageBreak?: 'before' | 'after';
    unbreakable?: boolean;
  }
  export type Content = string | Node;
  export interface TableLayout {
    hLineWidth?(): number;
    vLineWidth?(): number;
    hLineColor?(): string;
    paddingTop?(): number;
    paddingBottom?(): number;
    paddingLeft?(): number;
    paddingRight?(): number;
  }
  export interface DocumentDefinition {
    pageSize: 'A4' | { width: number; height: number };
    pageOrientation?: 'portrait' | 'landscape';
    pageMargins: Margin;
    info: { title: string; creator: string; producer: string; creationDate: Date };
    language: string;
    defaultStyle: Look;
    styles?: Record<string, Look>;
    content: Content[];
    footer?(page: number, pages: number): Content;
    pageBreakBefore?(node: { headlineLevel?: number }, around: { getFollowingNodesOnPage(): unknown[] }): boolean;
  }
  const pdfmake: {
    setFonts(fonts: Record<string, { normal: string; bold: string }>): void;
    setUrlAccessPolicy(mayOpen: (url: string) => boolean): void;
    setLocalAccessPolicy(mayOpen: (path: string) => boolean): void;
    createPdf(document: DocumentDefinition): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfmake;
}

import type { Content, DocumentDefinition, TableLayout } from 'pdfmake';
import type { PdfBlock, PdfDocument, PdfTable } from './pdf-document.ts';

/** Points: A4 with 15 mm at the sides. */
const sideMargin = 42;
const topMargin = 45;
const footHeight = 48;
const ink = '#1f2329';
const faint = '#5c6470';
const rule = '#c9ced6';
const headFill = '#eef1f5';

/** The drawing of a document, in the terms of the typesetter. */
export const layoutOf = (document: PdfDocument): DocumentDefinition => ({
  pageSize: 'A4',
  pageOrientation: document.isLandscape === true ? 'landscape' : 'portrait',
  pageMargins: [sideMargin, topMargin, sideMargin, footHeight],
  info: { title: document.title, creator: 'Jiapian', producer: 'Jiapian', creationDate: document.madeAt },
  language: document.locale,
  defaultStyle: { font: 'Noto Sans SC', fontSize: 9.5, lineHeight: 1.25, color: ink },
  styles: {
    title: { fontSize: 18, bold: true },
    subtitle: { fontSize: 10, color: faint },
    heading: { fontSize: 12.5, bold: true },
    remark: { fontSize: 8.5, color: faint },
    head: { bold: true, fontSize: 9, fillColor: headFill },
  },
  content: [...headOf(document), ...document.blocks.map(contentOf)],
  footer: (page, pages) => ({
    margin: [sideMargin, 14, sideMargin, 0],
    fontSize: 8,
    color: faint,
    columns: [
      { text: document.foot, width: '*' },
      { text: `${page} / ${pages}`, alignment: 'right', width: 60 },
    ],
  }),
  // A heading never stays behind alone at the foot of a page.
  pageBreakBefore: ({ headlineLevel }, { getFollowingNodesOnPage }) =>
    headlineLevel === 1 && getFollowingNodesOnPage().length === 0,
});

const headOf = ({ title, subtitle }: PdfDocument): Content[] => [
  { text: title, style: 'title' },
  ...(subtitle === undefined ? [] : [{ text: subtitle, style: 'subtitle', margin: [0, 2, 0, 0] } as const]),
];

const contentOf = (block: PdfBlock): Content => {
  switch (block.kind) {
    case 'heading':
      return { text: block.text, style: 'heading', headlineLevel: 1, margin: [0, 16, 0, 4] };
    case 'text':
      return { text: block.text, margin: [0, 2, 0, 4], ...(block.isRemark === true ? { style: 'remark' } : {}) };
    case 'facts':
      return factsOf(block.rows);
    case 'list':
      return { ul: [...block.items], margin: [4, 0, 0, 4] };
    case 'table':
      return tableOf(block);
    case 'drawing':
      return { svg: block.svg, width: block.widthPoints, margin: [0, 6, 0, 6] };
    case 'signatures':
      return signaturesOf(block.roles, block.dateWord);
    case 'page-break':
      return { text: '', pageBreak: 'after' };
  }
};

const thinRules: TableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => rule,
  paddingTop: () => 3,
  paddingBottom: () => 3,
  paddingLeft: () => 5,
  paddingRight: () => 5,
};

const factsOf = (rows: readonly (readonly [string, string])[]): Content => ({
  table: {
    widths: ['auto', '*'],
    body: rows.map(([name, value]) => [{ text: name, color: faint }, { text: value }]),
  },
  layout: { ...thinRules, hLineWidth: () => 0, paddingTop: () => 1, paddingBottom: () => 1 },
  margin: [0, 6, 0, 6],
});

const tableOf = ({ titles, rows, widths, rightAligned = [] }: PdfTable): Content => {
  const alignment = (column: number): 'left' | 'right' => (rightAligned.includes(column) ? 'right' : 'left');
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: widths === undefined ? titles.map(() => '*') : [...widths],
      body: [
        titles.map((text, column) => ({ text, style: 'head', alignment: alignment(column) })),
        ...rows.map((row) =>
          titles.map((_title, column) => ({ text: row[column] ?? '', alignment: alignment(column) })),
        ),
      ],
    },
    layout: thinRules,
    margin: [0, 4, 0, 8],
  };
};

const signaturesOf = (roles: readonly string[], dateWord: string): Content => ({
  columns: roles.map((role) => ({
    stack: [`${role}: ______________________`, { text: `${dateWord}: ______________________`, margin: [0, 10, 0, 0] }],
  })),
  columnGap: 24,
  margin: [0, 28, 0, 0],
  unbreakable: true,
});

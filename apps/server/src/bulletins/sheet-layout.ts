import type { Content, DocumentDefinition } from 'pdfmake';
import type { PdfSheet } from './pdf-sheet.ts';

const POINTS_PER_MM = 72 / 25.4;
const lineWidthPoints = 0.7;

/** The drawing of a sheet, in the terms of the typesetter. */
export const sheetLayoutOf = (sheet: PdfSheet): DocumentDefinition => ({
  pageSize: { width: points(sheet.widthMm), height: points(sheet.heightMm) },
  pageMargins: [0, 0, 0, 0],
  info: { title: sheet.title, creator: 'Jiapian', producer: 'Jiapian', creationDate: sheet.madeAt },
  language: sheet.locale,
  defaultStyle: { font: 'Noto Sans SC', lineHeight: 1 },
  content: [
    ...sheet.pictures.map(({ png, xMm, yMm, widthMm, heightMm }): Content => ({
      image: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
      width: points(widthMm),
      height: points(heightMm),
      absolutePosition: { x: points(xMm), y: points(yMm) },
    })),
    ...sheet.texts.map(({ text, xMm, yMm, sizePoints, isBold }): Content => ({
      text,
      fontSize: sizePoints,
      bold: isBold === true,
      noWrap: true,
      absolutePosition: { x: points(xMm), y: points(yMm) },
    })),
    {
      canvas: sheet.lines.map(({ fromMm, toMm }) => ({
        type: 'line',
        x1: points(fromMm[0]),
        y1: points(fromMm[1]),
        x2: points(toMm[0]),
        y2: points(toMm[1]),
        lineWidth: lineWidthPoints,
      })),
      absolutePosition: { x: 0, y: 0 },
    },
  ],
});

const points = (mm: number): number => mm * POINTS_PER_MM;

import { fillEdges } from './fill-edges.ts';
import { letterEdges, type Edge } from './letter-edges.ts';
import type { PrintPicture } from './print-picture.ts';

/** What stands under a film, in mm from the left lower corner of its picture. */
export interface Caption {
  /** Width of the picture on the sheet, and height of the strip under it. */
  readonly widthMm: number;
  readonly heightMm: number;
  readonly texts: readonly { text: string; xMm: number; yMm: number; sizePoints: number }[];
  readonly lines: readonly { fromMm: readonly [number, number]; toMm: readonly [number, number] }[];
}

/** Less, and letters of 8 points cannot be read. [PD] */
const PIXELS_PER_MM_MIN = 6;
const LINE_MM = 0.3;
const MM_PER_POINT = 25.4 / 72;

/**
 * The picture with its caption burnt in under it, white on black, so that every printer prints it: an annotation box
 * is optional in print management (PS3.4 H.4.4), and what is lost is whose film it is. A coarse picture has each pixel
 * repeated until letters can be read; its size on the sheet stays.
 */
export const burnCaption = (picture: PrintPicture, caption: Caption): PrintPicture => {
  const times = Math.max(1, Math.ceil((PIXELS_PER_MM_MIN * caption.widthMm) / picture.columns));
  const columns = picture.columns * times;
  const pixelsPerMm = columns / caption.widthMm;
  const strip = Math.ceil(caption.heightMm * pixelsPerMm);
  const rows = picture.rows * times + strip;
  const samples = new Uint8Array(rows * columns);
  for (let row = 0; row < picture.rows * times; row += 1) {
    const from = Math.floor(row / times) * picture.columns;
    for (let column = 0; column < columns; column += 1)
      samples[row * columns + column] = picture.samples[from + Math.floor(column / times)] ?? 0;
  }
  const raster = { columns, rows: strip, samples: samples.subarray(picture.rows * times * columns) };
  for (const { text, xMm, yMm, sizePoints } of caption.texts) {
    const sizePx = sizePoints * MM_PER_POINT * pixelsPerMm;
    fillEdges(raster, letterEdges(text, { x: xMm * pixelsPerMm, y: yMm * pixelsPerMm, sizePx }));
  }
  for (const line of caption.lines) fillEdges(raster, barEdges(line, pixelsPerMm));
  return { ...picture, rows, columns, samples };
};

/** A line as a thin rectangle. */
const barEdges = ({ fromMm, toMm }: Caption['lines'][number], pixelsPerMm: number): Edge[] => {
  const half = LINE_MM / 2;
  const [left, right] = [(fromMm[0] - half) * pixelsPerMm, (toMm[0] + half) * pixelsPerMm];
  const [top, bottom] = [(fromMm[1] - half) * pixelsPerMm, (toMm[1] + half) * pixelsPerMm];
  return [
    { x0: left, y0: bottom, x1: left, y1: top },
    { x0: right, y0: top, x1: right, y1: bottom },
  ];
};

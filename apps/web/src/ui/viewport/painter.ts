import type { Frame } from './frame.ts';
import { resample, type Covered } from './resample.ts';
import type { Size, ViewGeometry } from './view-geometry.ts';
import { fillWindowTable, TABLE_SIZE, type GreyWindow } from './window-table.ts';

export interface Picture {
  readonly frame: Frame | null;
  readonly view: ViewGeometry | null;
  readonly screen: Size;
  readonly window: GreyWindow | null;
  readonly isInvertedByReader: boolean;
}

/**
 * Paints in two steps and keeps what has not changed: the visible samples (again only when the image or its place
 * changes), then a table look-up for each (all that windowing costs).
 */
export const createPainter = () => {
  const table = new Uint32Array(TABLE_SIZE);
  let canvas: HTMLCanvasElement | null = null;
  let grey = new Uint16Array(0);
  let colour = new Uint32Array(0);
  let pixels: ImageData | null = null;
  let covered: Covered = { left: 0, top: 0, width: 0, height: 0 };
  let sampled: Picture | null = null;

  const sample = (picture: Picture, frame: Frame, view: ViewGeometry): void => {
    const isSame =
      sampled?.frame === frame &&
      sampled.view === view &&
      sampled.screen.width === picture.screen.width &&
      sampled.screen.height === picture.screen.height;
    if (isSame) return;
    const size = picture.screen.width * picture.screen.height;
    if (frame.head.kind === 'colour') {
      if (colour.length < size) colour = new Uint32Array(size);
      covered = resample(frame, view, picture.screen, colour);
    } else {
      if (grey.length < size) grey = new Uint16Array(size);
      covered = resample(frame, view, picture.screen, grey);
    }
    sampled = picture;
  };

  return {
    attach: (next: HTMLCanvasElement | null): void => {
      canvas = next;
      sampled = null;
    },
    paint: (picture: Picture): void => {
      const { frame, view, window, screen } = picture;
      const context = canvas?.getContext('2d', { alpha: false });
      if (!canvas || !context || screen.width === 0) return;
      if (canvas.width !== screen.width || canvas.height !== screen.height) {
        canvas.width = screen.width;
        canvas.height = screen.height;
      }
      if (!frame || !view || !window) {
        context.fillRect(0, 0, screen.width, screen.height);
        return;
      }
      sample(picture, frame, view);
      clearAround(context, screen, covered);
      if (covered.width === 0 || covered.height === 0) return;
      if (pixels?.width !== covered.width || pixels.height !== covered.height) {
        pixels = context.createImageData(covered.width, covered.height);
      }
      const out = new Uint32Array(pixels.data.buffer);
      if (frame.head.kind === 'colour') {
        for (let index = 0; index < out.length; index += 1) {
          out[index] = picture.isInvertedByReader ? colour[index]! ^ 0x00ff_ffff : colour[index]!;
        }
      } else {
        const { rescaleSlope, rescaleIntercept, sampleType, isInverted } = frame.head;
        fillWindowTable(table, {
          ...window,
          rescaleSlope,
          rescaleIntercept,
          isSigned: sampleType === 'int16',
          isInverted: isInverted !== picture.isInvertedByReader,
        });
        for (let index = 0; index < out.length; index += 1) out[index] = table[grey[index]!]!;
      }
      context.putImageData(pixels, covered.left, covered.top);
    },
  };
};

/** Black wherever the image is not; clearing under it as well would flicker on slow screens. */
const clearAround = (context: CanvasRenderingContext2D, screen: Size, { left, top, width, height }: Covered): void => {
  context.fillStyle = '#000';
  context.fillRect(0, 0, screen.width, top);
  context.fillRect(0, top + height, screen.width, screen.height - top - height);
  context.fillRect(0, top, left, height);
  context.fillRect(left + width, top, screen.width - left - width, height);
};

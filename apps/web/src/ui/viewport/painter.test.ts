import { describe, expect, it } from 'vitest';
import type { Frame } from './frame.ts';
import { createPainter, type Picture } from './painter.ts';

/** A canvas that keeps what was put on it; everything else the painter does to it may vanish. */
const recordingCanvas = () => {
  const shown: { pixels: number[]; left: number; top: number }[] = [];
  const context = {
    fillStyle: '',
    fillRect: () => undefined,
    createImageData: (width: number, height: number) => ({
      width,
      height,
      data: new Uint8ClampedArray(width * height * 4),
    }),
    putImageData: (image: { data: Uint8ClampedArray }, left: number, top: number) => {
      shown.push({ pixels: [...image.data], left, top });
    },
  };
  const canvas = { width: 0, height: 0, getContext: () => context } as unknown as HTMLCanvasElement;
  const reds = (): number[] => (shown.at(-1)?.pixels ?? []).filter((_value, index) => index % 4 === 0);
  return { canvas, shown, reds };
};

const frameOf = (samples: Frame['samples'], head: Partial<Frame['head']> = {}): Frame => ({
  samples,
  head: {
    rows: 1,
    columns: 3,
    fullRows: 1,
    fullColumns: 3,
    kind: 'grayscale',
    sampleType: 'uint16',
    isInverted: false,
    rescaleSlope: 1,
    rescaleIntercept: 0,
    minStored: 0,
    maxStored: 255,
    windows: [],
    pixelSpacingMm: null,
    pixelSpacingSource: null,
    numberOfFrames: 1,
    ...head,
  },
});
const pictureOf = (frame: Frame, part: Partial<Picture> = {}): Picture => ({
  frame,
  view: { zoom: 1, center: { x: 1.5, y: 0.5 }, quarterTurns: 0, isFlipped: false },
  screen: { width: 3, height: 1 },
  // Centre 128 and width 256 show 0 to 255 as they are.
  window: { center: 128, width: 256 },
  isInvertedByReader: false,
  ...part,
});
const ramp = Uint16Array.of(0, 100, 255);

describe('painter', () => {
  it('keeps each image its own way round in a mixed stack, whichever was shown before', () => {
    const { canvas, reds } = recordingCanvas();
    const painter = createPainter();
    painter.attach(canvas);
    const monochrome2 = pictureOf(frameOf(ramp));
    const monochrome1 = pictureOf(frameOf(ramp, { isInverted: true }));
    for (let round = 0; round < 2; round += 1) {
      painter.paint(monochrome2);
      expect(reds()).toEqual([0, 100, 255]);
      painter.paint(monochrome1);
      expect(reds()).toEqual([255, 155, 0]);
    }
  });

  it('turns around what the reader turns around, MONOCHROME1 included', () => {
    const { canvas, reds } = recordingCanvas();
    const painter = createPainter();
    painter.attach(canvas);
    painter.paint(pictureOf(frameOf(ramp, { isInverted: true }), { isInvertedByReader: true }));
    expect(reds()).toEqual([0, 100, 255]);
  });

  it('windows again without sampling again, and samples again when the image changes', () => {
    const { canvas, reds } = recordingCanvas();
    const painter = createPainter();
    painter.attach(canvas);
    const first = pictureOf(frameOf(ramp));
    painter.paint(first);
    painter.paint({ ...first, window: { center: 100.5, width: 1 } });
    expect(reds()).toEqual([0, 0, 255]);
    painter.paint(pictureOf(frameOf(Uint16Array.of(255, 0, 0))));
    expect(reds()).toEqual([255, 0, 0]);
  });

  it('shows a colour image between two grey ones unchanged by the window', () => {
    const { canvas, shown, reds } = recordingCanvas();
    const painter = createPainter();
    painter.attach(canvas);
    const colour = frameOf(Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90), { kind: 'colour', sampleType: 'uint8' });
    painter.paint(pictureOf(frameOf(ramp)));
    painter.paint(pictureOf(colour, { window: { center: 0, width: 1 } }));
    expect(shown.at(-1)?.pixels).toEqual([10, 20, 30, 255, 40, 50, 60, 255, 70, 80, 90, 255]);
    painter.paint(pictureOf(frameOf(ramp)));
    expect(reds()).toEqual([0, 100, 255]);
  });

  it('reads signed samples with their rescale: −1000 … at slope 1 and intercept 1000 is 0', () => {
    const { canvas, reds } = recordingCanvas();
    const painter = createPainter();
    painter.attach(canvas);
    const signed = frameOf(Int16Array.of(-1000, -900, -745), { sampleType: 'int16', rescaleIntercept: 1000 });
    painter.paint(pictureOf(signed));
    expect(reds()).toEqual([0, 100, 255]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Frame } from './frame.ts';
import { resample } from './resample.ts';
import type { ViewGeometry } from './view-geometry.ts';

const head = {
  rows: 2,
  columns: 3,
  fullRows: 2,
  fullColumns: 3,
  kind: 'grayscale' as const,
  sampleType: 'uint16' as const,
  isInverted: false,
  rescaleSlope: 1,
  rescaleIntercept: 0,
  minStored: 0,
  maxStored: 600,
  windows: [],
  pixelSpacingMm: null,
  pixelSpacingSource: null,
  numberOfFrames: 1,
};
const frame: Frame = { head, samples: Uint16Array.of(100, 200, 300, 400, 500, 600) };
const oneToOne: ViewGeometry = { zoom: 1, center: { x: 1.5, y: 1 }, quarterTurns: 0, isFlipped: false };

describe('resample', () => {
  it('gives the samples themselves at 1:1', () => {
    const target = new Uint16Array(6);
    expect(resample(frame, oneToOne, { width: 3, height: 2 }, target)).toEqual({
      left: 0,
      top: 0,
      width: 3,
      height: 2,
    });
    expect([...target]).toEqual([100, 200, 300, 400, 500, 600]);
  });

  it('says which part of a larger screen is covered', () => {
    const covered = resample(frame, oneToOne, { width: 7, height: 4 }, new Uint16Array(28));
    expect(covered).toEqual({ left: 2, top: 1, width: 3, height: 2 });
  });

  it('turns clockwise: the first column becomes the first row, from the right', () => {
    const target = new Uint16Array(6);
    resample(frame, { ...oneToOne, quarterTurns: 1 }, { width: 2, height: 3 }, target);
    expect([...target]).toEqual([400, 100, 500, 200, 600, 300]);
  });

  it('flips left and right', () => {
    const target = new Uint16Array(6);
    resample(frame, { ...oneToOne, isFlipped: true }, { width: 3, height: 2 }, target);
    expect([...target]).toEqual([300, 200, 100, 600, 500, 400]);
  });

  it('interpolates between neighbours: at zoom 2 a quarter of the way from 100 to 200 is 125', () => {
    const target = new Uint16Array(24);
    resample(frame, { ...oneToOne, zoom: 2 }, { width: 6, height: 4 }, target);
    expect([...target.slice(0, 6)]).toEqual([100, 125, 175, 225, 275, 300]);
    // A quarter down from 100 to 400 at the left border.
    expect(target[6]).toBe(175);
  });

  it('keeps negative samples', () => {
    const signed: Frame = {
      head: { ...head, sampleType: 'int16' },
      samples: Int16Array.of(-1000, -900, -800, -700, -600, -500),
    };
    const target = new Uint16Array(6);
    resample(signed, oneToOne, { width: 3, height: 2 }, target);
    expect([...new Int16Array(target.buffer)]).toEqual([-1000, -900, -800, -700, -600, -500]);
  });

  it('shows a reduced frame at the size of the full one', () => {
    const reduced: Frame = { head: { ...head, fullRows: 4, fullColumns: 6 }, samples: frame.samples };
    const covered = resample(
      reduced,
      { ...oneToOne, zoom: 0.5, center: { x: 3, y: 2 } },
      { width: 3, height: 2 },
      new Uint16Array(6),
    );
    expect(covered).toEqual({ left: 0, top: 0, width: 3, height: 2 });
  });

  it('packs colour as red, green, blue, opaque', () => {
    const colour: Frame = {
      head: { ...head, kind: 'colour', sampleType: 'uint8', rows: 1, columns: 1, fullRows: 1, fullColumns: 1 },
      samples: Uint8Array.of(10, 20, 30),
    };
    const target = new Uint32Array(1);
    resample(colour, { ...oneToOne, center: { x: 0.5, y: 0.5 } }, { width: 1, height: 1 }, target);
    expect([...new Uint8Array(target.buffer)]).toEqual([10, 20, 30, 255]);
  });
});

import { describe, expect, it } from 'vitest';
import { otherSeries, scrolled, seriesOf, slotsOf } from './image-slots.ts';

const image = (seriesInstanceUid: string, sopInstanceUid: string, numberOfFrames = 1) => ({
  sopInstanceUid,
  seriesInstanceUid,
  seriesDescription: '',
  instanceNumber: null,
  rowDirection: null,
  numberOfFrames,
  rows: 10,
  columns: 20,
});
const images = [image('1', '1.1'), image('1', '1.2'), image('2', '2.1', 3)];

describe('image slots', () => {
  it('has a slot for every frame', () => {
    expect(slotsOf(images).map((slot) => `${slot.sopInstanceUid}/${slot.frame}`)).toEqual([
      '1.1/0',
      '1.2/0',
      '2.1/0',
      '2.1/1',
      '2.1/2',
    ]);
  });
  it('knows where each series begins', () => {
    expect(seriesOf(images)).toEqual([
      { seriesInstanceUid: '1', first: 0, image: 0, count: 2 },
      { seriesInstanceUid: '2', first: 2, image: 2, count: 3 },
    ]);
  });
  it('scrolls within a series only', () => {
    const spans = seriesOf(images);
    expect(scrolled(spans, 0, 5)).toBe(1);
    expect(scrolled(spans, 3, -9)).toBe(2);
  });
  it('goes from series to series and stays at the ends', () => {
    const spans = seriesOf(images);
    expect(otherSeries(spans, 1, 1)).toBe(2);
    expect(otherSeries(spans, 4, 1)).toBe(4);
    expect(otherSeries(spans, 4, -1)).toBe(0);
  });
});

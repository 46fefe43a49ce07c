import { expect, it } from 'vitest';
import { placesOf, regionPlaces, shareOf } from './drawn-regions.ts';

const image = { number: 1, rows: 100, columns: 200, numberOfFrames: 1, sizeBytes: 1, sopInstanceUid: '', sha256: '' };

it('turns a rectangle into shares and back, cut at the edges of the picture', () => {
  const share = shareOf({ x: 50, y: 25, width: 100, height: 50 }, image);
  expect(share).toEqual({ x: 0.25, y: 0.25, width: 0.5, height: 0.5 });
  expect(regionPlaces([share], image)).toMatchObject([{ x: 50, y: 25, width: 100, height: 50 }]);
  expect(shareOf({ x: -10, y: 90, width: 20, height: 30 }, image)).toEqual({
    x: 0,
    y: 0.9,
    width: 0.05,
    height: 1 - 0.9,
  });
});

it('draws the places of a radiograph, and none over a stack or of another shape', () => {
  const places = [{ x: 1, y: 2, width: 3, height: 4, code: 'D03' }, { code: 'D04' }];
  expect(placesOf({ places, images: [image] }, image)).toHaveLength(1);
  expect(placesOf({ places, images: [image, image] }, image)).toEqual([]);
});

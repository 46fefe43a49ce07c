import type { TeachingCase } from '@jiapian/contract';
import type { PictureRegion } from '@jiapian/rules';
import type { Box } from '../ui/viewport/box.ts';
import type { DrawnPlace } from '../ui/viewport/place-layer.tsx';

type Image = TeachingCase['images'][number];

/** A rectangle in pixels as shares of the picture, cut at its edges. */
export const shareOf = (box: Box, { rows, columns }: Pick<Image, 'rows' | 'columns'>): PictureRegion => {
  const within = (value: number): number => Math.min(1, Math.max(0, value));
  const [left, top] = [within(box.x / columns), within(box.y / rows)];
  const [right, bottom] = [within((box.x + box.width) / columns), within((box.y + box.height) / rows)];
  return { x: left, y: top, width: right - left, height: bottom - top };
};

/** Rectangles that are to be painted black, drawn on the picture. */
export const regionPlaces = (regions: readonly PictureRegion[], { rows, columns }: Image): DrawnPlace[] =>
  regions.map((region, index) => ({
    id: String(index),
    number: index + 1,
    label: '',
    x: region.x * columns,
    y: region.y * rows,
    width: region.width * columns,
    height: region.height * rows,
  }));

/** Where the reading marked its defects; of a radiograph, whose only picture it is. */
export const placesOf = ({ places, images }: Pick<TeachingCase, 'places' | 'images'>, image: Image): DrawnPlace[] => {
  if (images.length !== 1 || image !== images[0]) return [];
  return places.flatMap((place, index): DrawnPlace[] => {
    const { x, y, width, height } = place as Partial<Record<'x' | 'y' | 'width' | 'height', unknown>>;
    const box = [x, y, width, height].filter((value) => typeof value === 'number');
    const [left, top, wide, high] = box;
    if (left === undefined || top === undefined || wide === undefined || high === undefined) return [];
    return [{ id: String(index), number: index + 1, label: '', x: left, y: top, width: wide, height: high }];
  });
};

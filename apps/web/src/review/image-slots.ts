import type { FilmDetail } from '@jiapian/contract';
import type { ViewportImage } from '../ui/viewport/viewport-core.ts';

/** One step of the stack for every frame of every image, in the order of the exam. */
export const slotsOf = (images: FilmDetail['images']): readonly ViewportImage[] =>
  images.flatMap((image) =>
    Array.from({ length: Math.max(1, image.numberOfFrames) }, (_, frame) => ({
      sopInstanceUid: image.sopInstanceUid,
      seriesInstanceUid: image.seriesInstanceUid,
      frame,
      rows: image.rows,
      columns: image.columns,
    })),
  );

export interface SeriesSpan {
  readonly seriesInstanceUid: string;
  /** First slot, first image and number of slots. */
  readonly first: number;
  readonly image: number;
  readonly count: number;
}

/** Where each series begins in the slots. */
export const seriesOf = (images: FilmDetail['images']): readonly SeriesSpan[] => {
  const spans: SeriesSpan[] = [];
  let slot = 0;
  for (const [index, image] of images.entries()) {
    const frames = Math.max(1, image.numberOfFrames);
    const last = spans.at(-1);
    if (last?.seriesInstanceUid === image.seriesInstanceUid) {
      spans[spans.length - 1] = { ...last, count: last.count + frames };
    } else spans.push({ seriesInstanceUid: image.seriesInstanceUid, first: slot, image: index, count: frames });
    slot += frames;
  }
  return spans;
};

/** The slot in the middle of a series; -1 when the exam does not have it. */
export const middleOf = (spans: readonly SeriesSpan[], seriesInstanceUid: string): number => {
  const span = spans.find((each) => each.seriesInstanceUid === seriesInstanceUid);
  return span ? span.first + Math.floor(span.count / 2) : -1;
};

/** First slot of the series before or after the one that holds `slot`; the same slot at either end. */
export const otherSeries = (spans: readonly SeriesSpan[], slot: number, step: 1 | -1): number => {
  const place = spans.findIndex((span) => slot >= span.first && slot < span.first + span.count);
  return spans[place + step]?.first ?? slot;
};

/** `steps` further in the same series, stopping at its ends. */
export const scrolled = (spans: readonly SeriesSpan[], slot: number, steps: number): number => {
  const span = spans.find((each) => slot >= each.first && slot < each.first + each.count);
  if (!span) return slot;
  return Math.min(span.first + span.count - 1, Math.max(span.first, slot + steps));
};

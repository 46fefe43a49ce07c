/** A rectangle of a picture as shares of its width and height, 0 at the left and the top, 1 at the right and bottom. */
export interface PictureRegion {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Share of width and height that each corner mask covers: where devices burn in names, rooms and times. [PD] */
export const cornerShare = { width: 0.26, height: 0.12 } as const;

/** The four corners of a picture, for a fully blind reading (全盲) and for the teaching file. */
export const cornerRegions: readonly PictureRegion[] = [0, 1 - cornerShare.width].flatMap((x) =>
  [0, 1 - cornerShare.height].map((y) => ({ x, y, ...cornerShare })),
);

/** Rows and columns that a region covers: from inside, to outside. */
export interface PixelBox {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** The region in pixels of a picture of this size, rounded outward: a pixel that is touched is covered. */
export const pixelBoxOf = (region: PictureRegion, size: { rows: number; columns: number }): PixelBox => {
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return {
    fromRow: within(Math.floor(region.y * size.rows), size.rows),
    toRow: within(Math.ceil((region.y + region.height) * size.rows), size.rows),
    fromColumn: within(Math.floor(region.x * size.columns), size.columns),
    toColumn: within(Math.ceil((region.x + region.width) * size.columns), size.columns),
  };
};

/** A rectangle of a picture in pixels: from inside, to outside. */
export interface PixelBox {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

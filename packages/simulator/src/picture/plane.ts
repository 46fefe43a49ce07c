/** A row-major picture of line integrals (or any value) with square pixels; (0, 0) mm is its centre, y points down. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly pitchMm: number;
  readonly data: Float32Array;
}

export function planeOf(width: number, height: number, pitchMm: number): Plane {
  return { width, height, pitchMm, data: new Float32Array(width * height) };
}

/** A rectangle of a plane with the distance (mm) of each pixel to the edge of a shape: positive inside, 0 outside. */
export interface Field {
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
  readonly edgeMm: Float32Array;
  /** Local radius of a tube; absent for outlines. */
  readonly radiusMm?: Float32Array;
}

/** Adds what `integral` answers for each pixel inside the field. Coordinates handed over are mm. */
export function addField(
  plane: Plane,
  field: Field,
  integral: (edgeMm: number, radiusMm: number, xMm: number, yMm: number, index: number) => number,
): void {
  const { pitchMm: pitch, width, data } = plane;
  for (let y = 0; y < field.height; y++) {
    const yMm = (field.y0 + y - plane.height / 2) * pitch;
    for (let x = 0; x < field.width; x++) {
      const at = y * field.width + x;
      const edge = field.edgeMm[at] as number;
      if (edge <= 0) continue;
      const to = (field.y0 + y) * width + field.x0 + x;
      const xMm = (field.x0 + x - width / 2) * pitch;
      data[to] = (data[to] as number) + integral(edge, field.radiusMm?.[at] ?? 0, xMm, yMm, to);
    }
  }
}

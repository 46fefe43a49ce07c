import { blurInPlace } from './blur.ts';
import type { Field, Plane } from './plane.ts';

export type Point = readonly [x: number, y: number];
/** A point of a tube's axis with the radius there, all in mm. */
export type Station = readonly [x: number, y: number, radius: number];

const SPLINE_STEPS = 8;
/** Larger shapes have soft borders anyway; smaller ones (bones) would show the steps of the pixel raster. */
const SMOOTHED_PIXELS = 700_000;

/** Distance field of a closed smooth outline (Catmull-Rom through the points); `corners` keeps straight edges. */
export function outlineField(plane: Plane, points: readonly Point[], corners = false): Field {
  const curve = corners ? points : closedSpline(points);
  const { pitchMm: pitch } = plane;
  const px = curve.map(([x, y]) => [x / pitch + plane.width / 2, y / pitch + plane.height / 2] as const);
  const box = boxOf(px, plane);
  const mask = fillPolygon(px, box);
  const edgeMm = distanceInside(mask, box, plane);
  if (edgeMm.length <= SMOOTHED_PIXELS) blurInPlace(edgeMm, box.width, box.height, 0.7);
  return { ...box, edgeMm };
}

/** Distance field of a tube along a smooth axis; where it overlaps itself the deeper value counts. */
export function tubeField(plane: Plane, stations: readonly Station[], straight = false): Field {
  const axis = straight ? stations : openSpline(stations);
  return segmentsField(
    plane,
    axis.slice(1).map((to, i) => [axis[i] as Station, to] as const),
  );
}

/** Distance field of many tube segments at once. */
export function segmentsField(plane: Plane, segments: readonly (readonly [Station, Station])[]): Field {
  const { pitchMm: pitch } = plane;
  const toPx = ([x, y, r]: Station): Station => [x / pitch + plane.width / 2, y / pitch + plane.height / 2, r / pitch];
  const px = segments.map(([from, to]) => [toPx(from), toPx(to)] as const);
  const reach = px.flat().flatMap(([x, y, r]) => [[x - r, y - r] as const, [x + r, y + r] as const]);
  const box = boxOf(reach, plane);
  const edgeMm = new Float32Array(box.width * box.height);
  const radiusMm = new Float32Array(box.width * box.height);
  for (const [from, to] of px) drawSegment(from, to, box, { edgeMm, radiusMm, pitch });
  return { ...box, edgeMm, radiusMm };
}

interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
}

function drawSegment(
  [ax, ay, ar]: Station,
  [bx, by, br]: Station,
  box: Box,
  out: { edgeMm: Float32Array; radiusMm: Float32Array; pitch: number },
): void {
  const r = Math.max(ar, br);
  const left = Math.max(box.x0, Math.floor(Math.min(ax, bx) - r));
  const right = Math.min(box.x0 + box.width - 1, Math.ceil(Math.max(ax, bx) + r));
  const top = Math.max(box.y0, Math.floor(Math.min(ay, by) - r));
  const bottom = Math.min(box.y0 + box.height - 1, Math.ceil(Math.max(ay, by) + r));
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy || 1e-9;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const raw = ((x - ax) * dx + (y - ay) * dy) / length2;
      const t = raw < 0 ? 0 : raw > 1 ? 1 : raw;
      const ex = x - ax - t * dx;
      const ey = y - ay - t * dy;
      const local = ar + (br - ar) * t;
      const d2 = ex * ex + ey * ey;
      if (d2 >= local * local) continue;
      const edge = (local - Math.sqrt(d2)) * out.pitch;
      const at = (y - box.y0) * box.width + x - box.x0;
      if (edge <= (out.edgeMm[at] as number)) continue;
      out.edgeMm[at] = edge;
      out.radiusMm[at] = local * out.pitch;
    }
  }
}

export function closedSpline(points: readonly Point[]): Point[] {
  const out: Point[] = [];
  const n = points.length;
  for (let i = 0; i < n; i++) {
    const [p0, p1, p2, p3] = [-1, 0, 1, 2].map((k) => points[(i + k + n) % n] as Point) as [Point, Point, Point, Point];
    for (let s = 0; s < SPLINE_STEPS; s++) {
      const t = s / SPLINE_STEPS;
      out.push([catmull(p0[0], p1[0], p2[0], p3[0], t), catmull(p0[1], p1[1], p2[1], p3[1], t)]);
    }
  }
  return out;
}

function openSpline(points: readonly Station[]): Station[] {
  const out: Station[] = [];
  const last = points.length - 1;
  for (let i = 0; i < last; i++) {
    const [p0, p1, p2, p3] = [-1, 0, 1, 2].map((k) => points[Math.min(last, Math.max(0, i + k))] as Station) as [
      Station,
      Station,
      Station,
      Station,
    ];
    for (let s = 0; s < SPLINE_STEPS; s++) {
      const t = s / SPLINE_STEPS;
      out.push([
        catmull(p0[0], p1[0], p2[0], p3[0], t),
        catmull(p0[1], p1[1], p2[1], p3[1], t),
        catmull(p0[2], p1[2], p2[2], p3[2], t),
      ]);
    }
  }
  out.push(points[last] as Station);
  return out;
}

function catmull(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

function boxOf(points: readonly Point[] | readonly (readonly [number, number])[], plane: Plane): Box {
  let [left, top, right, bottom] = [plane.width, plane.height, -1, -1];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const x0 = Math.max(0, Math.floor(left) - 1);
  const y0 = Math.max(0, Math.floor(top) - 1);
  return {
    x0,
    y0,
    width: Math.max(0, Math.min(plane.width, Math.ceil(right) + 2) - x0),
    height: Math.max(0, Math.min(plane.height, Math.ceil(bottom) + 2) - y0),
  };
}

function fillPolygon(points: readonly Point[], box: Box): Uint8Array {
  const mask = new Uint8Array(box.width * box.height);
  const crossings: number[] = [];
  for (let y = 0; y < box.height; y++) {
    const at = box.y0 + y;
    crossings.length = 0;
    for (let i = 0; i < points.length; i++) {
      const [ax, ay] = points[i] as Point;
      const [bx, by] = points[(i + 1) % points.length] as Point;
      if (ay > at !== by > at) crossings.push(ax + ((at - ay) / (by - ay)) * (bx - ax));
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil((crossings[i] as number) - box.x0));
      const to = Math.min(box.width - 1, Math.floor((crossings[i + 1] as number) - box.x0));
      if (to >= from) mask.fill(1, y * box.width + from, y * box.width + to + 1);
    }
  }
  return mask;
}

/** Exact Euclidean distance to the nearest outside pixel (Felzenszwalb and Huttenlocher 2012); the plane's border is no edge. */
function distanceInside(mask: Uint8Array, box: Box, plane: Plane): Float32Array {
  const { width, height } = box;
  const far = 1e6;
  const column = new Float32Array(width * height);
  const openTop = box.y0 === 0;
  const openBottom = box.y0 + height === plane.height;
  for (let x = 0; x < width; x++) {
    let gap = openTop ? far : 0;
    for (let y = 0; y < height; y++) {
      gap = mask[y * width + x] === 1 ? gap + 1 : 0;
      column[y * width + x] = gap;
    }
    gap = openBottom ? far : 0;
    for (let y = height - 1; y >= 0; y--) {
      gap = mask[y * width + x] === 1 ? gap + 1 : 0;
      if (gap < (column[y * width + x] as number)) column[y * width + x] = gap;
    }
  }
  const out = new Float32Array(width * height);
  const v = new Int32Array(width + 1);
  const z = new Float64Array(width + 2);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let k = 0;
    v[0] = 0;
    z[0] = -1e20;
    z[1] = 1e20;
    for (let q = 1; q < width; q++) {
      const fq = (column[row + q] as number) ** 2 + q * q;
      let s = 0;
      for (;;) {
        const p = v[k] as number;
        s = (fq - ((column[row + p] as number) ** 2 + p * p)) / (2 * q - 2 * p);
        if (s > (z[k] as number)) break;
        k--;
      }
      k++;
      v[k] = q;
      z[k] = s;
      z[k + 1] = 1e20;
    }
    k = 0;
    for (let q = 0; q < width; q++) {
      while ((z[k + 1] as number) < q) k++;
      if (mask[row + q] !== 1) continue;
      const p = v[k] as number;
      out[row + q] = Math.sqrt((q - p) ** 2 + (column[row + p] as number) ** 2) * plane.pitchMm;
    }
  }
  return out;
}

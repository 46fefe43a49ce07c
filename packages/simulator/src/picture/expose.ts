import { blurInPlace, clamp, wideBlur } from './blur.ts';
import type { Plane } from './plane.ts';
import { randomOf, type Random } from './random.ts';

export interface Beam {
  /** Detector air kerma behind no object relative to the usual exposure of this position; 1 is as intended. */
  readonly dose: number;
  /** Photons per half-resolution pixel in the open beam at dose 1. */
  readonly openPhotons: number;
  /** Scatter as a share of the local mean primary signal that passes the grid. */
  readonly scatter: number;
  /** System blur, mm (standard deviation). */
  readonly blurMm: number;
  /** Movement during the exposure, mm along the body axis. */
  readonly motionMm: number;
  /** Offset of a second exposure on the same detector read-out, mm. */
  readonly secondExposureMm?: readonly [number, number];
  /** Amplitude of grid lines in the logarithmic signal, and their period in pixels of the half-resolution plane. */
  readonly gridLines?: { readonly amplitude: number; readonly periodPx: number };
}

/** Exposed field in mm from the picture's centre. */
export interface FieldEdges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Processing {
  /** Share of the wide-area contrast that is kept: dynamic range compression. */
  readonly compression: number;
  readonly enhancement: number;
  /** Range of the processed signal that the 12-bit scale spans, as fractions of its histogram in the field. */
  readonly lowShare: number;
  readonly highShare: number;
  readonly gamma: number;
  /** Whether the device blackens what lies outside the exposed field. */
  readonly isShuttered?: boolean;
}

/** Defects of the detector, in full-resolution columns and rows. */
export interface DetectorFaults {
  readonly deadColumns: readonly number[];
  readonly stitchRow?: number;
  readonly stitchOffset?: number;
}

export interface Film {
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Uint16Array;
  /** Median relative detector signal inside the exposed field behind the patient. */
  readonly detectorSignal: number;
}

/** Detector signal at which read-out saturates, relative to the open beam at dose 1. */
const SATURATION = 1.6;
export const FILM_BITS = 12;
export const FILM_MAXIMUM = (1 << FILM_BITS) - 1;
/** Leakage through closed collimator blades. */
const LEAKAGE = 0.0006;
/** Electronic noise of the read-out as photons. */
const READOUT_PHOTONS = 6;

/** Turns line integrals into a displayed film (bright bone, 12 bits) of twice the plane's size. */
export function exposeFilm(
  plane: Plane,
  settings: { beam: Beam; field: FieldEdges; processing: Processing; faults: DetectorFaults; random: Random },
): Film {
  const { beam, field, processing, faults, random } = settings;
  const { width, height, pitchMm } = plane;
  const signal = detectorSignal(plane, beam, field);
  const inside = insideField(plane, field);
  const behindPatient = medianOf(signal, inside);
  const ceiling = SATURATION / beam.dose;
  const sigma = new Float32Array(signal.length);
  const open = new Uint8Array(signal.length);
  for (let i = 0; i < signal.length; i++) open[i] = (signal[i] as number) > OPEN_BEAM ? 1 : 0;
  const isBehindPatient = (index: number): boolean => open[index] === 0;
  const log = signal;
  for (let i = 0; i < log.length; i++) {
    const s = Math.min(ceiling, Math.max(1e-5, log[i] as number));
    const photons = beam.openPhotons * beam.dose * s;
    sigma[i] = Math.min(0.6, Math.sqrt(photons + READOUT_PHOTONS) / (photons + 1));
    log[i] = -Math.log(s);
  }
  const wide = wideBlur(log, width, height, 9 / pitchMm);
  const near = wideBlur(log, width, height, 2 / pitchMm);
  for (let i = 0; i < log.length; i++) {
    const value = log[i] as number;
    const w = wide[i] as number;
    const n = near[i] as number;
    const bare = Math.max(0, (Math.exp(-value) - OPEN_FROM) / (1 - OPEN_FROM));
    log[i] = w * processing.compression + (n - w) + (value - n) * processing.enhancement - bare;
  }
  const scale = displayScale(log, (i) => inside(i) && isBehindPatient(i), processing);
  const pixels = developFullSize({ log, sigma, width, height }, scale, { faults, random, beam });
  if (processing.isShuttered === true) shutter(pixels, plane, field);
  return { rows: height * 2, columns: width * 2, pixels, detectorSignal: behindPatient * beam.dose };
}

function detectorSignal(plane: Plane, beam: Beam, field: FieldEdges): Float32Array {
  const { width, height, pitchMm, data } = plane;
  const primary = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) primary[i] = Math.exp(-(data[i] as number));
  if (beam.secondExposureMm !== undefined) addSecondExposure(primary, plane, beam.secondExposureMm);
  applyCollimator(primary, plane, field);
  const scatter = wideBlur(primary, width, height, 22 / pitchMm);
  for (let i = 0; i < primary.length; i++) {
    primary[i] = (primary[i] as number) + beam.scatter * (scatter[i] as number) + LEAKAGE;
  }
  blurInPlace(primary, width, height, beam.blurMm / pitchMm);
  if (beam.motionMm > 0) smearRows(primary, width, height, Math.round(beam.motionMm / pitchMm));
  return primary;
}

function addSecondExposure(primary: Float32Array, plane: Plane, [dx, dy]: readonly [number, number]): void {
  const [sx, sy] = [Math.round(dx / plane.pitchMm), Math.round(dy / plane.pitchMm)];
  const first = primary.slice();
  for (let y = 0; y < plane.height; y++) {
    const from = clamp(y - sy, 0, plane.height - 1) * plane.width;
    for (let x = 0; x < plane.width; x++) {
      const other = first[from + clamp(x - sx, 0, plane.width - 1)] as number;
      primary[y * plane.width + x] = 0.55 * (primary[y * plane.width + x] as number) + 0.45 * other;
    }
  }
}

function applyCollimator(primary: Float32Array, plane: Plane, field: FieldEdges): void {
  const penumbraMm = 1.2;
  const across = Float32Array.from({ length: plane.width }, (_, x) => {
    const mm = (x - plane.width / 2) * plane.pitchMm;
    return edge(mm - field.left, penumbraMm) * edge(field.right - mm, penumbraMm);
  });
  for (let y = 0; y < plane.height; y++) {
    const mm = (y - plane.height / 2) * plane.pitchMm;
    const down = edge(mm - field.top, penumbraMm) * edge(field.bottom - mm, penumbraMm);
    for (let x = 0; x < plane.width; x++) {
      const at = y * plane.width + x;
      primary[at] = (primary[at] as number) * down * (across[x] as number);
    }
  }
}

const edge = (mm: number, width: number): number => clamp(mm / width + 0.5, 0, 1);

function smearRows(data: Float32Array, width: number, height: number, length: number): void {
  const column = new Float32Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = data[y * width + x] as number;
    let sum = 0;
    for (let y = 0; y < height + length; y++) {
      if (y < height) sum += column[y] as number;
      if (y >= length) sum -= column[y - length] as number;
      const to = y - (length >> 1);
      if (to >= 0 && to < height) data[to * width + x] = sum / Math.min(length, y + 1, height + length - y);
    }
  }
}

function insideField(plane: Plane, field: FieldEdges): (index: number) => boolean {
  return (index) => {
    const x = ((index % plane.width) - plane.width / 2) * plane.pitchMm;
    const y = (Math.floor(index / plane.width) - plane.height / 2) * plane.pitchMm;
    return x > field.left + 3 && x < field.right - 3 && y > field.top + 3 && y < field.bottom - 3;
  };
}

/** Every 37th pixel is enough for a histogram and shares no factor with usual widths. */
const HISTOGRAM_STEP = 37;

function samplesOf(data: Float32Array, inside: (index: number) => boolean): Float32Array {
  const list: number[] = [];
  for (let i = 0; i < data.length; i += HISTOGRAM_STEP) if (inside(i)) list.push(data[i] as number);
  return Float32Array.from(list).sort();
}

/** Signal above which a detector element is taken to be in the open beam. */
const OPEN_BEAM = 0.85;
/** Signal from which the display darkens towards the open beam, so that bare detector is black. */
const OPEN_FROM = 0.55;

function medianOf(signal: Float32Array, inside: (index: number) => boolean): number {
  const list = samplesOf(signal, (i) => inside(i) && (signal[i] as number) < OPEN_BEAM);
  return list[list.length >> 1] ?? 0;
}

interface DisplayScale {
  readonly low: number;
  readonly span: number;
  readonly gamma: number;
}

function displayScale(log: Float32Array, inside: (index: number) => boolean, processing: Processing): DisplayScale {
  const list = samplesOf(log, inside);
  const at = (share: number): number => list[Math.floor(clamp(share, 0, 1) * (list.length - 1))] ?? 0;
  const [low, high] = [at(processing.lowShare), at(processing.highShare)];
  const span = Math.max(0.05, high - low);
  return { low: low - HEADROOM * span, span: span * (1 + 1.4 * HEADROOM), gamma: processing.gamma };
}

/** Room below the darkest and above the brightest anatomy, as a share of their distance. */
const HEADROOM = 0.16;

const CURVE_STEPS = 4096;

function curveOf(gamma: number): Float32Array {
  const sigmoid = (t: number): number => 1 / (1 + Math.exp(-5.2 * (t - 0.5)));
  const [first, last] = [sigmoid(-0.15), sigmoid(1.15)];
  return Float32Array.from({ length: CURVE_STEPS + 1 }, (_, i) => {
    const t = (i / CURVE_STEPS) * 1.3 - 0.15;
    return Math.pow(Math.max(0, (sigmoid(t) - first) / (last - first)), gamma) * FILM_MAXIMUM;
  });
}

function developFullSize(
  half: { log: Float32Array; sigma: Float32Array; width: number; height: number },
  scale: DisplayScale,
  settings: { faults: DetectorFaults; random: Random; beam: Beam },
): Uint16Array {
  const { width, height, log, sigma } = half;
  const { faults, random, beam } = settings;
  const columns = width * 2;
  const pixels = new Uint16Array(columns * height * 2);
  const curve = curveOf(scale.gamma);
  const noise = gaussianTable();
  const lines = Float32Array.from({ length: columns }, (_, x) =>
    beam.gridLines === undefined ? 0 : beam.gridLines.amplitude * Math.sin((Math.PI * x) / beam.gridLines.periodPx),
  );
  const step = CURVE_STEPS / 1.3;
  for (let y = 0; y < height * 2; y++) {
    const v0 = clamp((y - 1) >> 1, 0, height - 1) * width;
    const v1 = clamp((y + 1) >> 1, 0, height - 1) * width;
    const fv = y & 1 ? 0.25 : 0.75;
    const offset = Math.floor(random.next() * NOISE_SIZE);
    const stitch = faults.stitchRow !== undefined && y >= faults.stitchRow ? (faults.stitchOffset ?? 0) : 0;
    let at = y * columns;
    for (let x = 0; x < columns; x++, at++) {
      const u0 = x === 0 ? 0 : (x - 1) >> 1;
      const u1 = Math.min(width - 1, (x + 1) >> 1);
      const fu = x & 1 ? 0.25 : 0.75;
      const top = (log[v0 + u0] as number) * (1 - fu) + (log[v0 + u1] as number) * fu;
      const low = (log[v1 + u0] as number) * (1 - fu) + (log[v1 + u1] as number) * fu;
      // Twice the half-resolution deviation: a full-size pixel collects a quarter of the photons.
      const grainy = (sigma[v1 + u0] as number) * 2 * (noise[(offset + x) & NOISE_MASK] as number);
      const value = top * (1 - fv) + low * fv + grainy + (lines[x] as number) + stitch;
      const t = ((value - scale.low) / scale.span + 0.15) * step;
      pixels[at] = curve[t < 0 ? 0 : t > CURVE_STEPS ? CURVE_STEPS : t | 0] as number;
    }
  }
  for (const column of faults.deadColumns) {
    for (let y = 0; y < height * 2; y++) pixels[y * columns + column] = FILM_MAXIMUM;
  }
  return pixels;
}

function shutter(pixels: Uint16Array, plane: Plane, field: FieldEdges): void {
  const columns = plane.width * 2;
  const toPixel = (mm: number, size: number): number => Math.round(clamp((mm / plane.pitchMm) * 2 + size, 0, size * 2));
  const [left, right] = [toPixel(field.left + 0.5, plane.width), toPixel(field.right - 0.5, plane.width)];
  const [top, bottom] = [toPixel(field.top + 0.5, plane.height), toPixel(field.bottom - 0.5, plane.height)];
  for (let y = 0; y < plane.height * 2; y++) {
    if (y < top || y >= bottom) pixels.fill(0, y * columns, (y + 1) * columns);
    else {
      pixels.fill(0, y * columns, y * columns + left);
      pixels.fill(0, y * columns + right, (y + 1) * columns);
    }
  }
}

const NOISE_SIZE = 1 << 20;
const NOISE_MASK = NOISE_SIZE - 1;
let table: Float32Array | undefined;

/** A million normal deviates, drawn once; each row starts at its own place. Slightly smoothed as by a scintillator. */
function gaussianTable(): Float32Array {
  if (table !== undefined) return table;
  const random = randomOf('detector noise');
  const white = new Float32Array(NOISE_SIZE);
  for (let i = 0; i < NOISE_SIZE; i++) white[i] = random.gaussian();
  table = white.map((value, i) => (value + 0.35 * (white[(i + 1) & NOISE_MASK] as number)) / 1.0595);
  return table;
}

import type { PositionCode } from './anatomy/positions.ts';

export const radiographDefects = [
  'marker-missing',
  'marker-wrong-side',
  'rotation',
  'field-too-wide',
  'anatomy-cut-off',
  'under-exposure',
  'over-exposure',
  'motion',
  'foreign-object',
  'grid-lines',
  'dead-lines',
  'stitching',
  'double-exposure',
  'annotation-missing',
  'duplicate',
] as const;
export const ctDefects = ['ct-off-centre', 'ct-truncated', 'ct-metal-streaks'] as const;
export const mrDefects = ['mr-ghosting', 'mr-wrap'] as const;

export type RadiographDefect = (typeof radiographDefects)[number];
export type CtDefect = (typeof ctDefects)[number];
export type MrDefect = (typeof mrDefects)[number];
export type DefectKind = RadiographDefect | CtDefect | MrDefect;

/** A rectangle of the stored frame, in pixels. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Defect {
  readonly kind: DefectKind;
  /** `null` when the whole picture, or only the header, is concerned. */
  readonly where: PixelBox | null;
  readonly facts: Readonly<Record<string, number | string>>;
}

export interface Marker extends PixelBox {
  readonly letter: 'L' | 'R';
}

/** What is known of one object by construction. */
export interface TruthRow {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly modality: 'DX' | 'CT' | 'MR';
  readonly procedure: string;
  /** Position code of the position library; `null` for slices. */
  readonly position: PositionCode | null;
  readonly device: string;
  readonly operator: string;
  readonly isEmergency: boolean;
  readonly defects: readonly Defect[];
  readonly marker: Marker | null;
  readonly parameters: Readonly<Record<string, number | string>>;
}

import type { PositionCode } from '../anatomy/positions.ts';
import type { DemoDevice } from '../devices.ts';
import type { DemoStaff } from '../staff.ts';
import type { DefectKind } from '../truth.ts';
import type { Moment } from './time.ts';

export type SliceKind = 'CT-HEAD' | 'CT-CHEST' | 'CT-ABDOMEN' | 'MR-BRAIN';

export interface Procedure {
  readonly id: string;
  readonly modality: 'DX' | 'CT' | 'MR';
  readonly chinese: string;
  readonly positions: readonly PositionCode[];
  readonly slices: SliceKind | null;
  /** Share among the procedures of its modality. */
  readonly weight: number;
  readonly isMobile: boolean;
}

const films = (
  id: string,
  chinese: string,
  positions: readonly PositionCode[],
  weight: number,
  isMobile = false,
): Procedure => ({
  id,
  modality: 'DX',
  chinese,
  positions,
  slices: null,
  weight,
  isMobile,
});
const slices = (id: string, chinese: string, kind: SliceKind, weight: number): Procedure => ({
  id,
  modality: kind === 'MR-BRAIN' ? 'MR' : 'CT',
  chinese,
  positions: [],
  slices: kind,
  weight,
  isMobile: false,
});

export const procedures: readonly Procedure[] = [
  films('chest-pa', '胸部正位', ['CH01'], 30),
  films('chest-two-views', '胸部正侧位', ['CH01', 'CH02'], 14),
  films('chest-mobile', '床旁胸片', ['CH03'], 10, true),
  films('hand', '手正位', ['UL01'], 10),
  films('knee', '膝关节正侧位', ['LL02', 'LL03'], 12),
  films('lumbar', '腰椎正侧位', ['SP03', 'SP04'], 12),
  films('pelvis', '骨盆正位', ['PV01'], 7),
  films('skull', '头颅正侧位', ['HD01', 'HD02'], 5),
  slices('ct-head', '头颅CT平扫', 'CT-HEAD', 40),
  slices('ct-chest', '胸部CT平扫', 'CT-CHEST', 40),
  slices('ct-abdomen', '上腹部CT平扫', 'CT-ABDOMEN', 20),
  slices('mr-brain', '颅脑MR平扫', 'MR-BRAIN', 100),
];

export interface ExamOrder {
  readonly seed: string;
  readonly procedure: Procedure;
  readonly device: DemoDevice;
  readonly operator: DemoStaff;
  readonly startedAt: Moment;
  readonly isEmergency: boolean;
  /** Chance of a defect per object. */
  readonly defectRate: number;
  /** Defects that every fitting object of the exam must carry, whatever the rate. */
  readonly forcedDefects?: readonly DefectKind[];
}

export interface RenderSize {
  /** Pixel size of films in mm; the shipped devices have 0.14. */
  readonly filmPixelMm: number;
  readonly sliceMatrix: number;
  readonly sliceCount: number;
}

export const fullSize: RenderSize = { filmPixelMm: 0.14, sliceMatrix: 512, sliceCount: 16 };
/** For tests and quick demonstrations: films of about 0.5 megapixels. */
export const smallSize: RenderSize = { filmPixelMm: 0.56, sliceMatrix: 128, sliceCount: 4 };

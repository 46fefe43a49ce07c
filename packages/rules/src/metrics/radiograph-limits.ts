import type { LimitRule } from '../findings/finding-rule.ts';
import type { LocalText } from '../local-text.ts';

interface Row {
  readonly id: string;
  readonly metric: string;
  readonly where?: string;
  readonly side: LimitRule['side'];
  readonly limit: number;
  readonly unit?: string;
  readonly baseline?: number | null;
  readonly severity?: LimitRule['severity'];
  readonly deduction: string;
  readonly source?: string;
  readonly zh: string;
  readonly en: string;
}

/** Robust standard deviations from a device's own median that replace a published limit [PD]. */
const USUAL_DEVIATIONS = 3.5;

/**
 * Limits on the figures of radiographs before a device has its own: where it says PD they are the product's, chosen round
 * and before the table of degraded films was made. Of two on one figure the farther stands first.
 */
const rows: readonly Row[] = [
  {
    id: 'clipped-black',
    metric: 'clipping',
    where: 'black',
    side: 'above',
    limit: 0.02,
    baseline: null,
    deduction: 'D05',
    zh: '解剖区内 {value} 的像素全黑,细节丢失',
    en: 'A share of {value} of the anatomy is fully black: detail is lost',
  },
  {
    id: 'clipped-white',
    metric: 'clipping',
    where: 'white',
    side: 'above',
    limit: 0.02,
    baseline: null,
    deduction: 'D05',
    zh: '解剖区内 {value} 的像素全白,细节丢失',
    en: 'A share of {value} of the anatomy is fully white: detail is lost',
  },
  {
    id: 'film-too-dark',
    metric: 'exposure-state',
    where: 'p50',
    side: 'below',
    limit: 0.3,
    deduction: 'D05',
    zh: '影像偏黑(解剖区中位灰度 {value})',
    en: 'Film too dark (median grey of the anatomy {value})',
  },
  {
    id: 'film-too-bright',
    metric: 'exposure-state',
    where: 'p50',
    side: 'above',
    limit: 0.7,
    deduction: 'D05',
    zh: '影像偏白(解剖区中位灰度 {value})',
    en: 'Film too bright (median grey of the anatomy {value})',
  },
  {
    id: 'film-flat',
    metric: 'exposure-state',
    where: 'span',
    side: 'below',
    limit: 0.35,
    deduction: 'D06',
    zh: '灰度跨度窄(仅为显示范围的 {value}),对比度低',
    en: 'Narrow grey span ({value} of the display range): low contrast',
  },
  {
    id: 'film-noisy',
    metric: 'noise',
    where: 'quiet',
    side: 'above',
    limit: 0.03,
    deduction: 'D08',
    zh: '噪声高(灰度跨度的 {value})',
    en: 'High noise ({value} of the grey span)',
  },
  {
    id: 'film-unsharp',
    metric: 'spectral-slope',
    side: 'above',
    limit: 3.3,
    deduction: 'D07',
    zh: '影像模糊(谱斜率 {value})',
    en: 'Film unsharp (spectral slope {value})',
  },
  {
    id: 'lung-cut',
    metric: 'lung-margin',
    where: 'least',
    side: 'below',
    limit: 0.01,
    baseline: null,
    severity: 'warning',
    deduction: 'D02',
    zh: '肺尖、肋膈角或侧胸壁可能未包全',
    en: 'Apex, costophrenic angle or side of the chest may be cut',
  },
  {
    id: 'limb-cut',
    metric: 'field-cut',
    side: 'above',
    limit: 0.2,
    baseline: null,
    severity: 'warning',
    deduction: 'D02',
    zh: '肢体在照射野边缘被截断',
    en: 'The limb is cut at the edge of the field',
  },
  {
    id: 'chest-leaning',
    metric: 'chest-tilt',
    where: 'size',
    side: 'above',
    limit: 6,
    unit: 'deg',
    baseline: null,
    deduction: 'D03',
    zh: '躯干在片中倾斜 {value}°',
    en: 'The trunk leans {value}° in the picture',
  },
  {
    id: 'chest-turned',
    metric: 'chest-asymmetry',
    where: 'size',
    side: 'above',
    limit: 0.2,
    baseline: null,
    deduction: 'D03',
    zh: '胸部左右不对称({value}),可能旋转',
    en: 'The chest is asymmetric ({value}) and may be turned',
  },
];

/** Default rules on the figures of radiographs, as data. */
export const radiographRules: readonly LimitRule[] = rows.map(
  ({ id, metric, where, side, limit, unit, baseline, severity, deduction, source, zh, en }) => ({
    kind: 'limit',
    id,
    version: 1,
    metric,
    ...(where === undefined ? {} : { where }),
    side,
    limit,
    baselineDeviations: baseline === undefined ? USUAL_DEVIATIONS : baseline,
    unit: unit ?? '1',
    severity: severity ?? 'notice',
    message: { zh, en } satisfies LocalText,
    deduction,
    source: source ?? 'PD',
    verified: false,
  }),
);

import { sharedContrastColumns } from './ct-columns.ts';
import { figure, remark, word, type ParameterColumn } from './parameter-column.ts';
import type { ParameterFacts } from './parameter-facts.ts';

/** The axis that lies across the slices: axial, sagittal or coronal; oblique when none is near. */
const planeOf = ({ imageOrientationPatient: cosines }: ParameterFacts): string | undefined => {
  const [a, b, c, d, e, f] = cosines ?? [];
  if (a === undefined || b === undefined || c === undefined) return undefined;
  if (d === undefined || e === undefined || f === undefined) return undefined;
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d].map(Math.abs);
  const names = ['sagittal', 'coronal', 'axial'];
  const nearest = normal.findIndex((share) => share >= nearAxis);
  return nearest < 0 ? 'oblique' : names[nearest];
};
/** Cosine of 30°: farther from every axis a slice is called oblique [PD]. */
const nearAxis = Math.cos(Math.PI / 6);

/** Columns of an MR table. */
export const mrColumns: readonly ParameterColumn[] = [
  word('coil', ['线圈', 'Coil'], ({ receiveCoilName }) => receiveCoilName, [
    '线圈不同,信噪比改变',
    'Another coil: other signal-to-noise',
  ]),
  word('sequence', ['序列', 'Sequence'], ({ sequenceName }) => sequenceName, [
    '序列不同,对比不可比',
    'Another sequence: contrast cannot be compared',
  ]),
  word('plane', ['方位', 'Plane'], planeOf, ['方位不同', 'Another plane']),
  figure({
    key: 'repetitionMs',
    zh: 'TR',
    en: 'TR',
    unit: 'ms',
    share: 0.1,
    read: ({ repetitionTimeMs }) => repetitionTimeMs,
    above: ['T1 权重减弱,时间延长', 'Less T1 weighting, longer scan'],
    below: ['信号下降,T1 权重增加', 'Less signal, more T1 weighting'],
  }),
  figure({
    key: 'echoMs',
    zh: 'TE',
    en: 'TE',
    unit: 'ms',
    share: 0.1,
    read: ({ echoTimeMs }) => echoTimeMs,
    above: ['T2 权重增加,信号下降', 'More T2 weighting, less signal'],
    below: ['T2 权重减弱', 'Less T2 weighting'],
  }),
  figure({
    key: 'inversionMs',
    zh: 'TI',
    en: 'TI',
    unit: 'ms',
    share: 0.05,
    read: ({ inversionTimeMs }) => inversionTimeMs,
    above: ['抑制不完全', 'Suppression is incomplete'],
    below: ['抑制不完全', 'Suppression is incomplete'],
  }),
  figure({
    key: 'flipDegrees',
    zh: '翻转角',
    en: 'Flip angle',
    unit: '°',
    share: 0.1,
    read: ({ flipAngleDegrees }) => flipAngleDegrees,
    above: ['SAR 上升', 'Higher SAR'],
    below: ['信号或对比改变', 'Signal or contrast changes'],
  }),
  figure({
    key: 'thicknessMm',
    zh: '层厚',
    en: 'Slice thickness',
    unit: 'mm',
    amount: 0.1,
    read: ({ sliceThicknessMm }) => sliceThicknessMm,
    above: ['部分容积效应', 'Partial volume'],
    below: ['信噪比下降', 'Less signal-to-noise'],
  }),
  figure({
    key: 'spacingMm',
    zh: '层间距',
    en: 'Slice spacing',
    unit: 'mm',
    amount: 0.1,
    read: ({ spacingBetweenSlicesMm }) => spacingBetweenSlicesMm,
    above: ['层间遗漏', 'Gaps between slices'],
    below: ['层间串扰', 'Cross-talk between slices'],
  }),
  word(
    'matrix',
    ['矩阵', 'Matrix'],
    ({ rows, columns }) => (rows === undefined || columns === undefined ? undefined : `${columns}×${rows}`),
    ['分辨率与信噪比改变', 'Other resolution and signal-to-noise'],
  ),
  figure({
    key: 'averages',
    zh: '激励次数',
    en: 'Averages',
    unit: '',
    amount: 0.1,
    read: ({ numberOfAverages }) => numberOfAverages,
    above: ['时间延长,运动伪影增多', 'Longer scan, more motion'],
    below: ['信噪比下降', 'Less signal-to-noise'],
  }),
  figure({
    key: 'bandwidthHz',
    zh: '带宽',
    en: 'Bandwidth',
    unit: 'Hz/px',
    share: 0.1,
    read: ({ pixelBandwidthHz }) => pixelBandwidthHz,
    above: ['信噪比下降', 'Less signal-to-noise'],
    below: ['化学位移和磁敏感伪影增大', 'More chemical shift and susceptibility'],
  }),
  figure({
    key: 'echoTrain',
    zh: '回波链',
    en: 'Echo train',
    unit: '',
    amount: 0.5,
    read: ({ echoTrainLength }) => echoTrainLength,
    above: ['模糊增多', 'More blurring'],
    below: ['时间延长', 'Longer scan'],
  }),
  word('phaseDirection', ['相位方向', 'Phase direction'], ({ inPlanePhaseEncodingDirection: way }) => way, [
    '卷褶和运动伪影方向改变',
    'Wrap and motion artefacts go another way',
  ]),
  ...sharedContrastColumns,
  figure({
    key: 'sarWKg',
    zh: 'SAR',
    en: 'SAR',
    unit: 'W/kg',
    share: 0.5,
    read: ({ sarWKg }) => sarWKg,
    above: ['射频能量吸收偏高', 'More radio-frequency energy'],
    below: ['射频能量低于通常', 'Less radio-frequency energy than usual'],
  }),
  remark('fatSaturation', '脂肪抑制', 'Fat saturation'),
  remark('bValues', 'b 值', 'b values'),
  remark('acceleration', '加速', 'Acceleration'),
  remark('scanTime', '扫描时间', 'Scan time'),
];

import { figure, remark, word, type ParameterColumn } from './parameter-column.ts';
import type { ParameterFacts } from './parameter-facts.ts';

const microPerMilli = 1000;
const mmPerCm = 10;

const masOf = ({ exposureUas, exposureMas, tubeCurrentMa, exposureTimeMs }: ParameterFacts): number | undefined => {
  // The finer element first: consoles round whole mAs, and a chest has two.
  if (exposureUas !== undefined) return exposureUas / microPerMilli;
  if (exposureMas !== undefined) return exposureMas;
  if (tubeCurrentMa === undefined || exposureTimeMs === undefined) return undefined;
  return (tubeCurrentMa * exposureTimeMs) / microPerMilli;
};

const gridOf = ({ grid, gridAspectRatio }: ParameterFacts): string | undefined => {
  if (grid === undefined || grid.length === 0) return undefined;
  if (grid.includes('NONE')) return 'NONE';
  const ratio = (gridAspectRatio ?? '').split('\\').filter((part) => part.trim() !== '');
  return ratio.length === 2 ? ratio.map((part) => part.trim()).join(':') : grid.join(' ');
};

const aecOf = ({ exposureControlMode, exposureControlModeDescription }: ParameterFacts): string | undefined =>
  exposureControlMode === undefined
    ? undefined
    : [exposureControlMode, exposureControlModeDescription]
        .filter((part) => part !== undefined && part !== '')
        .join(' ');

const filtrationOf = ({ filterMaterial, filterThicknessMaximumMm }: ParameterFacts): string | undefined => {
  if (filterMaterial === undefined || filterMaterial.length === 0) return undefined;
  return filterMaterial.map((material, at) => `${material} ${filterThicknessMaximumMm?.[at] ?? ''}`.trim()).join(' + ');
};

const fieldOf = (facts: ParameterFacts): number | undefined => {
  const { collimatorLeftEdge: left, collimatorRightEdge: right, pixelSpacing } = facts;
  const { collimatorUpperEdge: upper, collimatorLowerEdge: lower } = facts;
  if (left === undefined || right === undefined || upper === undefined || lower === undefined) return undefined;
  if (pixelSpacing === undefined) return undefined;
  const width = (Math.abs(right - left) * pixelSpacing.columnMm) / mmPerCm;
  return (width * Math.abs(lower - upper) * pixelSpacing.rowMm) / mmPerCm;
};

/** Columns of a radiography table, in the order of the sheet. */
export const projectionColumns: readonly ParameterColumn[] = [
  figure({
    key: 'tubeVoltageKv',
    zh: '管电压',
    en: 'Tube voltage',
    unit: 'kV',
    share: 0.03,
    amount: 2,
    read: ({ kvp }) => kvp,
    above: ['对比度下降,散射线增多', 'Less contrast, more scatter'],
    below: ['穿透不足,致密部位发白;自动曝光时 mAs 和剂量上升', 'Too little penetration; with AEC, mAs and dose rise'],
  }),
  figure({
    key: 'exposureMas',
    zh: '毫安秒',
    en: 'Exposure',
    unit: 'mAs',
    share: 0.25,
    followsSize: true,
    read: masOf,
    above: ['剂量偏高,曝光过度时皮肤缘和肺野可能饱和', 'Higher dose; thin parts may saturate'],
    below: ['噪声增大,低对比细节丢失', 'More noise, low-contrast detail is lost'],
  }),
  word('exposureControl', ['曝光控制', 'Exposure control'], aecOf, [
    '电离室选择或控制方式不同,密度不稳定',
    'Another chamber or control: density is not steady',
  ]),
  figure({
    key: 'focalSpotMm',
    zh: '焦点',
    en: 'Focal spot',
    unit: 'mm',
    amount: 0.05,
    read: ({ focalSpotsMm }) => focalSpotsMm?.[0],
    above: ['大焦点使几何模糊增大', 'A larger focus blurs edges'],
    below: ['小焦点限制管电流,曝光时间延长,易有运动模糊', 'A smaller focus limits mA: longer exposure, motion blur'],
  }),
  figure({
    key: 'sourceDetectorCm',
    zh: '源像距',
    en: 'SID',
    unit: 'cm',
    share: 0.05,
    read: ({ distanceSourceToDetectorMm: mm }) => (mm === undefined ? undefined : mm / mmPerCm),
    above: [
      '到达探测器的射线按平方减少:噪声增大或 mAs 上升',
      'Less reaches the detector by the square: noise, or more mAs',
    ],
    below: ['放大失真与半影增大,皮肤剂量上升', 'More magnification and blur, more skin dose'],
  }),
  word('grid', ['滤线栅', 'Grid'], gridOf, [
    '无栅散射增多、对比下降;栅比更高则剂量上升,焦距不符则边缘切割',
    'Without: scatter, less contrast; a higher ratio: more dose; a wrong focus: cut-off',
  ]),
  figure({
    key: 'gridFocusCm',
    zh: '栅焦距',
    en: 'Grid focus',
    unit: 'cm',
    share: 0.1,
    read: ({ gridFocalDistanceMm: mm }) => (mm === undefined ? undefined : mm / mmPerCm),
    above: ['与源像距不符时边缘切割', 'Edges are cut off when it does not match the SID'],
    below: ['与源像距不符时边缘切割', 'Edges are cut off when it does not match the SID'],
  }),
  word('filtration', ['附加滤过', 'Filtration'], filtrationOf, [
    '滤过减少则皮肤剂量上升,增多则对比下降',
    'Less: more skin dose; more: less contrast',
  ]),
  figure({
    key: 'fieldCm2',
    zh: '照射野面积',
    en: 'Field size',
    unit: 'cm²',
    share: 0.25,
    read: fieldOf,
    above: ['照射野过大:剂量面积积和散射增多', 'Field too wide: more dose-area product and scatter'],
    below: ['照射野过小:可能切掉解剖', 'Field too small: anatomy may be cut off'],
  }),
  figure({
    key: 'targetExposureIndex',
    zh: '目标曝光指数',
    en: 'Target exposure index',
    unit: '',
    share: 0.1,
    read: ({ targetExposureIndex }) => targetExposureIndex,
    above: ['以更高剂量为准,偏差指数不再报警', 'A higher dose becomes the rule, the deviation index stays silent'],
    below: ['以更多噪声为准', 'More noise becomes the rule'],
  }),
  word('processing', ['处理参数', 'Processing'], ({ acquisitionDeviceProcessingDescription: text }) => text, [
    '处理不同,对比和锐度不可比',
    'Another processing: contrast and sharpness differ',
  ]),
  figure({
    key: 'doseAreaProductDgyCm2',
    zh: '剂量面积积',
    en: 'Dose-area product',
    unit: 'dGy·cm²',
    share: 0.4,
    followsSize: true,
    read: ({ doseAreaProductDgyCm2 }) => doseAreaProductDgyCm2,
    above: ['患者剂量高于本机通常水平', 'More patient dose than usual on this device'],
    below: ['剂量低于通常,注意噪声', 'Less dose than usual: mind the noise'],
  }),
  remark('breath', '呼吸', 'Breathing'),
  remark('density', '密度档', 'Density step'),
  remark('shielding', '防护', 'Shielding'),
];

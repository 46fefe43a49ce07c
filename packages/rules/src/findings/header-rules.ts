import type { Severity } from '../metrics/finding.ts';
import type { CheckRule } from './finding-rule.ts';

type Row = readonly [
  check: string,
  severity: Severity,
  deduction: string | undefined,
  source: string,
  zh: string,
  en: string,
];

const annotationRows: readonly Row[] = [
  ['patient-name-missing', 'warning', 'D12', 'S00', '缺姓名', 'The name is missing'],
  ['patient-sex-missing', 'notice', 'D12', 'S00', '缺性别', 'The sex is missing'],
  ['patient-age-missing', 'notice', 'D12', 'S00', '缺年龄和出生日期', 'Age and birth date are missing'],
  ['patient-number-missing', 'warning', 'D12', 'S00', '缺病人编号', 'The patient number is missing'],
  ['accession-number-missing', 'notice', 'D12', 'S00', '缺检查号', 'The order number is missing'],
  ['date-missing', 'warning', 'D12', 'S00', '缺检查日期', 'The date is missing'],
  ['hospital-missing', 'notice', 'D12', 'S00', '缺医院名称', 'The hospital is missing'],
  [
    'operator-missing',
    'info',
    undefined,
    'PD',
    '缺操作技师,无法归入个人统计',
    'No operator: the film counts for nobody',
  ],
  ['body-part-missing', 'info', undefined, 'PD', '缺检查部位', 'The body part is missing'],
  ['view-missing', 'info', undefined, 'PD', '缺投照体位', 'The view is missing'],
  [
    'scale-missing',
    'notice',
    'D12',
    'S00',
    '缺比例尺(像素间距),片上不能测量',
    'No scale (pixel spacing): nothing can be measured',
  ],
  [
    'window-missing',
    'notice',
    'D06',
    'PD',
    '图像没有窗宽窗位,各处显示会不同',
    'No window: every screen shows it differently',
  ],
  ['birth-date-impossible', 'warning', 'D12', 'PD', '出生日期不可能', 'The birth date is impossible'],
  [
    'age-disagrees',
    'notice',
    'D12',
    'PD',
    '年龄 {value} 与出生日期不符,应为 {expected}',
    'Age {value} against the birth date, which gives {expected}',
  ],
  ['side-missing', 'warning', 'D11', 'S00', '左右未注明(成对部位)', 'No side is named for a paired part'],
  ['side-contradictory', 'warning', 'D01', 'PD', '左右互相矛盾', 'Left and right contradict each other'],
  ['part-contradictory', 'warning', 'D01', 'PD', '部位互相矛盾', 'The body parts named contradict each other'],
  ['view-contradictory', 'notice', undefined, 'PD', '体位互相矛盾', 'The views named contradict each other'],
];

const valueRows: readonly Row[] = [
  ['header-cut-short', 'warning', undefined, 'PD', '文件在头信息中间断掉', 'The file ends inside its header'],
  ['value-unreadable', 'info', undefined, 'PD', '{keyword} 的值不能采用:{value}', '{keyword} {value}'],
];

const markerRows: readonly Row[] = [
  [
    'marker-contradicts-side',
    'warning',
    'D01',
    'PD',
    '片上标记是 {value},头信息写的是 {expected}',
    'The marker on the film says {value}, the header {expected}',
  ],
  [
    'marker-on-other-side',
    'warning',
    'D01',
    'PD',
    '标记 {value} 放在了另一侧,或图像左右翻转',
    'The marker {value} stands on the other side, or the picture is flipped',
  ],
];

const orderRows: readonly Row[] = [
  [
    'order-patient-disagrees',
    'warning',
    'D12',
    'PD',
    '病人编号与申请单不符',
    'The patient number is not that of the order',
  ],
  ['order-sex-disagrees', 'warning', 'D12', 'PD', '性别与申请单不符', 'The sex is not that of the order'],
  [
    'order-birth-date-disagrees',
    'warning',
    'D12',
    'PD',
    '出生日期与申请单不符',
    'The birth date is not that of the order',
  ],
  [
    'order-part-disagrees',
    'warning',
    'D01',
    'PD',
    '部位与申请单不符,申请单是“{expected}”',
    'The body part is not that of the order: “{expected}”',
  ],
  [
    'order-view-disagrees',
    'notice',
    'D01',
    'PD',
    '体位与申请单不符,申请单是“{expected}”',
    'The view is not that of the order: “{expected}”',
  ],
  [
    'order-side-disagrees',
    'warning',
    'D01',
    'PD',
    '左右与申请单不符:头信息 {value},申请单 {expected}',
    'The header says {value}, the order {expected}',
  ],
  [
    'marker-contradicts-order',
    'warning',
    'D01',
    'PD',
    '片上标记是 {value},申请单是 {expected}',
    'The marker on the film says {value}, the order {expected}',
  ],
];

const exposureRows: readonly Row[] = [
  ['tube-voltage-missing', 'info', undefined, 'PD', '缺管电压', 'The tube voltage is missing'],
  [
    'tube-voltage-impossible',
    'notice',
    undefined,
    'GKU',
    '管电压 {value} kV 不可能({expected})',
    'A tube voltage of {value} kV is impossible ({expected})',
  ],
  ['exposure-missing', 'info', undefined, 'PD', '缺毫安秒', 'The mAs is missing'],
  [
    'exposure-disagrees',
    'notice',
    undefined,
    'PD',
    '毫安秒 {value} 与毫安×时间 {expected} 不符',
    '{value} mAs against mA × time, which gives {expected}',
  ],
  ['exposure-index-missing', 'info', undefined, 'PD', '缺曝光指数', 'The exposure index is missing'],
  [
    'exposure-index-impossible',
    'notice',
    undefined,
    'S60',
    '曝光指数 {value} 不可能',
    'An exposure index of {value} is impossible',
  ],
  ['target-exposure-index-missing', 'info', undefined, 'PD', '缺目标曝光指数', 'The target exposure index is missing'],
  [
    'deviation-index-disagrees',
    'notice',
    undefined,
    'S60',
    '偏差指数写的是 {value},按曝光指数计算为 {expected}',
    'The deviation index says {value}; recomputed it is {expected}',
  ],
  ['distance-missing', 'info', undefined, 'PD', '缺焦片距', 'The source–detector distance is missing'],
  [
    'distance-impossible',
    'notice',
    undefined,
    'GKU',
    '焦片距 {value} mm 不可能({expected})',
    'A distance of {value} mm is impossible ({expected})',
  ],
  ['dose-area-product-missing', 'info', undefined, 'PD', '缺面积剂量乘积', 'The dose-area product is missing'],
  [
    'dose-area-product-impossible',
    'notice',
    undefined,
    'PD',
    '面积剂量乘积 {value} 不可能',
    'A dose-area product of {value} is impossible',
  ],
];

const doseRows: readonly Row[] = [
  [
    'dlp-disagrees',
    'notice',
    'D17',
    'PD',
    'DLP {value} 与 CTDIvol×长度 {expected} mGy·cm 不符',
    'DLP {value} against CTDIvol × length, which gives {expected} mGy·cm',
  ],
  [
    'dlp-total-disagrees',
    'notice',
    'D17',
    'PD',
    'DLP 总和写的是 {value},各次相加为 {expected} mGy·cm',
    'Total DLP says {value}; the events add up to {expected} mGy·cm',
  ],
  ['exposure-rejected', 'notice', 'D17', 'S61', '这次曝光被弃用:{value}', 'This exposure was rejected: {value}'],
  ['exposure-repeated', 'notice', 'D17', 'S61', '这次曝光是重复曝光:{value}', 'This exposure is a repeat: {value}'],
  [
    'dose-from-screen',
    'info',
    undefined,
    'PD',
    '剂量取自剂量截屏,没有剂量报告',
    'The dose is from a dose screen; there is no dose report',
  ],
  [
    'above-reference-level',
    'notice',
    'D17',
    'S38',
    '{keyword} {value} 高于诊断参考水平 {limit} {unit}',
    '{keyword} {value} is above the reference level of {limit} {unit}',
  ],
  [
    'below-first-quartile',
    'info',
    undefined,
    'S38',
    '{keyword} {value} 低于第 25 百分位 {limit} {unit},注意噪声',
    '{keyword} {value} is below the first quartile of {limit} {unit}: mind the noise',
  ],
];

const isLookedUp = (source: string): boolean => source.startsWith('S') && source !== 'S38';

/** A hint for every header check. */
export const headerRules: readonly CheckRule[] = [
  ...annotationRows,
  ...markerRows,
  ...orderRows,
  ...valueRows,
  ...exposureRows,
  ...doseRows,
].map(([check, severity, deduction, source, zh, en]) => ({
  kind: 'check',
  id: check,
  version: 1,
  check,
  severity,
  message: { zh, en },
  ...(deduction === undefined ? {} : { deduction }),
  source,
  verified: isLookedUp(source),
}));

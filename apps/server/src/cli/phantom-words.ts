import type { PhantomRefusalReason, PhantomReport } from '@jiapian/rules';
import type { CommandLocale } from './command-locale.ts';

/** What a person reads when nothing was analysed. */
export const refusalWords: Readonly<Record<PhantomRefusalReason, Record<CommandLocale, string>>> = {
  'no-images': {
    'zh-CN': '没有可读的图像。请给出体模扫描的 DICOM 文件、文件夹或 ZIP。',
    en: 'No picture could be read. Name the DICOM files, folder or ZIP of a phantom scan.',
  },
  'not-recognised': {
    'zh-CN': '未识别出体模:图像不像任何已知体模,或缺少定位所需的层面。',
    en: 'Not recognised: the pictures look like no known phantom, or the slices that tell where it stands are missing.',
  },
  'wrong-modality': {
    'zh-CN': '检查类型不符:这种体模不用这种设备拍摄。请更换 --kind,或用 --kind auto。',
    en: 'Wrong modality: this phantom is not taken with this kind of device. Choose another --kind, or --kind auto.',
  },
  'no-pixel-spacing': {
    'zh-CN': '图像没有像素间距,无法换算为毫米。',
    en: 'The pictures have no pixel spacing, so nothing can be measured in millimetres.',
  },
  'unreadable-values': {
    'zh-CN': '像素值无法换算(重建斜率或截距不是有效数字)。',
    en: 'The pixel values cannot be converted: rescale slope or intercept is not a usable number.',
  },
};

const heads = {
  'zh-CN': { kind: '体模', confidence: '把握', notMeasured: '未测', skipped: '已跳过' },
  en: { kind: 'phantom', confidence: 'confidence', notMeasured: 'not measured', skipped: 'skipped' },
} as const;

/** The table for people. */
export const reportLines = (report: PhantomReport, locale: CommandLocale): string[] => {
  const head = heads[locale];
  const lines = [`${head.kind} ${report.kind}, ${head.confidence} ${report.confidence.toFixed(2)}`];
  const names = report.results.map(({ metric, where }) => (where === undefined ? metric : `${metric} · ${where}`));
  const width = Math.max(0, ...names.map((name) => name.length));
  for (const [at, { value, unit }] of report.results.entries())
    lines.push(`  ${names[at]!.padEnd(width)}  ${shown(value).padStart(10)} ${unit === '1' ? '' : unit}`.trimEnd());
  for (const { metric, where, reason } of report.notMeasured)
    lines.push(`  ${head.notMeasured}  ${metric}${where === undefined ? '' : ` · ${where}`}: ${reason}`);
  return lines;
};

/** A file that gave no picture. */
export const skippedLine = (file: string, reason: string, locale: CommandLocale): string =>
  `${heads[locale].skipped}  ${file}: ${reason}`;

const shown = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(4));

import type { RejectRates } from '@jiapian/contract';
import { positionOf, rejectReasons } from '@jiapian/rules';
import { exportRows, type ExportColumn, type ExportFile, type ExportFormat } from '../bulletins/index.ts';

type Rate = RejectRates['groups'][number];
type Locale = 'zh-CN' | 'en';

/** The table of the page as a file, the total last. */
export const exportRates = (rates: RejectRates, format: ExportFormat, locale: Locale): ExportFile =>
  exportRows(format, columnsIn(locale, rates.by), rowsOf(rates));

async function* rowsOf(rates: RejectRates): AsyncGenerator<Rate> {
  yield* rates.groups;
  yield rates.total;
}

const percent = (value: number | undefined): number | null =>
  value === undefined ? null : Math.round(value * 10_000) / 100;

const columnsIn = (locale: Locale, by: RejectRates['by']): ExportColumn<Rate>[] => {
  const title = (chinese: string, english: string): string => (locale === 'zh-CN' ? chinese : english);
  return [
    { title: title('分组', 'Group'), value: (rate) => nameOf(rate.key, by, locale), width: 24 },
    { title: title('曝光数', 'Exposures'), value: (rate) => rate.exposures },
    { title: title('废片数', 'Rejects'), value: (rate) => rate.rejected },
    { title: title('其中来自剂量报告', 'of them from dose reports'), value: (rate) => rate.reportedRejects },
    { title: title('废片率 %', 'Reject rate %'), value: (rate) => percent(rate.rejectRate?.proportion) },
    { title: title('下限 %', 'Lower %'), value: (rate) => percent(rate.rejectRate?.lower) },
    { title: title('上限 %', 'Upper %'), value: (rate) => percent(rate.rejectRate?.upper) },
    { title: title('重拍数', 'Repeats'), value: (rate) => rate.repeats },
    { title: title('其中来自剂量报告', 'of them from dose reports'), value: (rate) => rate.reportedRepeats },
    { title: title('重拍率 %', 'Repeat rate %'), value: (rate) => percent(rate.repeatRate?.proportion) },
    { title: title('样本偏少', 'Too few'), value: (rate) => (rate.isTooFew ? title('是', 'yes') : '') },
  ];
};

const nameOf = (key: string | null, by: RejectRates['by'], locale: Locale): string => {
  const language = locale === 'zh-CN' ? 'zh' : 'en';
  if (key === '') return locale === 'zh-CN' ? '合计' : 'Total';
  if (key === null) return locale === 'zh-CN' ? '未知' : 'Unknown';
  if (by === 'reason') return rejectReasons.find((reason) => reason.code === key)?.name[language] ?? key;
  return by === 'position' ? (positionOf(key)?.name[language] ?? key) : key;
};

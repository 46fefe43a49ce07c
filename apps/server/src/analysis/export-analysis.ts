import type { MeasuredFilm, RuleWeek } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { exportRows, type ExportColumn, type ExportFile, type ExportFormat } from '../bulletins/index.ts';

type Locale = 'zh-CN' | 'en';
type RuleRow = RuleWeek['rules'][number];

/** The rules of a week as a file. */
export const exportRuleWeek = ({ rules }: RuleWeek, format: ExportFormat, locale: Locale): ExportFile => {
  const title = titleIn(locale);
  const language = locale === 'en' ? 'en' : 'zh';
  const columns: ExportColumn<RuleRow>[] = [
    { title: title('规则', 'Rule'), value: (row) => row.rule, width: 28 },
    { title: title('提示语', 'Words'), value: (row) => row.message[language], width: 40 },
    { title: title('条目', 'Item'), value: (row) => row.deduction ?? '' },
    { title: title('提示', 'Hints'), value: (row) => row.spoken },
    { title: title('同意', 'Agreed'), value: (row) => row.agreed },
    { title: title('误报', 'False'), value: (row) => row.rejected },
    { title: title('未答', 'Unanswered'), value: (row) => row.unanswered },
    { title: title('准确率', 'Precision'), value: (row) => row.precision?.proportion ?? null },
    { title: title('下限', 'Lower'), value: (row) => row.precision?.lower ?? null },
    { title: title('上限', 'Upper'), value: (row) => row.precision?.upper ?? null },
    { title: title('静默', 'Silenced'), value: (row) => (row.isSilenced ? title('是', 'yes') : '') },
  ];
  return exportRows(format, columns, rules);
};

/** Measured films with their figures as a file; a figure that is missing is an empty cell and never a number. */
export const exportMeasuredFilms = (
  rows: AsyncIterable<MeasuredFilm>,
  figures: readonly string[],
  format: ExportFormat,
  locale: Locale,
): ExportFile => {
  const title = titleIn(locale);
  const language = locale === 'en' ? 'en' : 'zh';
  const columns: ExportColumn<MeasuredFilm>[] = [
    { title: title('时间', 'Time'), value: (row) => row.at, width: 24 },
    { title: title('检查号', 'Order number'), value: (row) => row.accessionNumber },
    { title: title('设备', 'Device'), value: (row) => row.deviceName ?? '' },
    {
      title: title('体位', 'Position'),
      value: ({ positionCode }) => positionOf(positionCode ?? '')?.name[language] ?? positionCode ?? '',
    },
    ...figures.map((name, at): ExportColumn<MeasuredFilm> => ({
      title: name,
      value: (row) => row.values[at]?.value ?? null,
    })),
  ];
  return exportRows(format, columns, rows);
};

const titleIn =
  (locale: Locale) =>
  (chinese: string, english: string): string =>
    locale === 'zh-CN' ? chinese : english;

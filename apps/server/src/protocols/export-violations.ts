import type { ComplianceView } from '@jiapian/contract';
import type { AuditActor } from '../audit/index.ts';
import {
  exportRowLimit,
  exportRows,
  type ExportColumn,
  type ExportFile,
  type ExportFormat,
} from '../bulletins/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { enter } from './enter.ts';
import {
  className,
  columnName,
  effectOf,
  figureWords,
  type PrintLocale,
  phaseNames,
  reasonNames,
  stateNames,
  subjectName,
} from './protocol-words.ts';
import { findViolations, type ViolationFilter, type ViolationRow } from './verdicts.repository.ts';

type Line = { row: ViolationRow; column: ComplianceView['columns'][number] | null };

/** Every deviating value as a line of its own; a film that could not be judged has one line with the reason. */
export const exportViolations = async (
  unit: UnitOfWork,
  by: AuditActor,
  { format, locale, ...filter }: ViolationFilter & { format: ExportFormat; locale: PrintLocale },
): Promise<ExportFile> => {
  const rows = await findViolations(unit, filter, { after: null, limit: exportRowLimit });
  const lines = rows.flatMap((row): Line[] => {
    const outside = (row.columns as ComplianceView['columns']).filter(({ state }) =>
      ['above', 'below', 'differs'].includes(state),
    );
    return outside.length === 0 ? [{ row, column: null }] : outside.map((column) => ({ row, column }));
  });
  await enter(unit, by, 'violations-exported', 'violations', { rows: lines.length, format });
  return exportRows(
    format,
    columns.map(({ titles, value, width }): ExportColumn<Line> => ({
      title: titles[locale],
      value: (line) => value(line, locale),
      width,
    })),
    lines,
  );
};

const shown = (value: number | string | null | undefined): string | null =>
  value === null || value === undefined ? null : figureWords(value);

const kindOf = ({ row }: Line) => row.kind as ComplianceView['kind'];

const columns: readonly {
  titles: Record<PrintLocale, string>;
  value(line: Line, locale: PrintLocale): ReturnType<ExportColumn<Line>['value']>;
  width: number;
}[] = [
  { titles: { 'zh-CN': '检查时间', en: 'Exam' }, value: ({ row }) => row.examAt, width: 20 },
  { titles: { 'zh-CN': '设备', en: 'Device' }, value: ({ row }) => row.deviceName, width: 16 },
  { titles: { 'zh-CN': '检查号', en: 'Accession number' }, value: ({ row }) => row.accessionNumber, width: 18 },
  {
    titles: { 'zh-CN': '体位或方案', en: 'Position or protocol' },
    value: ({ row }, locale) =>
      [
        subjectName(row.subject, locale),
        row.phase === null ? '' : (phaseNames[row.phase as keyof typeof phaseNames][locale] ?? ''),
      ]
        .filter((part) => part !== '')
        .join(' '),
    width: 24,
  },
  {
    titles: { 'zh-CN': '患者', en: 'Patient' },
    value: ({ row }, locale) => {
      const { ageClass, sizeClass } = row.patient as ComplianceView['patient'];
      return [ageClass, sizeClass].flatMap((each) => (each === null ? [] : [className(each, locale)])).join(', ');
    },
    width: 26,
  },
  { titles: { 'zh-CN': '表版本', en: 'Table version' }, value: ({ row }) => row.tableVersion, width: 10 },
  {
    titles: { 'zh-CN': '参数', en: 'Parameter' },
    value: (line, locale) => (line.column === null ? '' : columnName(kindOf(line), line.column.column, locale)),
    width: 18,
  },
  { titles: { 'zh-CN': '实际', en: 'Set' }, value: ({ column }) => column?.actual ?? null, width: 12 },
  {
    titles: { 'zh-CN': '应为', en: 'Expected' },
    value: ({ column }) => shown(column?.expected),
    width: 12,
  },
  {
    titles: { 'zh-CN': '下限', en: 'Lowest' },
    value: ({ column }) => shown(column?.low),
    width: 10,
  },
  {
    titles: { 'zh-CN': '上限', en: 'Highest' },
    value: ({ column }) => shown(column?.high),
    width: 10,
  },
  {
    titles: { 'zh-CN': '结果', en: 'Result' },
    value: ({ row, column }, locale) =>
      column === null
        ? `${stateNames['not-judged'][locale]}: ${reasonNames[row.reason ?? '']?.[locale] ?? ''}`
        : stateNames[column.state][locale],
    width: 16,
  },
  {
    titles: { 'zh-CN': '可能影响', en: 'Likely effect' },
    value: (line, locale) => (line.column === null ? '' : effectOf(kindOf(line), line.column, locale)),
    width: 50,
  },
];

import type { IncidentKind } from '@jiapian/contract';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import {
  exportRowLimit,
  exportRows,
  type ExportColumn,
  type ExportFile,
  type ExportFormat,
} from '../bulletins/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { listIncidents, type IncidentRow } from './incidents.repository.ts';

type Locale = 'zh-CN' | 'en';

/** The whole register as a file, newest first. */
export const exportIncidents = async (
  unit: UnitOfWork,
  by: AuditActor,
  { format, locale }: { format: ExportFormat; locale: Locale },
): Promise<ExportFile> => {
  const rows = await listIncidents(unit, { after: null, limit: exportRowLimit });
  await recordEntry(unit, by, {
    action: 'standards.incidents-exported',
    subjectKind: 'list',
    subjectId: 'incidents',
    facts: { rows: rows.length, format },
  });
  return exportRows(
    format,
    columns.map(({ titles, value, width }): ExportColumn<IncidentRow> => ({
      title: titles[locale],
      value: (row) => value(row, locale),
      width,
    })),
    rows,
  );
};

const kindNames: Readonly<Record<IncidentKind, Record<Locale, string>>> = {
  'wrong-patient': { 'zh-CN': '患者错', en: 'Wrong patient' },
  'wrong-side': { 'zh-CN': '左右错', en: 'Wrong side' },
  'wrong-part': { 'zh-CN': '部位错', en: 'Wrong part' },
  'missing-view': { 'zh-CN': '漏照体位或序列', en: 'View or sequence missing' },
  extravasation: { 'zh-CN': '造影剂外渗', en: 'Contrast extravasation' },
  allergy: { 'zh-CN': '过敏', en: 'Allergy' },
  fall: { 'zh-CN': '跌倒坠床', en: 'Fall' },
  'dose-alert': { 'zh-CN': '剂量报警', en: 'Dose alert' },
  'data-loss': { 'zh-CN': '资料丢失', en: 'Data lost' },
  other: { 'zh-CN': '其他', en: 'Other' },
};

const columns: readonly {
  titles: Record<Locale, string>;
  value(row: IncidentRow, locale: Locale): ReturnType<ExportColumn<IncidentRow>['value']>;
  width: number;
}[] = [
  { titles: { 'zh-CN': '发生时间', en: 'Happened' }, value: (row) => row.happened_at, width: 20 },
  {
    titles: { 'zh-CN': '类别', en: 'Kind' },
    value: (row, locale) => kindNames[row.kind as IncidentKind]?.[locale] ?? row.kind,
    width: 18,
  },
  { titles: { 'zh-CN': '级别(1–4)', en: 'Severity (1–4)' }, value: (row) => row.severity, width: 12 },
  { titles: { 'zh-CN': '检查号', en: 'Accession number' }, value: (row) => row.accession_number, width: 18 },
  { titles: { 'zh-CN': '经过', en: 'What happened' }, value: (row) => row.description, width: 50 },
  { titles: { 'zh-CN': '处理', en: 'Follow-up' }, value: (row) => row.follow_up, width: 50 },
  { titles: { 'zh-CN': '结案时间', en: 'Closed' }, value: (row) => row.closed_at, width: 20 },
];

import type { AuditEntry } from '@jiapian/contract';
import { exportRowLimit, exportRows, type ExportColumn, type ExportFile, type ExportFormat } from './export-rows.ts';
import type { Database } from '../platform/database.ts';
import { asAuditEntry, findEntries, type AuditFilter } from '../audit/index.ts';

const pageRows = 1_000;
type Locale = 'zh-CN' | 'en';

/** The trail as a file, newest first, read page by page. */
export const exportAudit = (
  database: Database,
  hospitalId: string,
  filter: Omit<AuditFilter, 'before' | 'limit'>,
  { format, locale }: { format: ExportFormat; locale: Locale },
): ExportFile => {
  const columns = fields.map(({ titles, value, width }): ExportColumn<AuditEntry> => ({
    title: titles[locale],
    value,
    width,
  }));
  return exportRows(format, columns, entries(database, hospitalId, filter));
};

async function* entries(
  database: Database,
  hospitalId: string,
  filter: Omit<AuditFilter, 'before' | 'limit'>,
): AsyncGenerator<AuditEntry> {
  let before: number | undefined;
  for (let read = 0; read <= exportRowLimit; read += pageRows) {
    const from = before;
    const rows = await database.withHospital(hospitalId, (unit) =>
      findEntries(unit, { ...filter, before: from, limit: pageRows }),
    );
    yield* rows.map(asAuditEntry);
    before = rows.at(-1)?.audit_id;
    if (rows.length < pageRows) return;
  }
}

const fields: readonly {
  titles: Record<Locale, string>;
  value: ExportColumn<AuditEntry>['value'];
  width: number;
}[] = [
  { titles: { 'zh-CN': '序号', en: 'Number' }, value: (entry) => entry.auditId, width: 10 },
  { titles: { 'zh-CN': '时间', en: 'Time' }, value: (entry) => new Date(entry.at), width: 22 },
  { titles: { 'zh-CN': '人员', en: 'Person' }, value: (entry) => entry.actor, width: 20 },
  { titles: { 'zh-CN': '动作', en: 'Action' }, value: (entry) => entry.action, width: 28 },
  { titles: { 'zh-CN': '对象', en: 'Subject' }, value: (entry) => entry.subjectKind, width: 14 },
  { titles: { 'zh-CN': '对象编号', en: 'Subject number' }, value: (entry) => entry.subjectId, width: 38 },
  { titles: { 'zh-CN': '内容', en: 'Facts' }, value: (entry) => JSON.stringify(entry.facts), width: 60 },
  { titles: { 'zh-CN': '已封存', en: 'Sealed' }, value: (entry) => entry.isSealed, width: 8 },
];

export {
  exportRowLimit,
  exportRows,
  type ExportColumn,
  type ExportFile,
  type ExportFormat,
  type ExportValue,
} from './export-rows.ts';

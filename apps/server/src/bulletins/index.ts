export { exportRowLimit, exportRows, type ExportColumn, type ExportFile, type ExportFormat } from './export-rows.ts';

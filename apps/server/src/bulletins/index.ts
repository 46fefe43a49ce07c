export { bulletinRoutes } from './bulletins.routes.ts';
export { exportRowLimit, exportRows, type ExportColumn, type ExportFile, type ExportFormat } from './export-rows.ts';

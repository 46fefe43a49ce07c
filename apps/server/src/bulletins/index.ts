export { bulletinRoutes } from './bulletins.routes.ts';
export { exportRowLimit, exportRows, type ExportColumn, type ExportFile, type ExportFormat } from './export-rows.ts';
export type { PdfBlock, PdfDocument } from './pdf-document.ts';
export type { PdfSheet } from './pdf-sheet.ts';
export { pdfReply } from './pdf-reply.ts';
export { renderPdf } from './render-pdf.ts';

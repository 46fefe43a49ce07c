import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import type { PdfDocument } from './pdf-document.ts';
import { layoutOf } from './pdf-layout.ts';
import type { PdfSheet } from './pdf-sheet.ts';
import { sheetLayoutOf } from './sheet-layout.ts';

const { resolve } = createRequire(import.meta.url);
const fonts = {
  normal: resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
};
pdfmake.setFonts({ 'Noto Sans SC': fonts });
// A document is data that people typed: it reads no other file and asks no address.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === fonts.normal || path === fonts.bold);

/** Runs in a worker thread, for one document. */
parentPort?.once('message', (document: PdfDocument | PdfSheet) => {
  void pdfmake
    .createPdf('blocks' in document ? layoutOf(document) : sheetLayoutOf(document))
    .getBuffer()
    .then((bytes) => parentPort?.postMessage(Uint8Array.from(bytes)));
});

import { printAnswer, printRequest, sheetPdfQuery, sheetPreview, sheetRequest } from '@jiapian/contract';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import { pdfReply } from '../bulletins/index.ts';
import type { App } from '../platform/app.ts';
import { previewSheet, printFilms, printPdf, type PrintParts } from './print-films.ts';

/** Released films on a DICOM printer or as a document to scale; looked at first. */
export const printRoutes = (app: App, parts: PrintParts): void => {
  app.post(
    '/api/v1/release/print',
    {
      config: { permission: 'release.operate' },
      schema: { tags: ['release'], operationId: 'printFilms', body: printRequest, response: { 200: printAnswer } },
    },
    async (request) => printFilms(parts, actorOf(request), request.caller.hospitalId, request.body),
  );

  app.post(
    '/api/v1/release/print/preview',
    {
      config: { permission: 'release.operate' },
      schema: { tags: ['release'], operationId: 'previewSheet', body: sheetRequest, response: { 200: sheetPreview } },
    },
    async (request) => previewSheet(parts, request.caller.hospitalId, request.body),
  );

  app.get(
    '/api/v1/release/print.pdf',
    {
      config: { permission: 'release.operate' },
      schema: {
        tags: ['release'],
        operationId: 'printPdf',
        querystring: sheetPdfQuery,
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) =>
      pdfReply(reply, 'films', await printPdf(parts, actorOf(request), request.caller.hospitalId, request.query)),
  );
};

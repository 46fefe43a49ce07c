import { printAnswer, printRequest } from '@jiapian/contract';
import { actorOf } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import { printFilms, type PrintParts } from './print-films.ts';

/** Released films on a DICOM printer. */
export const printRoutes = (app: App, parts: PrintParts): void => {
  app.post(
    '/api/v1/release/print',
    {
      config: { permission: 'release.operate' },
      schema: { tags: ['release'], operationId: 'printFilms', body: printRequest, response: { 200: printAnswer } },
    },
    async (request) => printFilms(parts, actorOf(request), request.caller.hospitalId, request.body),
  );
};

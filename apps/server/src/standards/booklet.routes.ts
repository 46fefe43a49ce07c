import { bookletQuery } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import { pdfReply, renderPdf } from '../bulletins/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { printBooklet } from './print-booklet.ts';

export const bookletRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/standards/:version/booklet',
    {
      config: { permission: 'standards.read' },
      schema: {
        tags: ['standards'],
        operationId: 'printStandardBooklet',
        params: z.object({ version: z.coerce.number().int().min(1) }),
        querystring: bookletQuery,
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const { version } = request.params;
      const booklet = await database.withHospital(request.caller.hospitalId, (unit) =>
        printBooklet(unit, actorOf(request), { version, locale: request.query.locale, at: clock.now() }),
      );
      return pdfReply(reply, `standard-v${version}`, await renderPdf(booklet));
    },
  );
};

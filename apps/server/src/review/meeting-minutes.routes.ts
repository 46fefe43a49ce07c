import { minutesPrintQuery, uuidSchema } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import { pdfReply, renderPdf } from '../bulletins/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { minutesDocument } from './meeting-minutes-document.ts';
import { findTimeZone } from './own-films.repository.ts';
import { describeMinutes } from './run-meeting.ts';

export const meetingMinutesRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/meetings/:meetingId/minutes.pdf',
    {
      config: { permission: 'review.arbitrate' },
      schema: {
        tags: ['review'],
        operationId: 'printMinutes',
        params: z.object({ meetingId: uuidSchema }),
        querystring: minutesPrintQuery,
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const { meetingId } = request.params;
      const { locale } = request.query;
      const document = await database.withHospital(request.caller.hospitalId, async (unit) => {
        const minutes = await describeMinutes(unit, meetingId);
        const fact = { action: 'review.minutes-printed', subjectKind: 'meeting', subjectId: meetingId };
        await recordEntry(unit, actorOf(request), fact);
        return minutesDocument(minutes, { locale, timeZone: await findTimeZone(unit), madeAt: clock.now() });
      });
      return pdfReply(reply, `minutes-${meetingId}`, await renderPdf(document));
    },
  );
};

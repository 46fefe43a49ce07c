import { hl7MessageContent, hl7MessageQuery, hl7MessageRowSchema, pageOf, uuidSchema } from '@jiapian/contract';
import { AppError, type Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import { decodeHl7 } from '../platform/hl7-text.ts';
import { cursorShapes, readCursor, writeCursor } from '../platform/list-page.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { listMessages, markMessageSeen, readMessageContent, type MessageCursor } from './hl7-messages.repository.ts';

const tags = ['orders'];
const params = z.object({ messageId: uuidSchema });
const reading = { permission: 'intake.quarantine' } as const;

/** What came through the HL7 port; the broken ones wait for a person. */
export const hl7MessageRoutes = (
  app: App,
  { database, clock, liveEvents }: { database: Database; clock: Clock; liveEvents: Pick<LiveEvents, 'publishWith'> },
): void => {
  app.get(
    '/api/v1/hl7-messages',
    {
      config: reading,
      schema: {
        tags,
        operationId: 'listHl7Messages',
        querystring: hl7MessageQuery,
        response: { 200: pageOf(hl7MessageRowSchema) },
      },
    },
    async (request) => {
      const { cursor, limit, state } = request.query;
      const after = cursor === undefined ? null : decodeCursor(cursor);
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const rows = await listMessages(unit, { state, after, limit: limit + 1 });
        const items = rows.slice(0, limit);
        const last = rows.length > limit ? items.at(-1) : undefined;
        return { items, nextCursor: last === undefined ? null : encodeCursor(last), total: null };
      });
    },
  );

  app.get(
    '/api/v1/hl7-messages/:messageId/content',
    {
      config: reading,
      schema: { tags, operationId: 'readHl7Message', params, response: { 200: hl7MessageContent } },
    },
    async (request) => {
      const { messageId } = request.params;
      return database.withHospital(request.caller.hospitalId, async (unit) => {
        const raw = await readMessageContent(unit, messageId);
        if (raw === null) throw new AppError('EXAMS_MESSAGE_NOT_FOUND', { messageId });
        await recordEntry(unit, actorOf(request), {
          action: 'exams.message-read',
          subjectKind: 'hl7-message',
          subjectId: messageId,
        });
        return { text: textOf(raw) };
      });
    },
  );

  app.post(
    '/api/v1/hl7-messages/:messageId/seen',
    {
      config: reading,
      schema: { tags, operationId: 'markHl7MessageSeen', params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { messageId } = request.params;
      const by = actorOf(request);
      await database.withHospital(request.caller.hospitalId, async (unit) => {
        if (!(await markMessageSeen(unit, messageId, { at: clock.now(), by: by.accountId })))
          throw new AppError('EXAMS_MESSAGE_NOT_FOUND', { messageId });
        await recordEntry(unit, by, {
          action: 'exams.message-seen',
          subjectKind: 'hl7-message',
          subjectId: messageId,
        });
        await liveEvents.publishWith(unit, 'orders.changed');
      });
      return reply.code(204).send(null);
    },
  );
};

/** Bytes that are no message are shown as they are, byte by byte. */
const textOf = (raw: Uint8Array): string => {
  try {
    return decodeHl7(raw).text.replace(/\r\n?/g, '\n');
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return Buffer.from(raw).toString('latin1').replace(/\r\n?/g, '\n');
  }
};

const encodeCursor = ({ receivedAt, messageId }: MessageCursor): string => writeCursor([receivedAt, messageId]);

const decodeCursor = (cursor: string): MessageCursor => {
  const [receivedAt = '', messageId = ''] = readCursor(cursor, cursorShapes.moment, cursorShapes.uuid);
  return { receivedAt, messageId };
};

import {
  mailQueueSchema,
  mailSettingsRequest,
  mailSettingsSchema,
  mailTestRequest,
  ownMailRequest,
  ownMailSchema,
  uuidSchema,
  type MailRow,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { App } from '../platform/app.ts';
import type { Database } from '../platform/database.ts';
import type { MailPasswords } from './mail-password.ts';
import { mailServerOf, saveMailServer } from './mail-settings.ts';
import { findMails, findOwnMail, saveOwnMail } from './mail.repository.ts';
import { sendAgain, sendTestMail } from './send-mails.ts';

const tags = ['review'];
const own = { permission: 'signed-in' } as const;
const managing = { permission: 'access.manage' } as const;
const done = { 204: z.null() };
/** Mails on the page of the queue. */
const shownMails = 100;

export const mailRoutes = (app: App, database: Database, clock: Clock, passwords: MailPasswords): void => {
  ownRoutes(app, database);
  serverRoutes(app, database, clock, passwords);
  queueRoutes(app, database, clock);
};

const ownRoutes = (app: App, database: Database): void => {
  app.get(
    '/api/v1/notices/mail',
    { config: own, schema: { tags, operationId: 'getOwnMail', response: { 200: ownMailSchema } } },
    async ({ caller }) =>
      database.withHospital(caller.hospitalId, async (unit) => {
        const found = await findOwnMail(unit, caller.accountId);
        const { isOn } = await mailServerOf(unit);
        return { isOn, address: found?.address ?? '', isWanted: found?.is_wanted ?? true };
      }),
  );

  app.put(
    '/api/v1/notices/mail',
    { config: own, schema: { tags, operationId: 'saveOwnMail', body: ownMailRequest, response: done } },
    async (request, reply) => {
      const { caller, body } = request;
      await database.withHospital(caller.hospitalId, async (unit) => {
        await saveOwnMail(unit, caller.accountId, body);
        await recordEntry(unit, actorOf(request), {
          action: 'review.mail-address-changed',
          subjectKind: 'account',
          subjectId: caller.accountId,
          facts: { isWanted: body.isWanted },
        });
      });
      return reply.code(204).send(null);
    },
  );
};

const serverRoutes = (app: App, database: Database, clock: Clock, passwords: MailPasswords): void => {
  app.get(
    '/api/v1/mail-settings',
    { config: managing, schema: { tags, operationId: 'getMailSettings', response: { 200: mailSettingsSchema } } },
    async ({ caller }) => {
      const hasPassword = (await passwords.find(caller.hospitalId)) !== undefined;
      return database.withHospital(caller.hospitalId, async (unit) => ({ ...(await mailServerOf(unit)), hasPassword }));
    },
  );

  app.put(
    '/api/v1/mail-settings',
    {
      config: managing,
      schema: { tags, operationId: 'saveMailSettings', body: mailSettingsRequest, response: done },
    },
    async (request, reply) => {
      const { password, ...server } = request.body;
      const { hospitalId, accountId } = request.caller;
      await database.withHospital(hospitalId, (unit) =>
        saveMailServer(unit, actorOf(request), passwords, { server, password, accountId, at: clock.now() }),
      );
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/mail-settings/test',
    { config: managing, schema: { tags, operationId: 'sendTestMail', body: mailTestRequest, response: done } },
    async (request, reply) => {
      await database.withHospital(request.caller.hospitalId, (unit) => sendTestMail(unit, passwords, request.body.to));
      return reply.code(204).send(null);
    },
  );
};

const queueRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/mail-queue',
    { config: managing, schema: { tags, operationId: 'listMails', response: { 200: mailQueueSchema } } },
    async ({ caller }) =>
      database.withHospital(caller.hospitalId, async (unit) => ({
        items: (await findMails(unit, shownMails)).map(asMailRow),
      })),
  );

  app.post(
    '/api/v1/mail-queue/:mailId/retry',
    {
      config: managing,
      schema: { tags, operationId: 'sendMailAgain', params: z.object({ mailId: uuidSchema }), response: done },
    },
    async (request, reply) => {
      const { caller, params } = request;
      await database.withHospital(caller.hospitalId, (unit) =>
        sendAgain(unit, actorOf(request), params.mailId, clock.now()),
      );
      return reply.code(204).send(null);
    },
  );
};

const asMailRow = (row: Awaited<ReturnType<typeof findMails>>[number]): MailRow => ({
  mailId: row.mail_id,
  personName: row.display_name,
  address: row.address,
  day: row.day,
  noticeCount: row.notice_count,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.next_attempt_at.toISOString(),
  lastError: row.last_error,
  sentAt: row.sent_at?.toISOString() ?? null,
});

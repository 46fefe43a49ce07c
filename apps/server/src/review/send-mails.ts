import { AppError, transition, type Clock } from '@jiapian/kernel';
import {
  backOffMs,
  mailEventAfter,
  mailTable,
  maxForwardAttempts,
  type MailEvent,
  type MailState,
} from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import { localDay } from './make-films.ts';
import type { MailPasswords } from './mail-password.ts';
import { isSetUp, mailServerOf, type MailServer } from './mail-settings.ts';
import { lockDueMails, lockMail, queueMails, updateMail, type DueMail } from './mail.repository.ts';
import { findTimeZone } from './own-films.repository.ts';
import { postMail } from './post-mail.ts';

/** Mails of one turn; the rest follow in the next. */
const mailsAtOnce = 20;

/** Queues the day's mails from the hospital's hour on, and sends what is due. */
export const sendMails = (database: Database, clock: Clock, passwords: MailPasswords): Promise<void> =>
  forEachHospital(database, async (unit) => {
    const server = await mailServerOf(unit);
    if (!server.isOn || !isSetUp(server)) return;
    const now = clock.now();
    const zone = await findTimeZone(unit);
    if (localHour(now, zone) >= server.hour) await queueMails(unit, localDay(now, zone), now);
    const due = await lockDueMails(unit, now, mailsAtOnce);
    if (due.length === 0) return;
    const password = await passwords.find(unit.hospitalId);
    for (const mail of due) {
      const isReached = await attempt(unit, { server, password, mail, now });
      // A server that does not answer one mail does not answer the next: the others wait for the next turn.
      if (!isReached) return;
    }
  });

const localHour = (moment: Date, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(moment));

const attempt = async (
  unit: UnitOfWork,
  { server, password, mail, now }: { server: MailServer; password: string | undefined; mail: DueMail; now: Date },
): Promise<boolean> => {
  const answer = await postMail(server, password, { to: mail.address, noticeCount: mail.notice_count });
  const attempts = mail.attempts + 1;
  const event = answer.ok ? 'taken' : mailEventAfter(answer.reply, attempts, maxForwardAttempts);
  await updateMail(unit, mail.mail_id, {
    state: stateAfter(mail.state, event),
    attempts,
    nextAttemptAt: new Date(now.getTime() + (backOffMs(attempts) ?? 0)),
    lastError: answer.ok ? null : answer.words,
    sentAt: answer.ok ? now : null,
  });
  return answer.ok || answer.reply !== undefined;
};

const stateAfter = (state: MailState, event: MailEvent): MailState => {
  const next = transition(mailTable, state, event);
  if (!next.ok) throw new AppError('REVIEW_MAIL_NOT_FOUND', { state, event });
  return next.value;
};

/** A failed mail is tried anew at once. */
export const sendAgain = async (unit: UnitOfWork, by: AuditActor, mailId: string, now: Date): Promise<void> => {
  const mail = await lockMail(unit, mailId);
  if (!mail) throw new AppError('REVIEW_MAIL_NOT_FOUND');
  await updateMail(unit, mailId, {
    state: stateAfter(mail.state, 'asked-again'),
    ...{ attempts: 0, nextAttemptAt: now, lastError: mail.last_error, sentAt: null },
  });
  await recordEntry(unit, by, { action: 'review.mail-sent-again', subjectKind: 'mail', subjectId: mailId });
};

/** One mail now, so that whoever sets the server up sees whether it goes. */
export const sendTestMail = async (unit: UnitOfWork, passwords: MailPasswords, to: string): Promise<void> => {
  const server = await mailServerOf(unit);
  if (!isSetUp(server)) throw new AppError('REVIEW_MAIL_NOT_SET_UP');
  const answer = await postMail(server, await passwords.find(unit.hospitalId), { to, noticeCount: 1 });
  if (!answer.ok) throw new AppError('REVIEW_MAIL_FAILED', { words: answer.words });
};

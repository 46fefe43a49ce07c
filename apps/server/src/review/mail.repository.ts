import type { MailState } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export const findOwnMail = ({ db, hospitalId }: UnitOfWork, accountId: string) =>
  db
    .selectFrom('mail_address')
    .select(['address', 'is_wanted'])
    .where('hospital_id', '=', hospitalId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();

export const saveOwnMail = async (
  { db, hospitalId }: UnitOfWork,
  accountId: string,
  { address, isWanted }: { address: string; isWanted: boolean },
): Promise<void> => {
  if (address === '') {
    await db
      .deleteFrom('mail_address')
      .where('hospital_id', '=', hospitalId)
      .where('account_id', '=', accountId)
      .execute();
    return;
  }
  const row = { address, is_wanted: isWanted };
  await db
    .insertInto('mail_address')
    .values({ hospital_id: hospitalId, account_id: accountId, ...row })
    .onConflict((conflict) => conflict.columns(['hospital_id', 'account_id']).doUpdateSet(row))
    .execute();
};

/** One mail a day to everybody who wants it and has unread notices; a second time on the day changes nothing. */
export const queueMails = async ({ db, hospitalId }: UnitOfWork, day: string, at: Date): Promise<void> => {
  await sql`
    insert into mail (hospital_id, mail_id, account_id, address, day, notice_count, next_attempt_at, created_at)
    select ${hospitalId}, gen_random_uuid(), account.account_id, to_whom.address, ${day}::date, count(*), ${at}, ${at}
    from mail_address to_whom
      join account on account.hospital_id = to_whom.hospital_id and account.account_id = to_whom.account_id
        and account.disabled_at is null
      join notice on notice.hospital_id = account.hospital_id and notice.account_id = account.account_id
        and notice.read_at is null
    where to_whom.hospital_id = ${hospitalId} and to_whom.is_wanted
      -- What an earlier mail has told already is not told again each morning.
      and notice.at > coalesce((select max(earlier.created_at) from mail earlier
        where earlier.hospital_id = account.hospital_id and earlier.account_id = account.account_id), '-infinity')
    group by account.account_id, to_whom.address
    on conflict (hospital_id, account_id, day) do nothing`.execute(db);
};

/** Mails that are due, locked until the transaction ends. */
export const lockDueMails = ({ db, hospitalId }: UnitOfWork, at: Date, most: number) =>
  db
    .selectFrom('mail')
    .selectAll()
    .where('hospital_id', '=', hospitalId)
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<=', at)
    .orderBy('next_attempt_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
export type DueMail = Awaited<ReturnType<typeof lockDueMails>>[number];

export const lockMail = ({ db, hospitalId }: UnitOfWork, mailId: string) =>
  db
    .selectFrom('mail')
    .selectAll()
    .where('hospital_id', '=', hospitalId)
    .where('mail_id', '=', mailId)
    .forUpdate()
    .executeTakeFirst();

export const updateMail = async (
  { db, hospitalId }: UnitOfWork,
  mailId: string,
  change: { state: MailState; attempts: number; nextAttemptAt: Date; lastError: string | null; sentAt: Date | null },
): Promise<void> => {
  await db
    .updateTable('mail')
    .set({
      state: change.state,
      attempts: change.attempts,
      next_attempt_at: change.nextAttemptAt,
      last_error: change.lastError,
      sent_at: change.sentAt,
    })
    .where('hospital_id', '=', hospitalId)
    .where('mail_id', '=', mailId)
    .execute();
};

export const findMails = ({ db, hospitalId }: UnitOfWork, most: number) =>
  db
    .selectFrom('mail')
    .innerJoin('account', (join) =>
      join.onRef('account.hospital_id', '=', 'mail.hospital_id').onRef('account.account_id', '=', 'mail.account_id'),
    )
    .selectAll('mail')
    .select('account.display_name')
    .where('mail.hospital_id', '=', hospitalId)
    .orderBy('mail.created_at', 'desc')
    .limit(most)
    .execute();

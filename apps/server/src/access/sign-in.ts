import { AppError, type Clock } from '@jiapian/kernel';
import { recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import { accountsByUsername, insertSession, updateAccount } from './access.repository.ts';
import { passwordFits } from './passwords.ts';
import { newSecretToken, tokenSha256 } from './secret-tokens.ts';

/** Wrong passwords in a row until the account rests. [PD] */
const ATTEMPTS_BEFORE_REST = 5;
/** How long it rests, in minutes. [PD] */
const REST_MINUTES = 5;
/** A session ends after so many hours without use; one long shift. [PD] */
export const SESSION_IDLE_HOURS = 12;

const MINUTE_MS = 60_000;
export const sessionEnd = (now: Date): Date => new Date(now.getTime() + SESSION_IDLE_HOURS * 60 * MINUTE_MS);

export interface SignedIn {
  token: string;
  accountId: string;
  hospitalId: string;
  expiresAt: Date;
}

/** Opens a session, or refuses without saying whether the name or the password was wrong. */
export const signIn = async (
  database: Database,
  clock: Clock,
  given: { username: string; password: string; requestId: string },
): Promise<SignedIn> => {
  const found = await database.withSystem((unit) => accountsByUsername(unit, given.username));
  const account = found.length === 1 ? found[0] : undefined;
  const now = clock.now();
  if (account?.locked_until && account.locked_until > now) {
    throw new AppError('ACCESS_LOCKED_OUT', {
      retryAfterSeconds: Math.ceil((account.locked_until.getTime() - now.getTime()) / 1000),
    });
  }
  const fits = await passwordFits(account?.password_hash, given.password);
  if (account === undefined) throw new AppError('ACCESS_CREDENTIALS_WRONG');
  const actor = { accountId: account.account_id, actor: account.username, requestId: given.requestId };
  if (!fits || account.disabled_at !== null) {
    await database.withHospital(account.hospital_id, async (unit) => {
      const failed = account.failed_attempts + 1;
      const rests = failed % ATTEMPTS_BEFORE_REST === 0;
      await updateAccount(unit, account.account_id, {
        failed_attempts: failed,
        locked_until: rests ? new Date(now.getTime() + REST_MINUTES * MINUTE_MS) : null,
      });
      const fact = { action: 'access.sign-in-refused', subjectKind: 'account', subjectId: account.account_id };
      await recordEntry(unit, actor, fact);
    });
    throw new AppError('ACCESS_CREDENTIALS_WRONG');
  }
  const token = newSecretToken();
  const expiresAt = sessionEnd(now);
  await database.withHospital(account.hospital_id, async (unit) => {
    await updateAccount(unit, account.account_id, { failed_attempts: 0, locked_until: null });
    await insertSession(unit, {
      token_sha256: tokenSha256(token),
      account_id: account.account_id,
      created_at: now,
      last_seen_at: now,
      expires_at: expiresAt,
    });
    await recordEntry(unit, actor, {
      action: 'access.sign-in',
      subjectKind: 'account',
      subjectId: account.account_id,
    });
  });
  return { token, accountId: account.account_id, hospitalId: account.hospital_id, expiresAt };
};

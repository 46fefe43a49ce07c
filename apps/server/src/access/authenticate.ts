import type { Clock } from '@jiapian/kernel';
import type { Database } from '../platform/database.ts';
import type { Caller } from '../platform/http.ts';
import { findSession, findToken, touchSession, touchToken } from './access.repository.ts';
import { knownRoles, permissionsOf } from './permissions-of.ts';
import { tokenSha256 } from './secret-tokens.ts';
import { sessionEnd } from './sign-in.ts';

export const SESSION_COOKIE = 'jiapian_session';
/** A session's last use is written at most this often, so that reading a film does not write a row. */
const TOUCH_INTERVAL_MS = 60_000;

/** Who calls: by session cookie or bearer token; null when nobody valid does. */
export const authenticate = async (
  database: Database,
  clock: Clock,
  given: { cookie: string | undefined; authorization: string | undefined },
): Promise<Caller | null> => {
  const bearer = given.authorization?.match(/^Bearer\s+([\w-]{20,200})$/)?.[1];
  if (bearer !== undefined) return callerOfToken(database, clock, tokenSha256(bearer));
  if (given.cookie === undefined || given.cookie.length > 200) return null;
  return callerOfSession(database, clock, tokenSha256(given.cookie));
};

const callerOfSession = async (database: Database, clock: Clock, sha256: Buffer): Promise<Caller | null> =>
  database.withSystem(async (unit) => {
    const session = await findSession(unit, sha256);
    const now = clock.now();
    if (!session || session.expires_at <= now || session.disabled_at !== null) return null;
    if (now.getTime() - session.last_seen_at.getTime() > TOUCH_INTERVAL_MS) {
      await touchSession(unit, sha256, now, sessionEnd(now));
    }
    return {
      accountId: session.account_id,
      hospitalId: session.hospital_id,
      username: session.username,
      name: session.display_name,
      staffId: session.staff_id,
      roles: knownRoles(session.roles),
      // A one-time password opens only the page on which it is changed.
      permissions: session.must_change_password ? new Set() : permissionsOf(session.roles),
      via: 'session' as const,
    };
  });

const callerOfToken = async (database: Database, clock: Clock, sha256: Buffer): Promise<Caller | null> =>
  database.withSystem(async (unit) => {
    const token = await findToken(unit, sha256);
    if (!token || token.revoked_at !== null) return null;
    const now = clock.now();
    if (token.last_used_at === null || now.getTime() - token.last_used_at.getTime() > TOUCH_INTERVAL_MS) {
      await touchToken(unit, sha256, now);
    }
    return {
      accountId: token.token_id,
      hospitalId: token.hospital_id,
      username: `token:${token.name}`,
      name: token.name,
      staffId: null,
      roles: knownRoles(token.roles),
      permissions: permissionsOf(token.roles),
      via: 'token' as const,
    };
  });

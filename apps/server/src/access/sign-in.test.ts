import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { authenticate } from './authenticate.ts';
import { changePassword } from './change-password.ts';
import { ensureFirstAdministrator } from './first-administrator.ts';
import { changeAccount, createAccount, resetPassword } from './manage-accounts.ts';
import { createToken, endToken } from './manage-tokens.ts';
import { signIn } from './sign-in.ts';

let test: TestDatabase;
let clock = fixedClock(new Date('2026-11-24T00:00:00Z'));
const by = { accountId: null, actor: 'test' };
const password = 'correct horse battery';

beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.stop());
beforeEach(async () => {
  clock = fixedClock(new Date('2026-11-24T00:00:00Z'));
  await test.asOwner(`truncate session, account, api_token cascade`);
});

const account = (username: string, roles: string[] = ['technologist']) =>
  createAccount(test.database, test.hospitalId, by, {
    username,
    displayName: username,
    roles,
    staffId: null,
    password,
    mustChangePassword: false,
  });
const enter = (username: string, given = password) =>
  signIn(test.database, clock, { username, password: given, requestId: 'r1' });
const callerOf = (cookie: string) => authenticate(test.database, clock, { cookie, authorization: undefined });

describe('signing in', () => {
  it('opens a session with what the roles allow and nothing else', async () => {
    await account('0042');
    const { token } = await enter('0042');
    const caller = await callerOf(token);
    expect(caller).toMatchObject({ username: '0042', hospitalId: test.hospitalId, via: 'session' });
    expect(caller?.permissions.has('review.read')).toBe(true);
    expect(caller?.permissions.has('review.grade')).toBe(false);
  });

  it('stores neither the password nor the token', async () => {
    await account('0042');
    const { token } = await enter('0042');
    const [stored] = await test.asOwner<{ password_hash: string; token: string }>(
      `select password_hash, encode(token_sha256, 'base64') as token from account join session using (account_id)`,
    );
    expect(stored?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  it.each([
    ['a wrong password', '0042', 'wrong password here'],
    ['an unknown name', '9999', password],
  ])('refuses %s in the same words', async (_, username, given) => {
    await account('0042');
    await expect(enter(username, given)).rejects.toMatchObject({ code: 'ACCESS_CREDENTIALS_WRONG', facts: {} });
  });

  it('rests after five wrong passwords, even for the right one, and opens again after five minutes', async () => {
    await account('0042');
    for (let attempt = 0; attempt < 5; attempt += 1) await enter('0042', 'wrong').catch(() => undefined);
    await expect(enter('0042')).rejects.toMatchObject({ code: 'ACCESS_LOCKED_OUT' });
    clock.advanceMs(5 * 60_000);
    await enter('0042');
  });

  it('ends a session after twelve hours without use, and not while it is used', async () => {
    await account('0042');
    const { token } = await enter('0042');
    clock.advanceMs(11 * 3_600_000);
    expect(await callerOf(token)).not.toBeNull();
    clock.advanceMs(11 * 3_600_000);
    expect(await callerOf(token)).not.toBeNull();
    clock.advanceMs(12 * 3_600_000);
    expect(await callerOf(token)).toBeNull();
  });

  it('refuses a disabled account and ends its sessions', async () => {
    const { account_id } = await account('0042');
    const { token } = await enter('0042');
    await changeAccount(test.database, clock, test.hospitalId, by, account_id, { isDisabled: true });
    expect(await callerOf(token)).toBeNull();
    await expect(enter('0042')).rejects.toMatchObject({ code: 'ACCESS_CREDENTIALS_WRONG' });
  });
});

describe('passwords', () => {
  it('opens nothing but the change of a one-time password', async () => {
    const { account_id } = await account('0042');
    const oneTime = await resetPassword(test.database, test.hospitalId, by, account_id);
    const { token } = await enter('0042', oneTime);
    expect((await callerOf(token))?.permissions.size).toBe(0);
    const change = { hospitalId: test.hospitalId, accountId: account_id, keepSession: undefined };
    await changePassword(test.database, by, { ...change, currentPassword: oneTime, newPassword: 'a much better one' });
    const again = await enter('0042', 'a much better one');
    expect((await callerOf(again.token))?.permissions.size).toBeGreaterThan(0);
    expect(await callerOf(token)).toBeNull();
  });

  it('refuses a change without the old password, and the same password again', async () => {
    const { account_id } = await account('0042');
    const change = { hospitalId: test.hospitalId, accountId: account_id, keepSession: undefined };
    await expect(
      changePassword(test.database, by, { ...change, currentPassword: 'guess', newPassword: 'a much better one' }),
    ).rejects.toMatchObject({ code: 'ACCESS_CREDENTIALS_WRONG' });
    await expect(
      changePassword(test.database, by, { ...change, currentPassword: password, newPassword: password }),
    ).rejects.toMatchObject({ code: 'ACCESS_PASSWORD_WEAK' });
  });
});

describe('accounts and tokens', () => {
  it('refuses a staff number twice in one hospital', async () => {
    await account('0042');
    await expect(account('0042')).rejects.toMatchObject({ code: 'ACCESS_USERNAME_TAKEN' });
  });

  it('keeps the last administrator', async () => {
    const { account_id } = await account('root', ['administrator']);
    const change = (update: object) => changeAccount(test.database, clock, test.hospitalId, by, account_id, update);
    await expect(change({ isDisabled: true })).rejects.toMatchObject({ code: 'ACCESS_LAST_ADMINISTRATOR' });
    await expect(change({ roles: ['reviewer'] })).rejects.toMatchObject({ code: 'ACCESS_LAST_ADMINISTRATOR' });
    await account('second', ['administrator']);
    await change({ roles: ['reviewer'] });
  });

  it('lets a token in until it is revoked', async () => {
    const { tokenId, token } = await createToken(test.database, test.hospitalId, by, {
      name: 'ris',
      roles: ['auditor'],
    });
    const call = () => authenticate(test.database, clock, { cookie: undefined, authorization: `Bearer ${token}` });
    expect(await call()).toMatchObject({ username: 'token:ris', via: 'token' });
    await endToken(test.database, clock, test.hospitalId, by, tokenId);
    expect(await call()).toBeNull();
    await expect(endToken(test.database, clock, test.hospitalId, by, tokenId)).rejects.toMatchObject({
      code: 'ACCESS_TOKEN_NOT_FOUND',
    });
  });

  it('makes the first administrator once, with a password that must be changed', async () => {
    await test.asOwner(`truncate hospital cascade`);
    const first = await ensureFirstAdministrator(test.database, null);
    expect(first.oneTimePassword).toMatch(/^[a-hj-km-np-z2-9]{16}$/);
    const again = await ensureFirstAdministrator(test.database, null);
    expect(again).toEqual({ hospitalId: first.hospitalId, oneTimePassword: null });
    const { token } = await enter('admin', first.oneTimePassword ?? '');
    expect((await callerOf(token))?.permissions.size).toBe(0);
  });
});

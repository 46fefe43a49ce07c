import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MailRow, MailSettings, Notice, OwnMail } from '@jiapian/contract';
import { DAY_MS, type Clock } from '@jiapian/kernel';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { createDataFolder } from '../platform/data-folder.ts';
import type { Room } from '../platform/platform.ts';
import { createMailRoom, createReviewRoom } from './index.ts';
import { makeFilms } from './make-films.ts';

// A real mail server on this machine: it keeps what it takes, refuses one address and is deaf when told so.
const PASSWORD = 'kept-among-the-secrets';
let taken: { to: string[]; text: string; user: string | undefined }[] = [];
let isDeaf = false;
const mailServer = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  onAuth: (auth, _session, answer) =>
    auth.password === PASSWORD ? answer(null, { user: auth.username }) : answer(new Error('wrong password')),
  onRcptTo: ({ address }, _session, answer) => {
    if (isDeaf) return answer(Object.assign(new Error('try later'), { responseCode: 451 }));
    if (address === 'gone@hospital.example')
      return answer(Object.assign(new Error('no such box'), { responseCode: 550 }));
    return answer();
  },
  onData: (stream, session, answer) => {
    const blocks: Buffer[] = [];
    stream.on('data', (block: Buffer) => blocks.push(block));
    stream.on('end', () => {
      taken.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        text: Buffer.concat(blocks).toString('utf8'),
        user: session.user as string | undefined,
      });
      answer();
    });
  },
});

let test: TestDatabase;
let app: App;
let room: Room;
let root: string;
let port: number;
// One in the morning of the 24th in Shanghai.
let now = new Date('2026-11-23T17:00:00Z');
const clock: Clock = { now: () => now };
const people: Record<string, { accountId: string; staffId: string }> = {};

beforeAll(async () => {
  test = await startTestDatabase();
  root = await mkdtemp(join(tmpdir(), 'mail-'));
  const folder = await createDataFolder(root);
  for (const name of ['taker', 'other', 'admin']) people[name] = await registerReader(test, name);
  const parts = { database: test.database, clock, folder, liveEvents: { publishWith: async () => undefined } } as never;
  room = createMailRoom(parts);
  const review = createReviewRoom(parts);
  app = await startRoomHttp(
    test,
    async (frame) => {
      await room.routes?.(frame);
      await review.routes?.(frame);
    },
    people,
  );
  await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', () => resolve()));
  port = (mailServer.server.address() as AddressInfo).port;
  const { examId } = await registerExam(test, { technologistId: people['taker']!.staffId });
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, examId));
  await test.asOwner(`update film set state = 'graded', grade = 'A', score = 96, graded_at = $1`, [
    new Date(now.getTime() - DAY_MS),
  ]);
}, 60_000);
afterAll(async () => {
  await new Promise<void>((resolve) => mailServer.close(() => resolve()));
  await app.close();
  await test.stop();
  await rm(root, { recursive: true });
});

const ask = (method: 'GET' | 'POST' | 'PUT', path: string, who: string, payload?: object) =>
  app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { 'x-caller': who },
    ...(payload === undefined ? {} : { payload }),
  });
const json = async <Answer>(path: string, who: string): Promise<Answer> => (await ask('GET', path, who)).json();
const tick = async (name: string): Promise<void> => {
  await room.ticks?.find((one) => one.name === name)?.run(new AbortController().signal);
};
const setUp = (more: object = {}) =>
  ask('PUT', '/mail-settings', 'admin', {
    ...{ isOn: true, host: '127.0.0.1', port, security: 'none', username: 'jiapian' },
    ...{ fromAddress: 'qc@hospital.example', link: 'http://qc.hospital.example', hour: 7 },
    ...more,
  });
const queue = async (): Promise<MailRow[]> => (await json<{ items: MailRow[] }>('/mail-queue', 'admin')).items;
const notices = async (who: string): Promise<Notice[]> => (await json<{ items: Notice[] }>('/notices', who)).items;
const notice = (who: string, at: Date) =>
  test.asOwner(
    `insert into notice (hospital_id, notice_id, account_id, kind, facts, at) values ($1, $2, $3, 'ruling', $4, $5)`,
    [test.hospitalId, randomUUID(), people[who]!.accountId, JSON.stringify({ before: 'B', after: 'C' }), at],
  );

describe('the digest of a day', () => {
  it('is written by the clock, once, and not by whoever looks', async () => {
    expect(await notices('taker')).toEqual([]);
    await tick('review.write-digests');
    await tick('review.write-digests');
    expect(await notices('taker')).toMatchObject([{ kind: 'digest', facts: { graded: 1, A: 1 }, readAt: null }]);
    expect(await notices('other')).toEqual([]);
  });
});

describe('notices by mail', () => {
  it('are off until a hospital sets them up, and cannot be switched on half set up', async () => {
    await ask('PUT', '/notices/mail', 'taker', { address: 'taker@hospital.example', isWanted: true });
    await tick('review.send-mails');
    expect(await queue()).toEqual([]);
    expect(await json<OwnMail>('/notices/mail', 'taker')).toEqual({
      isOn: false,
      address: 'taker@hospital.example',
      isWanted: true,
    });
    expect(((await setUp({ link: '' })).json() as { code: string }).code).toBe('REVIEW_MAIL_NOT_SET_UP');
  });

  it('keep the password out of the database, the answers and the trail', async () => {
    expect((await setUp({ password: PASSWORD })).statusCode).toBe(204);
    const settings = await ask('GET', '/mail-settings', 'admin');
    expect(settings.json() as MailSettings).toMatchObject({ isOn: true, hasPassword: true });
    expect(settings.body).not.toContain(PASSWORD);
    const rows = await test.asOwner<{ row: string }>(
      `select value::text as row from hospital_setting union all select facts::text from audit_entry`,
    );
    expect(rows.map(({ row }) => row).join()).not.toContain(PASSWORD);
    const [file] = (await readdir(join(root, 'secrets'))).filter((name) => name.startsWith('mail-'));
    expect(await readFile(join(root, 'secrets', file!), 'utf8')).toBe(PASSWORD);
    expect((await stat(join(root, 'secrets', file!))).mode & 0o077).toBe(0);
    for (const path of ['/mail-settings', '/mail-queue'])
      expect((await ask('GET', path, 'taker:review.read,organization.read')).statusCode).toBe(403);
  });

  it('wait for the hour of the hospital, and then say how many and where, and nothing of patient or grade', async () => {
    now = new Date('2026-11-23T22:59:00Z');
    await tick('review.send-mails');
    expect(taken).toEqual([]);
    now = new Date('2026-11-23T23:00:00Z');
    await tick('review.send-mails');
    expect(taken.map(({ to, user }) => [to, user])).toEqual([[['taker@hospital.example'], 'jiapian']]);
    const { text } = taken[0]!;
    expect(text).toContain('qc.hospital.example');
    for (const word of ['张三', 'DR2611', '甲级', 'CHEST', '2.25.']) expect(text).not.toContain(word);
    expect(await queue()).toMatchObject([{ state: 'sent', noticeCount: 1, attempts: 1, lastError: null }]);
  });

  it('go once a day, and not again for what an earlier mail has told', async () => {
    const at = (moment: string): void => {
      now = new Date(moment);
    };
    at('2026-11-24T03:00:00Z');
    await notice('taker', now);
    await tick('review.send-mails');
    expect(taken).toHaveLength(1);
    at('2026-11-25T01:30:00Z');
    await tick('review.send-mails');
    expect(taken).toHaveLength(2);
    at('2026-11-26T01:30:00Z');
    await tick('review.send-mails');
    expect(taken).toHaveLength(2);
  });

  it('are tried again later when the server puts them off, and leave when it listens', async () => {
    taken = [];
    isDeaf = true;
    await notice('taker', now);
    now = new Date('2026-11-28T01:30:00Z');
    await tick('review.send-mails');
    const [waiting] = await queue();
    expect(waiting).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(waiting!.lastError).toContain('451');
    await tick('review.send-mails');
    expect((await queue())[0]!.attempts).toBe(1);
    isDeaf = false;
    now = new Date(Date.parse(waiting!.nextAttemptAt));
    await tick('review.send-mails');
    expect((await queue())[0]).toMatchObject({ state: 'sent', attempts: 2 });
    expect(taken).toHaveLength(1);
  });

  it('show a final refusal to who manages mail, and go out anew when asked for', async () => {
    taken = [];
    await ask('PUT', '/notices/mail', 'other', { address: 'gone@hospital.example', isWanted: true });
    await notice('other', now);
    now = new Date('2026-11-29T01:30:00Z');
    await tick('review.send-mails');
    const failed = (await queue()).find(({ personName }) => personName === 'other')!;
    expect(failed).toMatchObject({ state: 'failed', attempts: 1 });
    expect(failed.lastError).toContain('no such box');
    await test.asOwner(`update mail set address = 'here@hospital.example' where mail_id = $1`, [failed.mailId]);
    expect((await ask('POST', `/mail-queue/${failed.mailId}/retry`, 'admin')).statusCode).toBe(204);
    await tick('review.send-mails');
    expect(taken.map(({ to }) => to[0])).toEqual(['here@hospital.example']);
    expect((await ask('POST', `/mail-queue/${failed.mailId}/retry`, 'admin')).statusCode).toBe(404);
  });

  it('can be tried out, and say what the server said without the password', async () => {
    expect((await ask('POST', '/mail-settings/test', 'admin', { to: 'head@hospital.example' })).statusCode).toBe(204);
    expect(taken.at(-1)?.to).toEqual(['head@hospital.example']);
    await setUp({ password: 'wrong-one' });
    const refused = await ask('POST', '/mail-settings/test', 'admin', { to: 'head@hospital.example' });
    expect([refused.statusCode, (refused.json() as { code: string }).code]).toEqual([502, 'REVIEW_MAIL_FAILED']);
    expect(refused.body).not.toContain('wrong-one');
  });
});

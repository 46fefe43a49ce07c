import { randomUUID } from 'node:crypto';
import type { Incident } from '@jiapian/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { currentStandard, incidentRoutes } from './index.ts';
import { registerVetoes } from './register-incident.ts';

let test: TestDatabase;
let app: App;
const now = new Date('2026-11-24T08:00:00Z');

beforeAll(async () => {
  test = await startTestDatabase();
  app = await startRoomHttp(test, (frame) => incidentRoutes(frame, test.database, { now: () => now }));
});
afterAll(async () => {
  await app.close();
  await test.stop();
});
beforeEach(async () => {
  await test.asOwner('delete from incident');
});

const send = async <Body>(method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, caller = 'first') => {
  const answer = await app.inject({
    method,
    url: `/api/v1/incidents${url}`,
    headers: { 'x-caller': caller },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: (answer.body === '' ? null : JSON.parse(answer.body)) as Body };
};
const list = async (query = '', caller = 'first') =>
  (await send<{ items: Incident[] }>('GET', query, undefined, caller)).body.items;
const fall = { kind: 'fall', severity: 3, happenedAt: '2026-11-24T07:00:00Z', description: '候诊区滑倒' };
const open = async () => (await send<Incident>('POST', '', fall)).body;

const readingWith = async (codes: string[]) => {
  const { examId, sopInstanceUids } = await registerExam(test);
  const [filmId, readingId] = [randomUUID(), randomUUID()];
  await test.asOwner(
    `insert into film (hospital_id, film_id, exam_id, kind, sop_instance_uid, day)
     values ($1, $2, $3, 'image', $4, '2026-11-24')`,
    [test.hospitalId, filmId, examId, sopInstanceUids[0]],
  );
  await test.asOwner(
    `insert into reading (hospital_id, reading_id, film_id, act, account_id, at, standard_id, standard_version,
      software_version, marks) values ($1, $2, $3, 'grade', $4, $5, 'default', 1, 'test', $6)`,
    [test.hospitalId, readingId, filmId, randomUUID(), now, JSON.stringify(codes.map((code) => ({ code, step: 1 })))],
  );
  return { examId, filmId, readingId, at: now };
};

describe('the register of errors', () => {
  it('takes an entry by hand, follows it, and closes it with words', async () => {
    const entry = await open();
    expect(entry).toMatchObject({ kind: 'fall', severity: 3, closedAt: null, version: 1 });
    const follow = { version: 1, severity: 2, description: '候诊区滑倒', followUp: '', isClosed: true };
    expect(await send('PUT', `/${entry.incidentId}`, follow)).toMatchObject({
      status: 422,
      body: { code: 'STANDARDS_INCIDENT_UNANSWERED' },
    });
    const closed = await send<Incident>('PUT', `/${entry.incidentId}`, { ...follow, followUp: '已加防滑垫' });
    expect(closed.body).toMatchObject({ severity: 2, followUp: '已加防滑垫', closedAt: now.toISOString(), version: 2 });
    expect(await list('?state=open')).toEqual([]);
    expect(await list('?state=closed')).toHaveLength(1);
    const again = await send<Incident>('PUT', `/${entry.incidentId}`, { ...follow, version: 2, isClosed: false });
    expect(again.body).toMatchObject({ closedAt: null, version: 3 });
  });

  it('refuses a stale save, the future, an exam that is not there, and an entry of another hospital', async () => {
    const entry = await open();
    const follow = { severity: 2, description: '', followUp: '甲', isClosed: false };
    await send('PUT', `/${entry.incidentId}`, { ...follow, version: 1 });
    expect((await send('PUT', `/${entry.incidentId}`, { ...follow, version: 1 })).status).toBe(409);
    expect((await send('PUT', `/${entry.incidentId}`, { ...follow, version: 2 }, 'second')).status).toBe(404);
    expect((await send('POST', '', { ...fall, happenedAt: '2026-11-25T00:00:00Z' })).status).toBe(400);
    expect((await send('POST', '', { ...fall, examId: randomUUID() })).status).toBe(404);
    expect(await list('', 'second')).toEqual([]);
  });

  it('is read by who reads reviews, opened by who grades, followed by who plans', async () => {
    expect((await send('GET', '', undefined, 'first:standards.read')).status).toBe(403);
    expect((await send('POST', '', fall, 'first:review.read')).status).toBe(403);
    const entry = await open();
    const follow = { version: 1, severity: 2, description: '', followUp: '', isClosed: false };
    expect((await send('PUT', `/${entry.incidentId}`, follow, 'first:review.grade')).status).toBe(403);
    expect((await send('GET', '/export?format=csv', undefined, 'first:review.grade')).status).toBe(403);
  });

  it('goes out as a file in the language of the reader', async () => {
    await open();
    const answer = await app.inject({ method: 'GET', url: '/api/v1/incidents/export?format=csv&locale=en' });
    expect(answer.body).toContain('Happened,Kind,Severity (1–4)');
    expect(answer.body).toContain('Fall,3,');
  });

  it('pages from the newest to the oldest without a gap', async () => {
    for (let entry = 0; entry < 5; entry += 1) await open();
    const first = await send<{ items: Incident[]; nextCursor: string }>('GET', '?limit=3');
    const second = await send<{ items: Incident[] }>('GET', `?limit=3&cursor=${first.body.nextCursor}`);
    const seen = [...first.body.items, ...second.body.items].map(({ incidentId }) => incidentId);
    expect(new Set(seen).size).toBe(5);
  });
});

describe('a veto in a reading', () => {
  it('opens one entry of its kind, once, and no entry where nothing is a veto', async () => {
    await test.database.withHospital(test.hospitalId, (unit) => currentStandard(unit, now));
    const side = await readingWith(['D01-side', 'D03']);
    const plain = await readingWith(['D03']);
    const opened = await test.database.withHospital(test.hospitalId, async (unit) => [
      await registerVetoes(unit, side),
      await registerVetoes(unit, side),
      await registerVetoes(unit, plain),
    ]);
    expect(opened).toEqual([1, 0, 0]);
    expect(await list()).toMatchObject([
      {
        kind: 'wrong-side',
        severity: null,
        openedByName: null,
        filmId: side.filmId,
        description: '左右错 / Wrong side',
      },
    ]);
  });
});

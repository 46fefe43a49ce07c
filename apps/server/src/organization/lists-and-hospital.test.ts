import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { accountRoutes } from '../access/index.ts';
import { auditRoutes } from '../audit/index.ts';
import { bulletinRoutes } from '../bulletins/index.ts';
import type { App } from '../platform/app.ts';
import { deviceRoutes, hospitalRoutes, peopleAndRoomRoutes } from './index.ts';

let test: TestDatabase;
let app: App;
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const settings = { aeTitle: 'JIAPIAN', dicom: { host: '127.0.0.1', port: 11112 } };

beforeAll(async () => {
  test = await startTestDatabase();
  app = await startRoomHttp(test, (frame) => {
    hospitalRoutes(frame, test.database, clock, settings as Parameters<typeof hospitalRoutes>[3]);
    deviceRoutes(frame, test.database, clock);
    peopleAndRoomRoutes(frame, test.database);
    accountRoutes(frame, test.database, clock);
    auditRoutes(frame, test.database);
    bulletinRoutes(frame, test.database);
  });
  // Two rooms of one name: the id decides between them, and no page loses one.
  for (const name of ['CT-2', 'DR-1', 'CT-1', 'DR-1', 'MR-1']) await send('POST', '/rooms', { name });
});
afterAll(async () => {
  await app.close();
  await test.stop();
});

const send = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, caller = 'first') => {
  const answer = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { 'x-caller': caller },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.body, headers: answer.headers };
};
interface Page {
  items: { name: string; roomId: string }[];
  nextCursor: string | null;
}
const pageAt = async (cursor: string | null) => {
  const { body } = await send('GET', `/rooms?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
  return JSON.parse(body) as Page;
};

describe('a short list', () => {
  it('comes page by page, in order, each row once', async () => {
    const rooms: Page['items'] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await pageAt(cursor);
      expect(page.items.length).toBeLessThanOrEqual(2);
      rooms.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(rooms.map(({ name }) => name)).toEqual(['CT-1', 'CT-2', 'DR-1', 'DR-1', 'MR-1']);
    expect(new Set(rooms.map(({ roomId }) => roomId)).size).toBe(5);
  });

  it.each(['devices', 'staff', 'departments', 'rooms', 'accounts', 'api-tokens'])(
    'refuses in %s a cursor that was not made here',
    async (list) => {
      for (const cursor of ['x', Buffer.from('[1]').toString('base64url'), Buffer.from('{}').toString('base64url')])
        expect((await send('GET', `/${list}?cursor=${cursor}`)).status).toBe(400);
      expect((await send('GET', `/${list}`)).status).toBe(200);
    },
  );

  it('shows nothing of another hospital', async () => {
    expect(JSON.parse((await send('GET', '/rooms', undefined, 'second')).body)).toMatchObject({ items: [] });
  });
});

describe('the hospital', () => {
  it('is renamed and moved to another zone, and the trail says so', async () => {
    const names = { name: '第一人民医院', nameEn: 'First Hospital', timeZone: 'Asia/Urumqi' };
    expect((await send('PUT', '/organization/hospital', names)).status).toBe(204);
    const [row] = await test.asOwner('select name, time_zone from hospital where hospital_id = $1', [test.hospitalId]);
    expect(row).toEqual({ name: '第一人民医院', time_zone: 'Asia/Urumqi' });
    const [entry] = await test.asOwner('select facts from audit_entry where action = $1', [
      'organization.hospital-changed',
    ]);
    expect(entry).toEqual({ facts: names });
  });

  it('refuses a zone that does not exist, and a caller who may not', async () => {
    const names = { name: 'x', nameEn: '', timeZone: 'Asia/Nowhere' };
    expect((await send('PUT', '/organization/hospital', names)).status).toBe(400);
    const reader = 'first:organization.read';
    expect((await send('PUT', '/organization/hospital', { ...names, timeZone: 'UTC' }, reader)).status).toBe(403);
  });
});

describe('exports', () => {
  it('gives the trail as a file, and writes down that it was taken', async () => {
    const { status, body, headers } = await send('GET', '/audit/export?format=csv&locale=en&subjectKind=room');
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain('audit.csv');
    const lines = body.trim().split('\r\n');
    expect(lines[0]).toContain('Number,Time,Person,Action');
    expect(lines.filter((line) => line.includes('organization.room-saved'))).toHaveLength(5);
    const taken = await test.asOwner('select facts from audit_entry where action = $1', ['audit.export']);
    expect(taken).toHaveLength(1);
    expect((await send('GET', '/audit/export?format=csv', undefined, 'first:exams.read')).status).toBe(403);
  });

  it('gives a shown table as a file, formulas as text', async () => {
    const table = { name: 'rooms', format: 'csv', titles: ['名称', '科室'], rows: [['=1+1', '放射科']] };
    const { status, body } = await send('POST', '/exports', table);
    expect(status).toBe(200);
    expect(body).toContain('名称,科室');
    expect(body).not.toMatch(/^=1\+1/m);
  });

  it('refuses a table whose rows do not fit its headings, and a name that is a path', async () => {
    const table = { name: 'rooms', format: 'csv', titles: ['a', 'b'], rows: [['1']] };
    expect((await send('POST', '/exports', table)).status).toBe(400);
    expect((await send('POST', '/exports', { ...table, rows: [], name: '../x' })).status).toBe(400);
  });
});

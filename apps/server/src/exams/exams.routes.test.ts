import { randomUUID } from 'node:crypto';
import { fixedClock } from '@jiapian/kernel';
import type { ExamDetail, ExamRow } from '@jiapian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { receivedImage } from '../../../../test/testkit/src/received.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { examRoutes } from './exams.routes.ts';
import { createRegister } from './register-received.ts';

let test: TestDatabase;
let app: App;
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const liveEvents = { publishWith: async () => undefined };
const staffId = randomUUID();

const people = ['Zhang^San=张^三', 'Wang^Xiaodong=王^小东', 'Wang^Fang=王^芳', '@SUM(1+1)^Eve', 'Li^Si=李^四'];

beforeAll(async () => {
  test = await startTestDatabase();
  await test.asOwner(`insert into staff (hospital_id, staff_id, staff_number, name) values ($1, $2, '7', '赵技师')`, [
    test.hospitalId,
    staffId,
  ]);
  const { registerBatch } = createRegister({
    database: test.database,
    clock,
    store: { read: async () => new Uint8Array() },
    liveEvents,
  });
  // Five people, 25 exams a minute apart, the last ones of the same second.
  await registerBatch(
    Array.from({ length: 25 }, (_, index) =>
      receivedImage(
        {
          SOPInstanceUID: `2.25.${index}.1`,
          SeriesInstanceUID: `2.25.${index}.5`,
          StudyInstanceUID: `2.25.${index}`,
          StudyDate: index < 5 ? '20261123' : '20261124',
          StudyTime: index < 20 ? `09${String(index).padStart(2, '0')}00` : '100000.123456',
          PatientName: people[index % 5]!,
          PatientID: `P${index % 5}`,
          AccessionNumber: `ACC${1000 + index}`,
          Modality: index % 3 === 0 ? 'CT' : 'DX',
          StudyDescription: index % 2 === 0 ? '胸部正位' : 'Knee',
          OperatorsName: index % 2 === 0 ? 'ZHAO' : '',
          StationName: index % 4 === 0 ? 'ROOM1' : 'ROOM2',
        },
        clock.now(),
      ),
    ),
  );
  app = await startRoomHttp(test, (frame) => examRoutes(frame, { database: test.database, clock, liveEvents }));
});
afterAll(async () => {
  await app.close();
  await test.stop();
});

const get = async (url: string, caller = 'first') => {
  const answer = await app.inject({ url: `/api/v1${url}`, headers: { 'x-caller': caller } });
  return { status: answer.statusCode, body: answer.body, json: () => JSON.parse(answer.body) as Page };
};
interface Page {
  items: ExamRow[];
  nextCursor: string | null;
  total: number | null;
  code?: string;
}
const namesFor = async (query: string): Promise<string[]> => {
  const { items } = (await get(`/exams?limit=100&${query}`)).json();
  return [...new Set(items.map(({ patientName }) => patientName))].sort();
};
const accessionsFor = async (query: string): Promise<string[]> =>
  (await get(`/exams?limit=100&${query}`)).json().items.map(({ accessionNumber }) => accessionNumber);

describe('the list of exams', () => {
  it('goes through every exam once, newest first, also those of the same moment', async () => {
    for (const limit of [1, 4, 25, 26]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const at = cursor === null ? '' : `&cursor=${cursor}`;
        const page: Page = (await get(`/exams?limit=${limit}${at}`)).json();
        seen.push(...page.items.map(({ accessionNumber }) => accessionNumber));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(new Set(seen).size).toBe(25);
      expect(seen).toHaveLength(25);
      expect(seen.at(-1)).toBe('ACC1000');
    }
  });

  it('counts what matches', async () => {
    expect((await get('/exams?limit=3')).json()).toMatchObject({ total: 25 });
    expect((await get('/exams?limit=3&modality=CT')).json()).toMatchObject({ total: 9 });
    expect((await get('/exams?modality=XA')).json()).toEqual({ items: [], nextCursor: null, total: 0 });
  });

  it('takes days of the hospital, both ends included', async () => {
    expect(await accessionsFor('from=2026-11-23&to=2026-11-23')).toHaveLength(5);
    expect(await accessionsFor('from=2026-11-24')).toHaveLength(20);
    expect(await accessionsFor('to=2026-11-22')).toEqual([]);
  });

  it.each([
    ['张三', ['张三']],
    ['张', ['张三']],
    ['小东', ['王小东']],
    ['东', ['王小东']],
    ['王', ['王小东', '王芳']],
    ['wang', ['王小东', '王芳']],
    ['wxd', ['王小东']],
    ['wangxiaodong', ['王小东']],
    ['Zhang San', ['张三']],
    ['P3', ['@SUM(1+1) Eve']],
    ['acc1001', ['王小东']],
    ['100%', []],
    ['_', []],
  ])('finds %s', async (text, names) => {
    expect(await namesFor(`text=${encodeURIComponent(text)}`)).toEqual([...names].sort());
  });

  it('combines text with filters and pages it', async () => {
    const query = `text=${encodeURIComponent('胸部')}&modality=CT&from=2026-11-24`;
    const whole = await accessionsFor(query);
    expect(whole).toEqual(['ACC1024', 'ACC1018', 'ACC1012', 'ACC1006']);
    const first = (await get(`/exams?limit=3&${query}`)).json();
    const second = (await get(`/exams?limit=3&${query}&cursor=${first.nextCursor}`)).json();
    expect([...first.items, ...second.items].map((item) => item.accessionNumber)).toEqual(whole);
    expect(second.nextCursor).toBeNull();
  });

  it('filters by device, state and technologist', async () => {
    const { items } = (await get('/exams?limit=100')).json();
    const device = items.find(({ accessionNumber }) => accessionNumber === 'ACC1004')?.deviceId;
    expect(await accessionsFor(`deviceId=${device}&modality=DX`)).toEqual(['ACC1020', 'ACC1016', 'ACC1008', 'ACC1004']);
    expect(await accessionsFor('state=ready')).toEqual([]);
    expect(await accessionsFor(`technologistId=${randomUUID()}`)).toEqual([]);
  });

  it.each(['x', 'W10', Buffer.from('["now","x"]').toString('base64url')])('refuses the cursor %j', async (cursor) => {
    const answer = await get(`/exams?cursor=${cursor}`);
    expect(answer.status).toBe(400);
    expect(answer.json().code).toBe('REQUEST_INVALID');
  });

  it('shows the second hospital nothing, and nobody without permission anything', async () => {
    expect((await get('/exams', 'second')).json()).toEqual({ items: [], nextCursor: null, total: 0 });
    expect((await get(`/exams?text=${encodeURIComponent('张三')}`, 'second')).json().items).toEqual([]);
    expect((await get('/exams', 'first:review.read')).status).toBe(403);
    expect((await get('/exams', 'nobody')).status).toBe(401);
  });
});

describe('the search', () => {
  it('uses the trigram index, which the row-level check alone would forbid', async () => {
    const plan = async (role: string, statement: string): Promise<string> => {
      const [row] = await test.asOwner<{ plan: string }>(
        `select string_agg(line, e'\n') as plan from explained($1, $2) as line`,
        [role, statement],
      );
      return row?.plan ?? '';
    };
    await test.asOwner(`create function explained(who text, statement text) returns setof text language plpgsql as $$
      begin
        perform set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true);
        execute format('set local role %I', who);
        return query execute 'explain ' || statement;
      end $$`);
    await test.asOwner('grant execute on function explained to jiapian_app');
    const [{ owner } = { owner: '' }] = await test.asOwner<{ owner: string }>('select current_user as owner');
    const statement = `select exam_id from exam where search_text like '%wangxiaodong%'`;
    expect(await plan(owner, statement)).toContain('exam_search');
    expect(await plan('jiapian_app', statement)).not.toContain('exam_search');
  });
});

describe('one exam', () => {
  const examIdOf = async (accession: string): Promise<string> =>
    (await get(`/exams?text=${accession}`)).json().items[0]?.examId ?? '';

  it('shows series, instances and time line, and leaves a trail', async () => {
    const examId = await examIdOf('ACC1007');
    const detail = JSON.parse((await get(`/exams/${examId}`)).body) as ExamDetail;
    expect(detail.exam).toMatchObject({ accessionNumber: 'ACC1007', patientName: '王芳', gateState: 'none' });
    expect(detail.series).toHaveLength(1);
    expect(detail.series[0]?.instances[0]).toMatchObject({
      sopInstanceUid: '2.25.7.1',
      isImage: true,
      numberOfFrames: 1,
      conflictCount: 0,
    });
    expect(detail.events.map(({ event }) => event)).toEqual(['exam.first-received']);
    const trail = await test.asOwner('select action, subject_id from audit_entry where subject_kind = $1', ['exam']);
    expect(trail).toContainEqual({ action: 'exams.read', subject_id: examId });
  });

  it('is not there for the other hospital', async () => {
    const examId = await examIdOf('ACC1007');
    const answer = await get(`/exams/${examId}`, 'second');
    expect(answer.status).toBe(404);
    expect(answer.json().code).toBe('EXAMS_EXAM_NOT_FOUND');
  });

  it('becomes complete when a person says so', async () => {
    const examId = await examIdOf('ACC1009');
    const url = `/api/v1/exams/${examId}/complete`;
    const done = await app.inject({ method: 'POST', url });
    expect(done.json()).toMatchObject({ state: 'ready' });
    expect((await app.inject({ method: 'POST', url })).statusCode).toBe(200);
    const unknown = await app.inject({ method: 'POST', url: `/api/v1/exams/${randomUUID()}/complete` });
    expect(unknown.statusCode).toBe(404);
    expect(await accessionsFor('state=ready')).toEqual(['ACC1009']);
  });

  it('gets its technologist from a person, remembered for the operator name', async () => {
    const assign = async (accession: string, body: object) =>
      app.inject({
        method: 'PUT',
        url: `/api/v1/exams/${await examIdOf(accession)}/technologist`,
        payload: body,
      });
    await assign('ACC1004', { staffId: null, remember: false });
    const answer = await assign('ACC1002', { staffId, remember: true });
    expect(answer.json()).toMatchObject({ technologistName: '赵技师', operatorName: 'ZHAO' });
    expect(await accessionsFor(`technologistId=${staffId}`)).toHaveLength(13);
    await assign('ACC1002', { staffId: null, remember: false });
    expect(await accessionsFor(`technologistId=${staffId}`)).toHaveLength(12);
    expect((await assign('ACC1002', { staffId: randomUUID() })).statusCode).toBe(404);
  });
});

describe('the export', () => {
  it('is the filtered list, with text that no spreadsheet runs', async () => {
    const { body } = await get('/exams/export?format=csv&from=2026-11-24&locale=en');
    const lines = body.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\ufeffExam time,Accession number/);
    expect(lines).toHaveLength(21);
    expect(lines.filter((line) => line.includes(",'@SUM(1+1) Eve,"))).toHaveLength(4);
    const [entry] = await test.asOwner('select facts from audit_entry where action = $1', ['exams.export']);
    expect(entry).toMatchObject({ facts: { format: 'csv', from: '2026-11-24' } });
  });

  it('needs its own permission', async () => {
    expect((await get('/exams/export?format=csv', 'first:exams.read')).status).toBe(403);
  });
});

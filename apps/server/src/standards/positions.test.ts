import type { OwnPosition, PositionImport, PositionSetView } from '@jiapian/contract';
import { positionColumns } from '@jiapian/rules';
import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { positionRoutes } from './index.ts';

let test: TestDatabase;
let app: App;
beforeAll(async () => {
  test = await startTestDatabase();
  const clock = { now: () => new Date('2026-11-24T08:00:00Z') };
  app = await startRoomHttp(test, (frame) => positionRoutes(frame, test.database, clock));
});
afterAll(async () => {
  await app.close();
  await test.stop();
});
beforeEach(async () => {
  await test.asOwner('delete from hospital_position');
  await test.asOwner('delete from hospital_position_set');
});

const send = async <Body>(method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, caller = 'first') => {
  const answer = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { 'x-caller': caller },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: (answer.body === '' ? null : JSON.parse(answer.body)) as Body };
};
const own = async (caller = 'first') =>
  (await send<{ items: OwnPosition[] }>('GET', '/positions', undefined, caller)).body.items;
const setOf = async (code: string) =>
  (await send<{ items: PositionSetView[] }>('GET', '/position-sets')).body.items.find((set) => set.code === code);

const foot = {
  code: 'X01',
  name: { zh: '足负重位', en: 'Foot weight-bearing' },
  region: 'lower-limb',
  coverage: { zh: '全足', en: 'Whole foot' },
  positioning: { zh: '', en: '' },
  visible: { zh: '足弓', en: 'Arch' },
  source: '本院',
};
const cells = (code: string, nameEn = 'Foot') => [
  code,
  '足',
  nameEn,
  'lower-limb',
  '全足',
  'Whole foot',
  '',
  '',
  '',
  '',
  '本院',
];
const csv = (...rows: string[][]) => [[...positionColumns], ...rows].map((row) => row.join(',')).join('\r\n');
const load = (content: string, isDryRun = false, format = 'csv') =>
  send<PositionImport>('POST', '/position-sets/STD_76/import', { format, content, isDryRun });

describe('a hospital’s own position', () => {
  it('is added, changed, and keeps its former versions; another hospital sees nothing', async () => {
    const first = { version: 0, isVerified: false, content: foot };
    expect((await send('PUT', '/positions/X01', first)).status).toBe(204);
    expect((await send('PUT', '/positions/X01', { ...first, version: 1, isVerified: true })).status).toBe(204);
    expect(await own()).toMatchObject([{ version: 2, isVerified: true, content: { code: 'X01' } }]);
    expect(await own('second')).toEqual([]);
    const rows = await test.asOwner('select version from hospital_position order by version');
    expect(rows).toEqual([{ version: 1 }, { version: 2 }]);
  });

  it('is refused from an older version, without a translation, and without the right', async () => {
    const first = { version: 0, isVerified: false, content: foot };
    await send('PUT', '/positions/X01', first);
    expect(await send('PUT', '/positions/X01', first)).toMatchObject({
      status: 409,
      body: { code: 'STANDARDS_STALE_VERSION' },
    });
    const half = { ...first, content: { ...foot, name: { zh: '足', en: '' } } };
    expect(await send('PUT', '/positions/X02', half)).toMatchObject({
      status: 422,
      body: { code: 'STANDARDS_POSITION_FAULTY' },
    });
    expect((await send('PUT', '/positions/X03', first, 'first:standards.read')).status).toBe(403);
  });
});

describe('a set', () => {
  it('begins as the product ships it, and becomes what the hospital confirms', async () => {
    expect(await setOf('STD_4P7P')).toMatchObject({ isConfirmed: false, version: 0, size: 7 });
    const members = ['CH01', 'CH02', 'HD01', 'HD02', 'SP03', 'SP04', 'AB01'];
    expect((await send('PUT', '/position-sets/STD_4P7P', { version: 0, members, isConfirmed: true })).status).toBe(204);
    expect(await setOf('STD_4P7P')).toMatchObject({ members, isConfirmed: true, version: 1 });
  });

  it.each([
    ['a position twice', ['CH01', 'CH01'], { twice: ['CH01'] }],
    ['a position that is not there', ['CH01', 'NO99'], { unknown: ['NO99'] }],
  ])('refuses %s', async (_name, members, facts) => {
    const answer = await send('PUT', '/position-sets/STD_4P7P', { version: 0, members, isConfirmed: false });
    expect(answer).toMatchObject({ status: 422, body: { code: 'STANDARDS_SET_FAULTY', facts } });
  });
});

describe('a file of positions', () => {
  it('is tried without writing, then loaded: its rows are the set', async () => {
    const content = csv(cells('X01'), cells('X02'));
    expect((await load(content, true)).body).toMatchObject({
      isWritten: false,
      rows: [
        { line: 2, code: 'X01', outcome: 'new' },
        { line: 3, code: 'X02', outcome: 'new' },
      ],
    });
    expect(await own()).toEqual([]);
    expect((await load(content)).body.isWritten).toBe(true);
    expect((await setOf('STD_76'))?.members).toEqual(['X01', 'X02']);
    const again = await load(csv(cells('X01'), cells('X02', 'Foot standing')));
    expect(again.body.rows.map(({ outcome }) => outcome)).toEqual(['same', 'changed']);
  });

  it('writes nothing when one row is refused', async () => {
    const { body } = await load(csv(cells('X01'), cells('X01'), cells('X02', '')));
    expect(body.isWritten).toBe(false);
    expect(body.rows.map(({ outcome }) => outcome)).toEqual(['new', 'refused', 'refused']);
    expect(await own()).toEqual([]);
  });

  it('says which columns are missing', async () => {
    const { body } = await load('code,name_zh\r\nX01,足');
    expect(body.file).toMatchObject({ reason: 'columns-missing' });
    expect(body.file?.columns).toContain('name_en');
  });

  it('reads JSON and XLSX alike, and names a formula in a cell', async () => {
    const json = JSON.stringify([Object.fromEntries(positionColumns.map((column, at) => [column, cells('X01')[at]]))]);
    expect((await load(json, true, 'json')).body.rows).toMatchObject([{ code: 'X01', outcome: 'new' }]);
    const workbook = new Workbook();
    const sheet = workbook.addWorksheet('1');
    sheet.addRow([...positionColumns]);
    sheet.addRow(cells('X01'));
    sheet.addRow(cells('X02'));
    sheet.getCell('B3').value = { formula: 'SUM(1,1)', result: 2 };
    const content = Buffer.from(await workbook.xlsx.writeBuffer()).toString('base64');
    const { body } = await load(content, true, 'xlsx');
    expect(body.rows.map(({ outcome }) => outcome)).toEqual(['new', 'refused']);
    expect(body.rows[1]?.problems).toContainEqual({ column: 'name_zh', reason: 'formula' });
  });

  it.each([
    ['csv', 'code,"name'],
    ['json', '{"code":'],
    ['xlsx', Buffer.from('no zip').toString('base64')],
  ])('refuses a broken %s', async (format, content) => {
    expect(await load(content, true, format)).toMatchObject({
      status: 422,
      body: { code: 'STANDARDS_FILE_UNREADABLE', facts: { format } },
    });
  });
});

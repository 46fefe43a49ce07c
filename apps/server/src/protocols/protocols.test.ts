import { randomUUID } from 'node:crypto';
import {
  type ConsoleTable,
  type FilmCompliance,
  type ParameterDevicePage,
  type ParameterDrift,
  type ParameterTableView,
  type Violation,
} from '@jiapian/contract';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { type HeldObjects, startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { createRegister } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import { silentLog } from '../platform/log.ts';
import { makeFilms } from '../review/make-films.ts';
import { createProtocolsRoom } from './index.ts';
import { judgeTasks } from './judge-tasks.ts';
import { protocolsJobs } from './protocols.jobs.ts';
import { simulatedFilm, type SimulatedFilm, simulatedScan } from './simulated-films.fixture.ts';

let test: TestDatabase;
let held: HeldObjects;
let app: App;
let deviceId = '';
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
const liveEvents = { publishWith: async () => undefined };
const owner = { accountId: randomUUID(), staffId: randomUUID() };
const leader = { accountId: randomUUID(), staffId: randomUUID() };
const never = new AbortController().signal;

const inHospital: TestDatabase['database']['withHospital'] = (_, work) =>
  test.database.withHospital(test.hospitalId, work);

/** Through the spool and the register, then what the events of a complete exam set off. */
const register = async (files: readonly Uint8Array[], callingAeTitle: string): Promise<void> => {
  const { registerBatch } = createRegister({ database: test.database, clock, store: held.store, liveEvents });
  await registerBatch(await Promise.all(files.map((bytes) => held.hold(bytes, { callingAeTitle }))));
  const exams = await test.asOwner<{ exam_id: string }>(
    `select exam_id from exam where not exists (select 1 from film where film.exam_id = exam.exam_id)`,
  );
  const [queue] = protocolsJobs(clock);
  await inHospital('', async (unit) => {
    for (const { exam_id: examId } of exams) {
      await makeFilms(unit, clock, examId);
      await queue!.handle(unit, { examId } as never);
    }
  });
};

/** Receives radiographs and answers their films. */
const receive = async (films: readonly SimulatedFilm[]): Promise<string[]> => {
  await register(
    films.map(({ bytes }) => bytes),
    'DR1',
  );
  const uids = films.map(({ sopInstanceUid }) => sopInstanceUid);
  const made = await test.asOwner<{ film_id: string; sop_instance_uid: string }>(
    `select film_id, sop_instance_uid from film where sop_instance_uid = any($1)`,
    [uids],
  );
  return uids.map((uid) => made.find((row) => row.sop_instance_uid === uid)!.film_id);
};
const judge = () => judgeTasks({ database: test.database, clock, log: silentLog, liveEvents }, never);

beforeAll(async () => {
  test = await startTestDatabase();
  // What comes in belongs to the oldest hospital.
  await test.asOwner(`update hospital set created_at = now() + interval '1 day' where hospital_id = $1`, [
    test.otherHospitalId,
  ]);
  held = await startHeldObjects(clock);
  app = await startRoomHttp(
    test,
    (frame) =>
      createProtocolsRoom({ database: test.database, clock, log: silentLog, liveEvents: liveEvents as never }).routes?.(
        frame,
      ),
    { owner, leader, token: { accountId: randomUUID(), staffId: null } },
  );
  for (const [staffId, number, name] of [
    [owner.staffId, '2001', '赵主管'],
    [leader.staffId, '2002', '钱组长'],
  ])
    await test.asOwner(`insert into staff (hospital_id, staff_id, staff_number, name) values ($1, $2, $3, $4)`, [
      test.hospitalId,
      staffId,
      number,
      name,
    ]);
  // 500 good chest films, and six hands that nobody graded.
  const films = Array.from({ length: 500 }, (_, number) => simulatedFilm(number, 'CH01'));
  for (let at = 0; at < films.length; at += 50) await receive(films.slice(at, at + 50));
  await test.asOwner(`update film set grade = case when random() < 0.5 then 'A' else 'B' end, state = 'graded'`);
  await receive(Array.from({ length: 6 }, (_, number) => simulatedFilm(900 + number, 'UL01')));
  const [device] = await test.asOwner<{ device_id: string }>(`select device_id from device`);
  deviceId = device!.device_id;
  await test.asOwner(`update device set modality = 'DX', owner_staff_id = $1`, [owner.staffId]);
}, 300_000);
afterAll(async () => {
  await app.close();
  await held.close();
  await test.stop();
});

const send = async <Body>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
  caller = 'first',
) => {
  const answer = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { 'x-caller': caller },
    ...(payload ? { payload } : {}),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return { status: answer.statusCode, body: (isJson ? answer.json() : answer.rawPayload) as Body };
};
interface Problem {
  code: string;
}
const refusal = async (...asked: Parameters<typeof send>): Promise<[number, string]> => {
  const { status, body } = await send<Problem>(...asked);
  return [status, body.code];
};
const begin = (from: object = { from: 'films' }) =>
  send<ParameterTableView>('POST', `/protocols/devices/${deviceId}/tables`, from);
const sign = (tableId: string, edition: number, role: string, caller: string) =>
  send<ParameterTableView>('POST', `/protocols/tables/${tableId}/signatures`, { edition, role }, caller);
const page = async () => (await send<ParameterDevicePage>('GET', `/protocols/devices/${deviceId}`)).body;
const complianceOf = async (filmId: string) => (await send<FilmCompliance>('GET', `/films/${filmId}/compliance`)).body;

let table: ParameterTableView;

describe('a table drafted from 500 films', () => {
  it('holds the medians of the good ones, and no row of what nobody called good', async () => {
    const begun = await begin();
    expect(begun.status).toBe(201);
    table = begun.body;
    expect(table).toMatchObject({ version: 1, state: 'draft', edition: 1, faults: [] });
    expect(table.draftedFrom?.films).toBe(500);
    expect(new Set(table.content.rows.map(({ subject }) => subject))).toEqual(new Set(['CH01']));
    expect(new Set(table.content.rows.map(({ sizeClass }) => sizeClass))).toEqual(
      new Set(['medium', 'large', 'very-large']),
    );
    expect(table.content.rows.reduce((sum, { films }) => sum + films, 0)).toBe(500);
    for (const { cells } of table.content.rows) {
      // What the virtual modality sets for a chest: 120 kV, 180 cm, a grid of 12:1, 2.5 mAs at the usual dose.
      expect(cells['tubeVoltageKv']).toMatchObject({ value: 120 });
      expect(cells['sourceDetectorCm']).toMatchObject({ value: 180 });
      expect(cells['grid']).toEqual({ kind: 'text', text: '12:1' });
      expect(cells['exposureControl']).toEqual({ kind: 'text', text: 'AUTOMATIC AEC 左右' });
      const mas = cells['exposureMas'];
      expect(mas?.kind === 'number' && mas.value).toBeGreaterThan(2.2);
      expect(mas?.kind === 'number' && mas.value).toBeLessThan(2.8);
    }
  });

  it('is the only draft of its device', async () => {
    expect(await refusal('POST', `/protocols/devices/${deviceId}/tables`, { from: 'empty' })).toEqual([
      409,
      'PROTOCOLS_DRAFT_OPEN',
    ]);
  });

  it('judges nothing before it is signed', async () => {
    const [filmId] = await receive([simulatedFilm(1000, 'CH01')]);
    expect(await judge()).toBe(0);
    expect((await complianceOf(filmId!)).state).toBe('no-table');
  });

  it('is edited, and an edit from an older edition is refused', async () => {
    const content = { ...table.content, deviceSinceYear: 2019 };
    const body = { edition: 1, content, note: '首版' };
    const saved = await send<ParameterTableView>('PUT', `/protocols/tables/${table.tableId}`, body);
    expect(saved.body).toMatchObject({ edition: 2, note: '首版', state: 'draft' });
    expect(await refusal('PUT', `/protocols/tables/${table.tableId}`, body)).toEqual([409, 'PROTOCOLS_STALE_EDITION']);
    table = saved.body;
    const other = { ...body, edition: 2, content: { ...content, kind: 'CT' } };
    expect(await refusal('PUT', `/protocols/tables/${table.tableId}`, other)).toEqual([400, 'REQUEST_INVALID']);
  });

  it('is not signed by the wrong person, with faults, or by one hand twice', async () => {
    const at = `/protocols/tables/${table.tableId}/signatures`;
    expect(await refusal('POST', at, { edition: 2, role: 'owner' }, 'leader')).toEqual([
      403,
      'PROTOCOLS_NOT_THE_OWNER',
    ]);
    expect(await refusal('POST', at, { edition: 2, role: 'owner' }, 'token')).toEqual([403, 'PROTOCOLS_NOT_THE_OWNER']);
    expect(await refusal('POST', at, { edition: 2, role: 'leader' }, 'leader:protocols.sign')).toEqual([
      403,
      'PROTOCOLS_NOT_A_LEADER',
    ]);
    expect(await refusal('POST', at, { edition: 2, role: 'leader' }, 'leader:protocols.read')).toEqual([
      403,
      'ACCESS_PERMISSION_MISSING',
    ]);
    expect(await refusal('POST', at, { edition: 1, role: 'owner' }, 'owner')).toEqual([409, 'PROTOCOLS_STALE_EDITION']);

    const [row] = table.content.rows;
    const faulty = { ...table.content, rows: [row, { ...row, rowId: 'again' }] };
    const spoiled = await send<ParameterTableView>('PUT', `/protocols/tables/${table.tableId}`, {
      edition: 2,
      content: faulty,
      note: '',
    });
    expect(spoiled.body.faults).toEqual([{ reason: 'row-twice', at: 'again' }]);
    expect(await refusal('POST', at, { edition: 3, role: 'owner' }, 'owner')).toEqual([422, 'PROTOCOLS_FAULTY']);
    await send('PUT', `/protocols/tables/${table.tableId}`, { edition: 3, content: table.content, note: '首版' });

    expect((await sign(table.tableId, 4, 'owner', 'owner')).body).toMatchObject({ state: 'owner-signed' });
    expect(await refusal('POST', at, { edition: 4, role: 'owner' }, 'owner')).toEqual([
      409,
      'PROTOCOLS_SIGNED_ALREADY',
    ]);
    // The owner is a leader as well: still one person.
    expect(await refusal('POST', at, { edition: 4, role: 'leader' }, 'owner')).toEqual([409, 'PROTOCOLS_SAME_PERSON']);
  });

  it('loses a signature when it is edited', async () => {
    const saved = await send<ParameterTableView>('PUT', `/protocols/tables/${table.tableId}`, {
      edition: 4,
      content: table.content,
      note: '首版',
    });
    expect(saved.body).toMatchObject({ state: 'draft', edition: 5, signatures: [] });
  });

  it('comes into force with two dated signatures of two people', async () => {
    expect((await sign(table.tableId, 5, 'owner', 'owner')).body.signatures).toHaveLength(1);
    clock.advanceMs(60_000);
    const signed = (await sign(table.tableId, 5, 'leader', 'leader')).body;
    expect(signed.state).toBe('in-force');
    expect(signed.signatures.map(({ role, signedAt }) => [role, signedAt])).toEqual([
      ['owner', '2026-11-24T08:00:00.000Z'],
      ['leader', '2026-11-24T08:01:00.000Z'],
    ]);
    expect(new Set(signed.signatures.map(({ contentSha256 }) => contentSha256)).size).toBe(1);
    expect(
      await refusal('PUT', `/protocols/tables/${table.tableId}`, { edition: 5, content: table.content, note: '' }),
    ).toEqual([409, 'PROTOCOLS_NOT_A_DRAFT']);
    expect(await refusal('DELETE', `/protocols/tables/${table.tableId}?edition=5`)).toEqual([
      409,
      'PROTOCOLS_NOT_A_DRAFT',
    ]);
    await expect(
      test.asOwner(`update parameter_table set content = '{}' where table_id = $1`, [table.tableId]),
    ).rejects.toThrow('does not change');
  });

  it('is held against the films of the last half year in the background', async () => {
    // 500 good chests, 6 hands and the one that came before the signature.
    expect((await page()).device.waiting).toBe(507);
    expect(await judge()).toBe(507);
    const { device } = await page();
    expect(device).toMatchObject({ waiting: 0, judged: 507, notJudged: 6 });
    // Limits of three robust deviations: few of the films it was drafted from lie outside.
    expect(device.deviating).toBeLessThan(40);
  });
});

describe('one exam that violates the table', () => {
  let filmId = '';
  it('is explained with value, limit, direction and share for this patient', async () => {
    [filmId = ''] = await receive([
      simulatedFilm(2000, 'CH01', { KVP: 90, Grid: 'NONE', DistanceSourceToDetector: 1100 }),
    ]);
    expect((await complianceOf(filmId)).state).toBe('waiting');
    expect(await judge()).toBe(1);
    const { state, current, earlier } = await complianceOf(filmId);
    expect([state, earlier]).toEqual(['judged', []]);
    const [verdict] = current;
    expect(verdict).toMatchObject({ verdict: 'deviates', reason: null, subject: 'CH01', tableVersion: 1 });
    expect(verdict?.patient.ageClass).toBe('adult');
    const outside = verdict?.columns.filter(({ state: each }) => each !== 'within');
    expect(outside?.map(({ column, state: each, actual, expected }) => [column, each, actual, expected])).toEqual([
      ['tubeVoltageKv', 'below', 90, 120],
      ['sourceDetectorCm', 'below', 110, 180],
      ['grid', 'differs', 'NONE', '12:1'],
    ]);
    expect(verdict?.columns.find(({ column }) => column === 'tubeVoltageKv')?.deviation).toBeCloseTo(-0.25, 9);
  });

  it('stands in the list of violations and in the export, with the likely effect', async () => {
    const listed = await send<{ items: Violation[] }>('GET', `/protocols/violations?deviceId=${deviceId}&limit=200`);
    expect(listed.body.items.find((one) => one.filmId === filmId)).toMatchObject({
      accessionNumber: 'X2000',
      deviceName: expect.any(String),
    });
    const csv = await send<Buffer>('GET', `/protocols/violations/export?format=csv&locale=en&deviceId=${deviceId}`);
    const lines = csv.body
      .toString()
      .split('\n')
      .filter((line) => line.includes('X2000'));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('Tube voltage kV,90,120');
    expect(lines[0]).toContain('below');
    expect(lines[0]).toContain('Too little penetration');
    const chinese = await send<Buffer>('GET', `/protocols/violations/export?format=csv&deviceId=${deviceId}`);
    expect(chinese.body.toString()).toContain('穿透不足');
    expect(await refusal('GET', `/protocols/violations/export?format=csv`, undefined, 'first:protocols.read')).toEqual([
      403,
      'ACCESS_PERMISSION_MISSING',
    ]);
  });

  it('is paged without leaving one out', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: { items: Violation[]; nextCursor: string | null } = (
        await send<{ items: Violation[]; nextCursor: string | null }>(
          'GET',
          `/protocols/violations?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
        )
      ).body;
      seen.push(...next.items.map(({ verdictId }) => verdictId));
      cursor = next.nextCursor;
    }
    expect(seen.length).toBe((await page()).device.deviating);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('is not judged again when nothing has changed, and is when its position is corrected', async () => {
    const [examId] = (
      await test.asOwner<{ exam_id: string }>(`select exam_id from film where film_id = $1`, [filmId])
    ).map((row) => row.exam_id);
    const [films, again] = protocolsJobs(clock);
    const count = async () =>
      (
        await test.asOwner<{ n: number }>(`select count(*)::int as n from compliance_verdict where film_id = $1`, [
          filmId,
        ])
      )[0]!.n;
    await inHospital('', (unit) => films!.handle(unit, { examId } as never));
    await inHospital('', (unit) => again!.handle(unit, { examId, filmId } as never));
    expect(await judge()).toBe(1);
    expect(await count()).toBe(1);
    await test.asOwner(`update film set position_code = 'CH03' where film_id = $1`, [filmId]);
    clock.advanceMs(1_000);
    await inHospital('', (unit) => again!.handle(unit, { examId, filmId } as never));
    expect(await judge()).toBe(1);
    expect((await complianceOf(filmId)).current[0]).toMatchObject({ verdict: 'not-judged', reason: 'no-row' });
    await test.asOwner(`update film set position_code = 'CH01' where film_id = $1`, [filmId]);
    clock.advanceMs(1_000);
    await inHospital('', (unit) => again!.handle(unit, { examId, filmId } as never));
    await judge();
    expect((await complianceOf(filmId)).current[0]?.verdict).toBe('deviates');
  });

  it('keeps the verdict of the old table beside that of a new one', async () => {
    const draft = (await begin({ from: 'in-force' })).body;
    expect(draft).toMatchObject({ version: 2, basedOnVersion: 1, draftedFrom: null });
    // The department decides that a chest may be taken this way.
    const rows = draft.content.rows.map((row) => ({
      ...row,
      cells: Object.fromEntries(
        Object.entries(row.cells).filter(([key]) => !['grid', 'tubeVoltageKv', 'sourceDetectorCm'].includes(key)),
      ),
    }));
    const saved = await send<ParameterTableView>('PUT', `/protocols/tables/${draft.tableId}`, {
      edition: 1,
      content: { ...draft.content, rows },
      note: '',
    });
    expect(saved.status).toBe(200);
    await sign(draft.tableId, 2, 'leader', 'leader');
    expect((await sign(draft.tableId, 2, 'owner', 'owner')).body.state).toBe('in-force');
    const { versions } = await page();
    expect(versions.map(({ version, state }) => [version, state])).toEqual([
      [2, 'in-force'],
      [1, 'superseded'],
    ]);
    expect(await judge()).toBe(508);
    const { current, earlier } = await complianceOf(filmId);
    expect(current).toMatchObject([{ tableVersion: 2, verdict: 'within' }]);
    expect(earlier.map(({ tableVersion, verdict }) => [tableVersion, verdict])).toContainEqual([1, 'deviates']);
    const listed = await send<{ items: Violation[] }>('GET', `/protocols/violations?limit=200`);
    expect(listed.body.items.map((one) => one.filmId)).not.toContain(filmId);
  });

  it('may not be changed afterwards', async () => {
    await expect(
      inHospital('', (unit) => unit.db.updateTable('compliance_verdict').set({ verdict: 'within' }).execute()),
    ).rejects.toThrow();
  });
});

describe('what is not known', () => {
  it.each([
    [{ PatientWeight: '' }, 'size-unknown'],
    [{ PatientAge: '', PatientBirthDate: '' }, 'age-unknown'],
    [{ PatientAge: '006Y' }, 'no-row-for-age'],
    [{ ExposureInuAs: '', Exposure: '', XRayTubeCurrent: '' }, 'header-silent'],
  ])('with %j is not judged, with the reason, and never a pass', async (over, reason) => {
    const number = 3000 + reason.length * 10;
    const [filmId] = await receive([simulatedFilm(number, 'CH01', over)]);
    await judge();
    expect((await complianceOf(filmId!)).current[0]).toMatchObject({ verdict: 'not-judged', reason });
  });

  it('leaves a phantom out', async () => {
    const [filmId] = await receive([simulatedFilm(4000, 'CH01', { QualityControlImage: 'YES' })]);
    await judge();
    expect((await complianceOf(filmId!)).current).toEqual([]);
  });
});

describe('a scanner', () => {
  it('is drafted by protocol and phase from series, without their localizers, and each series is judged', async () => {
    for (let number = 0; number < 6; number += 1) await register(simulatedScan(number), 'CT1');
    await test.asOwner(`update film set grade = 'A', state = 'graded' where kind = 'exam'`);
    const [scanner] = await test.asOwner<{ device_id: string }>(
      `update device set modality = 'CT', owner_staff_id = $1 where station_name = 'CT-1' returning device_id`,
      [owner.staffId],
    );
    const at = `/protocols/devices/${scanner!.device_id}`;
    const drafted = (await send<ParameterTableView>('POST', `${at}/tables`, { from: 'films', films: 5 })).body;
    expect(drafted.draftedFrom?.films).toBe(5);
    expect(drafted.content.rows.map(({ subject, phase }) => [subject, phase])).toEqual([['胸部平扫', 'plain']]);
    const [row] = drafted.content.rows;
    // The virtual scanner’s chest: 120 kV, pitch 1.2, slices of 5 mm, kernel B40f.
    expect(row?.cells).toMatchObject({
      tubeVoltageKv: { value: 120 },
      pitch: { value: 1.2 },
      thicknessMm: { value: 5 },
      kernel: { kind: 'text', text: 'B40f' },
    });
    await sign(drafted.tableId, 1, 'owner', 'owner');
    await sign(drafted.tableId, 1, 'leader', 'leader');
    await judge();
    await register(simulatedScan(50, { KVP: 80, ConvolutionKernel: 'B70f' }), 'CT1');
    await judge();
    const listed = await send<{ items: Violation[] }>('GET', `/protocols/violations?deviceId=${scanner!.device_id}`);
    expect(listed.body.items).toHaveLength(1);
    const outside = listed.body.items[0]?.columns.filter(({ state }) => state !== 'within');
    expect(outside?.map(({ column, state }) => [column, state])).toEqual([
      ['tubeVoltageKv', 'below'],
      ['kernel', 'differs'],
    ]);
  });
});

describe('drift', () => {
  it('is found when the mAs of a device rise against its table', async () => {
    const calm = (await send<ParameterDrift>('GET', `/protocols/devices/${deviceId}/drift`)).body;
    const mas = calm.items.find(({ column }) => column === 'exposureMas');
    expect(mas?.drift?.isDrifting).toBe(false);
    expect(mas?.points.length).toBe(300);
    const later = Array.from({ length: 24 }, (_, number) =>
      simulatedFilm(5000 + number, 'CH01', {
        ExposureInuAs: 4000,
        StudyDate: '20261123',
        SeriesDate: '20261123',
        AcquisitionDate: '20261123',
        ContentDate: '20261123',
      }),
    );
    await receive(later);
    await judge();
    const moved = (await send<ParameterDrift>('GET', `/protocols/devices/${deviceId}/drift?days=2`)).body;
    const risen = moved.items.find(({ column }) => column === 'exposureMas');
    expect(risen?.films).toBe(24);
    expect(risen?.points[0]?.ratio).toBeGreaterThan(1.3);
    expect((await send('GET', `/protocols/devices/${randomUUID()}/drift`)).status).toBe(404);
  });
});

describe('the console', () => {
  it('shows the table in force to whoever has the code, and no patient', async () => {
    const made = await send<{ code: string }>('POST', `/protocols/devices/${deviceId}/console-link`);
    expect(made.status).toBe(201);
    const shown = await send<ConsoleTable>('GET', `/console/${made.body.code}`, undefined, 'nobody');
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({ version: 2, hospitalName: 'First' });
    expect(shown.body.signatures.map(({ role }) => role)).toEqual(['leader', 'owner']);
    expect(JSON.stringify(shown.body)).not.toMatch(/patient|SF\d{6}|X2000|filmId/);
  });

  it('forgets a code that was renewed or ended, and knows no other', async () => {
    const before = (await page()).consoleLink!.code;
    const after = (await send<{ code: string }>('POST', `/protocols/devices/${deviceId}/console-link`)).body.code;
    expect(await refusal('GET', `/console/${before}`, undefined, 'nobody')).toEqual([404, 'PROTOCOLS_LINK_NOT_FOUND']);
    expect((await send('GET', `/console/${after}`, undefined, 'nobody')).status).toBe(200);
    expect((await send('DELETE', `/protocols/devices/${deviceId}/console-link`)).status).toBe(204);
    expect(await refusal('GET', `/console/${after}`, undefined, 'nobody')).toEqual([404, 'PROTOCOLS_LINK_NOT_FOUND']);
    expect(await refusal('DELETE', `/protocols/devices/${deviceId}/console-link`)).toEqual([
      404,
      'PROTOCOLS_LINK_NOT_FOUND',
    ]);
    expect((await send('GET', '/console/short', undefined, 'nobody')).status).toBe(400);
  });
});

describe('the print-out', () => {
  it.each(['zh-CN', 'en'])('is a PDF in %s', async (locale) => {
    const { tableId } = (await page()).device.inForce!;
    const printed = await send<Buffer>('GET', `/protocols/tables/${tableId}/print?locale=${locale}`);
    expect(printed.status).toBe(200);
    expect(printed.body.subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('the calculators', () => {
  it('have limits of the product until the hospital sets its own, and refuse faulty ones', async () => {
    const shipped = (
      await send<{ limits: Record<string, { low: number; high: number }>; gridFactors: object[]; isChanged: boolean }>(
        'GET',
        '/protocols/calculators',
      )
    ).body;
    expect(shipped.isChanged).toBe(false);
    const own = { limits: { ...shipped.limits, rateMlS: { low: 0.3, high: 4 } }, gridFactors: shipped.gridFactors };
    expect((await send<object>('PUT', '/protocols/calculators', own)).body).toMatchObject({
      isChanged: true,
      limits: { rateMlS: { high: 4 } },
    });
    const faulty = { ...own, limits: { ...own.limits, mas: { low: 5, high: 5 } } };
    expect(await refusal('PUT', '/protocols/calculators', faulty)).toEqual([422, 'PROTOCOLS_SETTINGS_FAULTY']);
    expect((await send<object>('GET', '/protocols/calculators')).body).toMatchObject({
      limits: { rateMlS: { high: 4 } },
    });
    expect((await send<object>('GET', '/protocols/calculators', undefined, 'second')).body).toMatchObject({
      isChanged: false,
    });
  });
});

describe('another hospital', () => {
  it('sees no device, table, film or violation of this one', async () => {
    const { tableId } = (await page()).device.inForce!;
    const ask = (url: string) => send<{ items?: unknown[] }>('GET', url, undefined, 'second');
    expect((await ask(`/protocols/devices/${deviceId}`)).status).toBe(404);
    expect((await ask(`/protocols/tables/${tableId}`)).status).toBe(404);
    expect((await ask(`/protocols/devices`)).body.items).toEqual([]);
    expect((await ask(`/protocols/violations`)).body.items).toEqual([]);
  });
});

describe('beginning', () => {
  it('is refused where there is nothing to begin from', async () => {
    const other = randomUUID();
    await test.asOwner(
      `insert into device (hospital_id, device_id, name, modality, ae_title) values ($1, $2, 'US-1', 'US', 'US1')`,
      [test.hospitalId, other],
    );
    const at = `/protocols/devices/${other}/tables`;
    expect(await refusal('POST', at, { from: 'empty' })).toEqual([422, 'PROTOCOLS_NO_TABLE_FOR_MODALITY']);
    await test.asOwner(`update device set modality = 'CT' where device_id = $1`, [other]);
    expect(await refusal('POST', at, { from: 'films' })).toEqual([422, 'PROTOCOLS_TOO_FEW_FILMS']);
    expect(await refusal('POST', at, { from: 'in-force' })).toEqual([409, 'PROTOCOLS_NOTHING_IN_FORCE']);
    expect(await refusal('POST', at, { from: 'empty' }, 'first:protocols.read')).toEqual([
      403,
      'ACCESS_PERMISSION_MISSING',
    ]);
    const begun = await send<ParameterTableView>('POST', at, { from: 'empty' });
    expect(begun.body.faults).toEqual([{ reason: 'no-rows', at: '' }]);
    expect((await send('DELETE', `/protocols/tables/${begun.body.tableId}?edition=1`)).status).toBe(204);
    expect(await refusal('POST', `/protocols/devices/${randomUUID()}/tables`, { from: 'empty' })).toEqual([
      404,
      'PROTOCOLS_DEVICE_NOT_FOUND',
    ]);
  });

  it('stands in the audit trail, and so does every act', async () => {
    const actions = await test.asOwner<{ action: string }>(
      `select distinct action from audit_entry where action like 'protocols.%' order by 1`,
    );
    expect(actions.map(({ action }) => action.slice('protocols.'.length))).toEqual([
      'calculators-changed',
      'console-link-ended',
      'console-link-made',
      'draft-begun',
      'draft-dropped',
      'draft-saved',
      'printed',
      'signed',
      'violations-exported',
      'violations-read',
    ]);
  });
});

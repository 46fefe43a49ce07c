import { randomUUID } from 'node:crypto';
import type { ParameterDevicePage, ParameterDrift, ParameterTableView, Violation } from '@jiapian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './bench.fixture.ts';
import { protocolsJobs } from './protocols.jobs.ts';
import { simulatedFilm } from './simulated-films.fixture.ts';

/** Films made at once: the database must not wait for the drawing of all. */
const batch = 25;
let bench: Bench;
let deviceId = '';

beforeAll(async () => {
  bench = await startBench();
  // 500 good chest films, and six hands that nobody graded.
  for (let at = 0; at < 500; at += batch)
    await bench.receive(Array.from({ length: batch }, (_, number) => simulatedFilm(at + number, 'CH01')));
  await bench.test.asOwner(`update film set grade = case when random() < 0.5 then 'A' else 'B' end, state = 'graded'`);
  await bench.receive(Array.from({ length: 6 }, (_, number) => simulatedFilm(900 + number, 'UL01')));
  const [device] = await bench.test.asOwner<{ device_id: string }>(`select device_id from device`);
  deviceId = device!.device_id;
  await bench.test.asOwner(`update device set modality = 'DX', owner_staff_id = $1`, [bench.owner.staffId]);
}, 300_000);
afterAll(() => bench.close());

const begin = (from: object = { from: 'films' }) =>
  bench.send<ParameterTableView>('POST', `/protocols/devices/${deviceId}/tables`, from);
const page = async () => (await bench.send<ParameterDevicePage>('GET', `/protocols/devices/${deviceId}`)).body;

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
    expect(await bench.refusal('POST', `/protocols/devices/${deviceId}/tables`, { from: 'empty' })).toEqual([
      409,
      'PROTOCOLS_DRAFT_OPEN',
    ]);
  });

  it('judges nothing before it is signed', async () => {
    const [filmId] = await bench.receive([simulatedFilm(1000, 'CH01')]);
    expect(await bench.judge()).toBe(0);
    expect((await bench.complianceOf(filmId!)).state).toBe('no-table');
  });

  it('is edited, and an edit from an older edition is refused', async () => {
    const content = { ...table.content, deviceSinceYear: 2019 };
    const body = { edition: 1, content, note: '首版' };
    const saved = await bench.send<ParameterTableView>('PUT', `/protocols/tables/${table.tableId}`, body);
    expect(saved.body).toMatchObject({ edition: 2, note: '首版', state: 'draft' });
    expect(await bench.refusal('PUT', `/protocols/tables/${table.tableId}`, body)).toEqual([
      409,
      'PROTOCOLS_STALE_EDITION',
    ]);
    table = saved.body;
    const other = { ...body, edition: 2, content: { ...content, kind: 'CT' } };
    expect(await bench.refusal('PUT', `/protocols/tables/${table.tableId}`, other)).toEqual([400, 'REQUEST_INVALID']);
  });

  it('is not signed by the wrong person, with faults, or by one hand twice', async () => {
    const at = `/protocols/tables/${table.tableId}/signatures`;
    expect(await bench.refusal('POST', at, { edition: 2, role: 'owner' }, 'leader')).toEqual([
      403,
      'PROTOCOLS_NOT_THE_OWNER',
    ]);
    expect(await bench.refusal('POST', at, { edition: 2, role: 'owner' }, 'token')).toEqual([
      403,
      'PROTOCOLS_NOT_THE_OWNER',
    ]);
    expect(await bench.refusal('POST', at, { edition: 2, role: 'leader' }, 'leader:protocols.sign')).toEqual([
      403,
      'PROTOCOLS_NOT_A_LEADER',
    ]);
    expect(await bench.refusal('POST', at, { edition: 2, role: 'leader' }, 'leader:protocols.read')).toEqual([
      403,
      'ACCESS_PERMISSION_MISSING',
    ]);
    expect(await bench.refusal('POST', at, { edition: 1, role: 'owner' }, 'owner')).toEqual([
      409,
      'PROTOCOLS_STALE_EDITION',
    ]);

    const [row] = table.content.rows;
    const faulty = { ...table.content, rows: [row, { ...row, rowId: 'again' }] };
    const spoiled = await bench.send<ParameterTableView>('PUT', `/protocols/tables/${table.tableId}`, {
      edition: 2,
      content: faulty,
      note: '',
    });
    expect(spoiled.body.faults).toEqual([{ reason: 'row-twice', at: 'again' }]);
    expect(await bench.refusal('POST', at, { edition: 3, role: 'owner' }, 'owner')).toEqual([422, 'PROTOCOLS_FAULTY']);
    await bench.send('PUT', `/protocols/tables/${table.tableId}`, { edition: 3, content: table.content, note: '首版' });

    expect((await bench.sign(table.tableId, 4, 'owner', 'owner')).body).toMatchObject({ state: 'owner-signed' });
    expect(await bench.refusal('POST', at, { edition: 4, role: 'owner' }, 'owner')).toEqual([
      409,
      'PROTOCOLS_SIGNED_ALREADY',
    ]);
    // The owner is a leader as well: still one person.
    expect(await bench.refusal('POST', at, { edition: 4, role: 'leader' }, 'owner')).toEqual([
      409,
      'PROTOCOLS_SAME_PERSON',
    ]);
  });

  it('loses a signature when it is edited', async () => {
    const saved = await bench.send<ParameterTableView>('PUT', `/protocols/tables/${table.tableId}`, {
      edition: 4,
      content: table.content,
      note: '首版',
    });
    expect(saved.body).toMatchObject({ state: 'draft', edition: 5, signatures: [] });
  });

  it('comes into force with two dated signatures of two people', async () => {
    expect((await bench.sign(table.tableId, 5, 'owner', 'owner')).body.signatures).toHaveLength(1);
    bench.clock.advanceMs(60_000);
    const signed = (await bench.sign(table.tableId, 5, 'leader', 'leader')).body;
    expect(signed.state).toBe('in-force');
    expect(signed.signatures.map(({ role, signedAt }) => [role, signedAt])).toEqual([
      ['owner', '2026-11-24T08:00:00.000Z'],
      ['leader', '2026-11-24T08:01:00.000Z'],
    ]);
    expect(new Set(signed.signatures.map(({ contentSha256 }) => contentSha256)).size).toBe(1);
    expect(
      await bench.refusal('PUT', `/protocols/tables/${table.tableId}`, {
        edition: 5,
        content: table.content,
        note: '',
      }),
    ).toEqual([409, 'PROTOCOLS_NOT_A_DRAFT']);
    expect(await bench.refusal('DELETE', `/protocols/tables/${table.tableId}?edition=5`)).toEqual([
      409,
      'PROTOCOLS_NOT_A_DRAFT',
    ]);
    await expect(
      bench.test.asOwner(`update parameter_table set content = '{}' where table_id = $1`, [table.tableId]),
    ).rejects.toThrow('does not change');
  });

  it('is held against the films of the last half year in the background', async () => {
    // 500 good chests, 6 hands and the one that came before the signature.
    expect((await page()).device.waiting).toBe(507);
    expect(await bench.judge()).toBe(507);
    const { device } = await page();
    expect(device).toMatchObject({ waiting: 0, judged: 507, notJudged: 6 });
    // Limits of three robust deviations: few of the films it was drafted from lie outside.
    expect(device.deviating).toBeLessThan(40);
  });
});

describe('one exam that violates the table', () => {
  let filmId = '';
  it('is explained with value, limit, direction and share for this patient', async () => {
    [filmId = ''] = await bench.receive([
      simulatedFilm(2000, 'CH01', { KVP: 90, Grid: 'NONE', DistanceSourceToDetector: 1100 }),
    ]);
    expect((await bench.complianceOf(filmId)).state).toBe('waiting');
    expect(await bench.judge()).toBe(1);
    const { state, current, earlier } = await bench.complianceOf(filmId);
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
    const listed = await bench.send<{ items: Violation[] }>(
      'GET',
      `/protocols/violations?deviceId=${deviceId}&limit=200`,
    );
    expect(listed.body.items.find((one) => one.filmId === filmId)).toMatchObject({
      accessionNumber: 'X2000',
      deviceName: expect.any(String),
    });
    const csv = await bench.send<Buffer>(
      'GET',
      `/protocols/violations/export?format=csv&locale=en&deviceId=${deviceId}`,
    );
    const lines = csv.body
      .toString()
      .split('\n')
      .filter((line) => line.includes('X2000'));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('Tube voltage kV,90,120');
    expect(lines[0]).toContain('below');
    expect(lines[0]).toContain('Too little penetration');
    const chinese = await bench.send<Buffer>('GET', `/protocols/violations/export?format=csv&deviceId=${deviceId}`);
    expect(chinese.body.toString()).toContain('穿透不足');
    expect(
      await bench.refusal('GET', `/protocols/violations/export?format=csv`, undefined, 'first:protocols.read'),
    ).toEqual([403, 'ACCESS_PERMISSION_MISSING']);
  });

  it('is paged without leaving one out', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: { items: Violation[]; nextCursor: string | null } = (
        await bench.send<{ items: Violation[]; nextCursor: string | null }>(
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
      await bench.test.asOwner<{ exam_id: string }>(`select exam_id from film where film_id = $1`, [filmId])
    ).map((row) => row.exam_id);
    const [films, again] = protocolsJobs(bench.clock);
    const count = async () =>
      (
        await bench.test.asOwner<{ n: number }>(
          `select count(*)::int as n from compliance_verdict where film_id = $1`,
          [filmId],
        )
      )[0]!.n;
    await bench.inHospital('', (unit) => films!.handle(unit, { examId } as never));
    await bench.inHospital('', (unit) => again!.handle(unit, { examId, filmId } as never));
    expect(await bench.judge()).toBe(1);
    expect(await count()).toBe(1);
    await bench.test.asOwner(`update film set position_code = 'CH03' where film_id = $1`, [filmId]);
    bench.clock.advanceMs(1_000);
    await bench.inHospital('', (unit) => again!.handle(unit, { examId, filmId } as never));
    expect(await bench.judge()).toBe(1);
    expect((await bench.complianceOf(filmId)).current[0]).toMatchObject({ verdict: 'not-judged', reason: 'no-row' });
    await bench.test.asOwner(`update film set position_code = 'CH01' where film_id = $1`, [filmId]);
    bench.clock.advanceMs(1_000);
    await bench.inHospital('', (unit) => again!.handle(unit, { examId, filmId } as never));
    await bench.judge();
    expect((await bench.complianceOf(filmId)).current[0]?.verdict).toBe('deviates');
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
    const saved = await bench.send<ParameterTableView>('PUT', `/protocols/tables/${draft.tableId}`, {
      edition: 1,
      content: { ...draft.content, rows },
      note: '',
    });
    expect(saved.status).toBe(200);
    await bench.sign(draft.tableId, 2, 'leader', 'leader');
    expect((await bench.sign(draft.tableId, 2, 'owner', 'owner')).body.state).toBe('in-force');
    const { versions } = await page();
    expect(versions.map(({ version, state }) => [version, state])).toEqual([
      [2, 'in-force'],
      [1, 'superseded'],
    ]);
    expect(await bench.judge()).toBe(508);
    const { current, earlier } = await bench.complianceOf(filmId);
    expect(current).toMatchObject([{ tableVersion: 2, verdict: 'within' }]);
    expect(earlier.map(({ tableVersion, verdict }) => [tableVersion, verdict])).toContainEqual([1, 'deviates']);
    const listed = await bench.send<{ items: Violation[] }>('GET', `/protocols/violations?limit=200`);
    expect(listed.body.items.map((one) => one.filmId)).not.toContain(filmId);
  });

  it('may not be changed afterwards', async () => {
    await expect(
      bench.inHospital('', (unit) => unit.db.updateTable('compliance_verdict').set({ verdict: 'within' }).execute()),
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
    const [filmId] = await bench.receive([simulatedFilm(number, 'CH01', over)]);
    await bench.judge();
    expect((await bench.complianceOf(filmId!)).current[0]).toMatchObject({ verdict: 'not-judged', reason });
  });

  it('leaves a phantom out', async () => {
    const [filmId] = await bench.receive([simulatedFilm(4000, 'CH01', { QualityControlImage: 'YES' })]);
    await bench.judge();
    expect((await bench.complianceOf(filmId!)).current).toEqual([]);
  });
});

describe('drift', () => {
  it('is found when the mAs of a device rise against its table', async () => {
    const calm = (await bench.send<ParameterDrift>('GET', `/protocols/devices/${deviceId}/drift`)).body;
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
    await bench.receive(later);
    await bench.judge();
    const moved = (await bench.send<ParameterDrift>('GET', `/protocols/devices/${deviceId}/drift?days=2`)).body;
    const risen = moved.items.find(({ column }) => column === 'exposureMas');
    expect(risen?.films).toBe(24);
    expect(risen?.points[0]?.ratio).toBeGreaterThan(1.3);
    expect((await bench.send('GET', `/protocols/devices/${randomUUID()}/drift`)).status).toBe(404);
  });
});

describe('another hospital', () => {
  it('sees no device, table, film or violation of this one', async () => {
    const { tableId } = (await page()).device.inForce!;
    const ask = (url: string) => bench.send<{ items?: unknown[] }>('GET', url, undefined, 'second');
    expect((await ask(`/protocols/devices/${deviceId}`)).status).toBe(404);
    expect((await ask(`/protocols/tables/${tableId}`)).status).toBe(404);
    expect((await ask(`/protocols/devices`)).body.items).toEqual([]);
    expect((await ask(`/protocols/violations`)).body.items).toEqual([]);
  });
});

describe('the audit trail', () => {
  it('has every act', async () => {
    const actions = await bench.test.asOwner<{ action: string }>(
      `select distinct action from audit_entry where action like 'protocols.%' order by 1`,
    );
    expect(actions.map(({ action }) => action.slice('protocols.'.length))).toEqual([
      'draft-begun',
      'draft-saved',
      'signed',
      'violations-exported',
      'violations-read',
    ]);
  });
});

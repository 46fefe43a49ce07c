import { randomUUID } from 'node:crypto';
import type { ConsoleTable, ParameterDevicePage, ParameterTableView, Violation } from '@jiapian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './bench.fixture.ts';
import { simulatedScan } from './simulated-films.fixture.ts';

let bench: Bench;
let deviceId = '';

beforeAll(async () => {
  bench = await startBench();
}, 120_000);
afterAll(() => bench.close());

const page = async () => (await bench.send<ParameterDevicePage>('GET', `/protocols/devices/${deviceId}`)).body;

describe('a scanner', () => {
  it('is drafted by protocol and phase from series, without their localizers, and each series is judged', async () => {
    for (let number = 0; number < 6; number += 1) await bench.register(simulatedScan(number));
    await bench.test.asOwner(`update film set grade = 'A', state = 'graded' where kind = 'exam'`);
    const [found] = await bench.test.asOwner<{ device_id: string }>(
      `update device set modality = 'CT', owner_staff_id = $1 where station_name = 'CT-1' returning device_id`,
      [bench.owner.staffId],
    );
    deviceId = found!.device_id;
    const at = `/protocols/devices/${deviceId}`;
    const drafted = (await bench.send<ParameterTableView>('POST', `${at}/tables`, { from: 'films', films: 5 })).body;
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
    await bench.sign(drafted.tableId, 1, 'owner', 'owner');
    await bench.sign(drafted.tableId, 1, 'leader', 'leader');
    await bench.judge();
    await bench.register(simulatedScan(50, { KVP: 80, ConvolutionKernel: 'B70f' }));
    await bench.judge();
    const listed = await bench.send<{ items: Violation[] }>('GET', `/protocols/violations?deviceId=${deviceId}`);
    expect(listed.body.items).toHaveLength(1);
    const outside = listed.body.items[0]?.columns.filter(({ state }) => state !== 'within');
    expect(outside?.map(({ column, state }) => [column, state])).toEqual([
      ['tubeVoltageKv', 'below'],
      ['kernel', 'differs'],
    ]);
  });
});

describe('the calculators', () => {
  it('have limits of the product until the hospital sets its own, and refuse faulty ones', async () => {
    const shipped = (
      await bench.send<{
        limits: Record<string, { low: number; high: number }>;
        gridFactors: object[];
        isChanged: boolean;
      }>('GET', '/protocols/calculators')
    ).body;
    expect(shipped.isChanged).toBe(false);
    const own = { limits: { ...shipped.limits, rateMlS: { low: 0.3, high: 4 } }, gridFactors: shipped.gridFactors };
    expect((await bench.send<object>('PUT', '/protocols/calculators', own)).body).toMatchObject({
      isChanged: true,
      limits: { rateMlS: { high: 4 } },
    });
    const faulty = { ...own, limits: { ...own.limits, mas: { low: 5, high: 5 } } };
    expect(await bench.refusal('PUT', '/protocols/calculators', faulty)).toEqual([422, 'PROTOCOLS_SETTINGS_FAULTY']);
    expect((await bench.send<object>('GET', '/protocols/calculators')).body).toMatchObject({
      limits: { rateMlS: { high: 4 } },
    });
    expect((await bench.send<object>('GET', '/protocols/calculators', undefined, 'second')).body).toMatchObject({
      isChanged: false,
    });
  });
});

describe('beginning', () => {
  it('is refused where there is nothing to begin from', async () => {
    const other = randomUUID();
    await bench.test.asOwner(
      `insert into device (hospital_id, device_id, name, modality, ae_title) values ($1, $2, 'US-1', 'US', 'US1')`,
      [bench.test.hospitalId, other],
    );
    const at = `/protocols/devices/${other}/tables`;
    expect(await bench.refusal('POST', at, { from: 'empty' })).toEqual([422, 'PROTOCOLS_NO_TABLE_FOR_MODALITY']);
    await bench.test.asOwner(`update device set modality = 'CT' where device_id = $1`, [other]);
    expect(await bench.refusal('POST', at, { from: 'films' })).toEqual([422, 'PROTOCOLS_TOO_FEW_FILMS']);
    expect(await bench.refusal('POST', at, { from: 'in-force' })).toEqual([409, 'PROTOCOLS_NOTHING_IN_FORCE']);
    expect(await bench.refusal('POST', at, { from: 'empty' }, 'first:protocols.read')).toEqual([
      403,
      'ACCESS_PERMISSION_MISSING',
    ]);
    const begun = await bench.send<ParameterTableView>('POST', at, { from: 'empty' });
    expect(begun.body.faults).toEqual([{ reason: 'no-rows', at: '' }]);
    expect((await bench.send('DELETE', `/protocols/tables/${begun.body.tableId}?edition=1`)).status).toBe(204);
    expect(await bench.refusal('POST', `/protocols/devices/${randomUUID()}/tables`, { from: 'empty' })).toEqual([
      404,
      'PROTOCOLS_DEVICE_NOT_FOUND',
    ]);
  });
});

describe('the console', () => {
  it('shows the table in force to whoever has the code, and no patient', async () => {
    const made = await bench.send<{ code: string }>('POST', `/protocols/devices/${deviceId}/console-link`);
    expect(made.status).toBe(201);
    const shown = await bench.send<ConsoleTable>('GET', `/console/${made.body.code}`, undefined, 'nobody');
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({ version: 1, hospitalName: 'First' });
    expect(shown.body.signatures.map(({ role }) => role)).toEqual(['leader', 'owner']);
    expect(JSON.stringify(shown.body)).not.toMatch(/patient|SF\d{6}|X2000|filmId/);
  });

  it('forgets a code that was renewed or ended, and knows no other', async () => {
    const before = (await page()).consoleLink!.code;
    const after = (await bench.send<{ code: string }>('POST', `/protocols/devices/${deviceId}/console-link`)).body.code;
    expect(await bench.refusal('GET', `/console/${before}`, undefined, 'nobody')).toEqual([
      404,
      'PROTOCOLS_LINK_NOT_FOUND',
    ]);
    expect((await bench.send('GET', `/console/${after}`, undefined, 'nobody')).status).toBe(200);
    expect((await bench.send('DELETE', `/protocols/devices/${deviceId}/console-link`)).status).toBe(204);
    expect(await bench.refusal('GET', `/console/${after}`, undefined, 'nobody')).toEqual([
      404,
      'PROTOCOLS_LINK_NOT_FOUND',
    ]);
    expect(await bench.refusal('DELETE', `/protocols/devices/${deviceId}/console-link`)).toEqual([
      404,
      'PROTOCOLS_LINK_NOT_FOUND',
    ]);
    expect((await bench.send('GET', '/console/short', undefined, 'nobody')).status).toBe(400);
  });
});

describe('the print-out', () => {
  it.each(['zh-CN', 'en'])('is a PDF in %s', async (locale) => {
    const { tableId } = (await page()).device.inForce!;
    const printed = await bench.send<Buffer>('GET', `/protocols/tables/${tableId}/print?locale=${locale}`);
    expect(printed.status).toBe(200);
    expect(printed.body.subarray(0, 5).toString()).toBe('%PDF-');
  });
});

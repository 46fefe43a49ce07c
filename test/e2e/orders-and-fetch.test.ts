import { mkdirSync } from 'node:fs';
import {
  openSignedIn,
  signIn,
  startBrowser,
  startOrthanc,
  startServer,
  waitUntil,
  type Orthanc,
  type Server,
  type SignedIn,
} from '@jiapian/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const words = {
  'zh-CN': {
    emergency: '急诊',
    overdue: '已过时间',
    none: '没有取消或中止的申请',
    addApplication: '添加应用',
    addPlan: '添加调取计划',
    looked: '查询过',
  },
  en: {
    emergency: 'Emergency',
    overdue: 'Time is past',
    none: 'No order was cancelled or discontinued',
    addApplication: 'Add application',
    addPlan: 'Add fetch plan',
    looked: 'looked at',
  },
} as const;
const pictures = process.env['JIAPIAN_PICTURES'];

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe.each(['zh-CN', 'en'] as const)('orders and fetching, in %s', (locale) => {
  let server: Server;
  let api: SignedIn;
  let orthanc: Orthanc;
  let page: Page;
  const say = words[locale];

  beforeAll(async () => {
    server = await startServer();
    api = await signIn(server);
    orthanc = await startOrthanc({ peers: [{ name: 'jiapian', aet: 'JIAPIAN', port: server.dicomPort }] });
    await api.post('/api/v1/organization/set-up', { hospitalName: '测试医院', departmentName: '放射科', device: null });
    await api.post('/api/v1/devices', { name: 'DR 1', modality: 'DX', aeTitle: 'DR1', priorityClass: 'routine' });
    page = await openSignedIn(browser, server, locale);
  }, 120_000);
  afterAll(async () => {
    await page.context().close();
    await Promise.all([server.stop(), orthanc.stop()]);
  });

  const shoot = async (name: string): Promise<void> => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/${name}-${locale}.png` });
  };

  it('shows an order that came by the interface, its emergency and its end', { timeout: 60_000 }, async () => {
    const order = { accessionNumber: 'A100', dicomPatientId: 'P9', patientName: '王^小明', modality: 'DX' };
    await api.post('/api/v1/orders', {
      ...order,
      procedureName: 'Chest',
      priorityCode: 'emergency',
      scheduledAt: now(),
    });
    await page.goto(`${server.url}/orders`);
    const row = page.locator('tbody tr', { hasText: 'A100' });
    await row.waitFor();
    expect(await row.textContent()).toContain(say.emergency);
    expect(await row.textContent()).toContain(say.overdue);
    await shoot('orders');
    await page.goto(`${server.url}/orders?state=ended`);
    await page.getByText(say.none).waitFor();
    await page.goto(`${server.url}/orders?text=A100&days=all`);
    await row.waitFor();
  });

  it('sets up what is fetched from a real archive, and says that it was asked', { timeout: 90_000 }, async () => {
    await page.goto(`${server.url}/settings/fetch`);
    await page.getByRole('button', { name: say.addApplication }).click();
    const drawer = page.locator('.ant-drawer');
    await drawer.locator('#aeTitle').fill(orthanc.aet);
    await drawer.locator('#host').fill('127.0.0.1');
    await drawer.locator('#port').fill(String(orthanc.dicomPort));
    await drawer.locator('.ant-btn-primary').click();
    await page.locator('tbody tr', { hasText: orthanc.aet }).waitFor();
    const { items: devices } = await api.get<{ items: { deviceId: string }[] }>('/api/v1/devices');
    const place = `/api/v1/release/devices/${devices[0]?.deviceId}`;
    await api.post('/api/v1/destinations', {
      ...{ name: 'PACS', kind: 'dimse', aeTitle: orthanc.aet, host: '127.0.0.1', port: orthanc.dicomPort },
    });
    const { checks } = await api.get<{ checks: { code: string }[] }>(`${place}/checks?mode=fetch`);
    await api.put(place, { mode: 'fetch', care: 'none', confirmed: checks.map(({ code }) => code), version: 0 });
    await page.getByRole('button', { name: say.addPlan }).click();
    await choose('deviceId', 'DR 1');
    await choose('aeTitle', orthanc.aet);
    await drawer.locator('.ant-btn-primary').click();
    await page.locator('tbody tr', { hasText: 'DR 1' }).waitFor();
    await waitUntil('the archive to be asked', async () => {
      const { items } = await api.get<{ items: { lastLookAt: string | null; lastAnswer: string }[] }>(
        '/api/v1/fetch-plans',
      );
      return items[0]?.lastLookAt !== null && items[0]?.lastAnswer === '';
    });
    await page.reload();
    await page.getByText(say.looked).first().waitFor();
    await shoot('fetch');
  });

  const choose = async (field: string, option: string): Promise<void> => {
    await page.locator('.ant-drawer .ant-select', { has: page.locator(`#${field}`) }).click();
    await page.locator('.ant-select-item-option', { hasText: option }).last().click();
  };
});

const now = (): string => new Date().toISOString();

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import {
  addArchive,
  openSignedIn,
  setUpHospital,
  signIn,
  startBrowser,
  startServer,
  startStorescp,
  waitUntil,
  type Server,
  type SignedIn,
  type Storescp,
} from '@jiapian/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendPictures, type KnownPicture } from './known-pictures.ts';

const picture: KnownPicture = {
  columns: 400,
  rows: 500,
  bits: 8,
  photometric: 'MONOCHROME2',
  window: [128, 256],
  spacingMm: 0.2,
  stored: (x, y) => (x + y) % 256,
};
const words = {
  'zh-CN': {
    hides: '隐藏 1 幅',
    sent: '已发,待证实',
    repeat: '重拍单',
    left: '患者已离开',
    trial: '预演',
    day: '没有检查',
  },
  en: {
    hides: 'hides 1',
    sent: 'Sent, not proven yet',
    repeat: 'Repeat',
    left: 'Patient has left',
    trial: 'Tried on',
    day: 'No exams',
  },
} as const;
const pictures = process.env['JIAPIAN_PICTURES'];

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe.each(['zh-CN', 'en'] as const)('a film that has left and is rejected, in %s', (locale) => {
  let server: Server;
  let api: SignedIn;
  let pacs: Storescp;
  let page: Page;
  const say = words[locale];

  beforeAll(async () => {
    [server, pacs] = await Promise.all([startServer(), startStorescp([], 'PACS')]);
    api = await signIn(server);
    await setUpHospital(api);
    await addArchive(api, pacs.port);
    // Nobody has named this device: its exam leaves at once and is read afterwards.
    const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
    await sendPictures(peer, { number: 1, modality: 'DX' }, [picture]);
    await waitUntil('the film to be in the PACS', () => pacs.files().length === 1, 60_000);
    page = await openSignedIn(browser, server, locale);
  });
  afterAll(async () => {
    await page.context().close();
    await Promise.all([server.stop(), pacs.stop()]);
  });

  const shoot = async (name: string): Promise<void> => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/${name}-${locale}.png` });
  };

  it('is shown with what the archive will hide, and the note leaves for it', { timeout: 120_000 }, async () => {
    const { items } = await api.get<{ items: { filmId: string; accessionNumber: string }[] }>('/api/v1/films');
    const [film] = items;
    await page.goto(`${server.url}/review/${film?.filmId}`);
    await page.waitForSelector('.viewport-overlay');
    await page.keyboard.press('q');
    await page.keyboard.press('4');
    const dialog = page.locator('.reject');
    await dialog.waitFor();
    await page.waitForFunction((text) => document.querySelector('.reject')?.textContent?.includes(text), say.hides);
    await shoot('reject');
    await dialog.getByText('111209').click();
    await dialog.locator('.reject-affects .reject-choice').first().click();
    const override = dialog.locator('.reject-line');
    if ((await override.count()) > 0) await override.fill('无法诊断');
    await page.fill('#reject-confirmation', (film?.accessionNumber ?? '').slice(-4));
    await dialog.locator('.reject-foot .ant-btn-primary').click();
    await waitUntil('the note to be in the PACS', () => pacs.files().some((file) => file.includes('KO')), 60_000);
    const note = pacs.files().find((file) => file.includes('KO')) ?? '';
    const text = execFileSync('dsrdump', ['+U8', '+Pc', note], { encoding: 'utf8' });
    expect(text).toContain('(113001,DCM,"Rejected for Quality Reasons")');
    expect(text).toContain('(111209,DCM,"Positioning")');
  });

  it(
    'is on the monitor with its note and its repeat order, which is cancelled with a reason',
    { timeout: 60_000 },
    async () => {
      await page.goto(`${server.url}/release`);
      await page.getByText(say.sent).first().waitFor();
      await page.getByText('DR1').first().waitFor();
      await shoot('monitor');
      const orders = () =>
        api.get<{ items: { state: string; cancelReason: string | null }[] }>('/api/v1/repeat-orders');
      expect((await orders()).items).toMatchObject([{ state: 'open' }]);
      const card = page.locator('.card', { hasText: say.repeat }).last();
      await card.locator('.row-line button').last().click();
      await page.locator('.ant-drawer .ant-radio-wrapper').last().click();
      await page.locator('.ant-drawer .ant-select').click();
      await page.locator('.ant-select-item-option', { hasText: say.left }).click();
      await page.locator('.ant-drawer-footer .ant-btn-primary').click();
      await waitUntil('the order to be cancelled', async () => (await orders()).items[0]?.state === 'cancelled');
      expect((await orders()).items[0]?.cancelReason).toBe('patient-left');
    },
  );

  it('has a sheet for the administrator of the archive that names the object', { timeout: 60_000 }, async () => {
    const { items } = await api.get<{ items: { rejectionId: string }[] }>('/api/v1/release/rejections');
    await page.goto(`${server.url}/release/rejections/${items[0]?.rejectionId}`);
    await page.locator('.sheet-objects tbody tr').first().waitFor();
    expect(await page.locator('.sheet-objects tbody tr').count()).toBe(1);
    await shoot('sheet');
  });

  it('counts in the reject rate, and the policy is tried before it is switched', { timeout: 60_000 }, async () => {
    await page.goto(`${server.url}/release/rejects`);
    await page.locator('tbody tr').first().waitFor();
    await shoot('rates');
    await page.goto(`${server.url}/settings/release-policy`);
    await page.locator('.policy-opening').waitFor();
    await page.locator('.card header .ant-btn').first().click();
    await page.getByText(say.day).first().waitFor();
    await shoot('policy');
    await page.getByText(say.trial).first().waitFor();
  });
});

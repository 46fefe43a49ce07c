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
  columns: 200,
  rows: 250,
  bits: 8,
  photometric: 'MONOCHROME2',
  window: [128, 256],
  spacingMm: 0.2,
  stored: (x, y) => (x + y) % 256,
};
const words = {
  'zh-CN': { button: '更正', will: '重发更正副本 1 个', mark: '已更正', undo: '撤销更正' },
  en: { button: 'Correct', will: 'corrected copies sent under new UIDs: 1', mark: 'Corrected', undo: 'Take back' },
} as const;
const pictures = process.env['JIAPIAN_PICTURES'];

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe.each(['zh-CN', 'en'] as const)('an exam of a wrong patient, in %s', (locale) => {
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
  const tagsIn = (tag: string): string[] =>
    pacs.files().map((file) => execFileSync('dcmdump', ['+U8', '-Un', '+P', tag, file], { encoding: 'utf8' }));
  const examId = async (): Promise<string> => {
    const { items } = await api.get<{ items: { examId: string }[] }>('/api/v1/exams');
    return items[0]?.examId ?? '';
  };

  it(
    'is corrected after a preview has said what each archive will be told and given',
    { timeout: 90_000 },
    async () => {
      await page.goto(`${server.url}/exams/${await examId()}`);
      await page.locator('.exam-head button', { hasText: say.button }).click();
      const dialog = page.locator('.ant-modal', { has: page.locator('.correction-dialog') });
      await dialog.locator('#patientName').fill('LI^SI=李^四');
      await dialog.locator('#dicomPatientId').fill('P-RIGHT');
      await dialog.locator('#accessionNumber').fill('DR-RIGHT');
      const buttons = dialog.locator('.ant-modal-footer .ant-btn');
      expect(await buttons.last().isDisabled()).toBe(true);
      await buttons.nth(1).click();
      await dialog.getByText(say.will).waitFor();
      await shoot('correction-dialog');
      await dialog.locator('#reason').fill('技师选错了工作列表');
      await buttons.last().click();
      await page.locator('.exam-head', { hasText: say.mark }).waitFor();
      await page.locator('.correction-item').first().waitFor();
      await shoot('correction-exam');
      await waitUntil('note and copy to be in the PACS', () => pacs.files().length === 3, 60_000);
      expect(tagsIn('0010,0020').filter((text) => text.includes('[P-RIGHT'))).toHaveLength(1);
      const note = pacs.files().find((file) => file.includes('KO')) ?? '';
      expect(execFileSync('dsrdump', ['+Pc', note], { encoding: 'utf8' })).toContain('(113038,');
    },
  );

  it('is marked in the list, and DICOMweb says that what it gives is the original', { timeout: 60_000 }, async () => {
    await page.goto(`${server.url}/exams?text=DR-RIGHT`);
    await page.locator('tbody tr', { hasText: 'DR-RIGHT' }).getByText(say.mark).waitFor();
    const { series } = await api.get<{ series: { instances: { sopInstanceUid: string }[] }[] }>(
      `/api/v1/exams/${await examId()}`,
    );
    const uid = series[0]?.instances[0]?.sopInstanceUid ?? '';
    const answer = await page.evaluate(async (address) => {
      const response = await fetch(address);
      return { warning: response.headers.get('warning'), size: (await response.arrayBuffer()).byteLength };
    }, `/api/v1/instances/${uid}/file`);
    expect(answer.warning).toContain('as received');
    expect(answer.size).toBeGreaterThan(200 * 250);
  });

  it(
    'is the first patient’s again when the correction is taken back, by a fact of its own',
    { timeout: 60_000 },
    async () => {
      await page.goto(`${server.url}/exams/${await examId()}`);
      await page.locator('.correction-item button', { hasText: say.undo }).click();
      const dialog = page.locator('.ant-modal', { has: page.locator('#reason') });
      await dialog.locator('.correction-preview').waitFor();
      await dialog.locator('#reason').fill('原来没有错');
      await dialog.locator('.ant-modal-footer .ant-btn-primary').click();
      await waitUntil('the correction to be taken back', async () => {
        const { items } = await api.get<{ items: { state: string; undoes: string | null }[] }>('/api/v1/corrections');
        return items.length === 2 && items.some((row) => row.state === 'undone' && row.undoes === null);
      });
      await page.goto(`${server.url}/corrections`);
      await page.locator('.correction-columns').waitFor();
      await shoot('corrections');
    },
  );
});

import {
  openSignedIn,
  setUpHospital,
  signIn,
  startBrowser,
  startServer,
  waitUntil,
  type Server,
  type SignedIn,
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
const words = { 'zh-CN': '已更正', en: 'Corrected' } as const;
const pictures = process.env['JIAPIAN_PICTURES'];
const identity = {
  dicomPatientId: 'P-RIGHT',
  issuer: '',
  patientName: '李^四',
  sex: 'F',
  birthDate: '1990-02-03',
  accessionNumber: 'DR-RIGHT',
};

let browser: Browser;
let server: Server;
let api: SignedIn;
let film: { filmId: string; examId: string };

beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startServer()]);
  api = await signIn(server);
  await setUpHospital(api);
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
  await sendPictures(peer, { number: 1, modality: 'DX' }, [picture]);
  const films = () => api.get<{ items: (typeof film)[] }>('/api/v1/films');
  await waitUntil('the film to be made', async () => (await films()).items.length === 1, 60_000);
  film = (await films()).items[0]!;
  const { exam } = await api.get<{ exam: { version: number } }>(`/api/v1/exams/${film.examId}`);
  await api.post(`/api/v1/exams/${film.examId}/corrections`, {
    examVersion: exam.version,
    reason: '技师选错了工作列表',
    change: { kind: 'patient', identity },
  });
}, 120_000);
afterAll(async () => {
  await Promise.all([browser.close(), server.stop()]);
});

describe.each(['zh-CN', 'en'] as const)('a corrected film, in %s', (locale) => {
  let page: Page;
  beforeAll(async () => {
    page = await openSignedIn(browser, server, locale);
  });
  afterAll(() => page.context().close());

  it('says at the workstation who corrected it, when, why, and what it said before', { timeout: 60_000 }, async () => {
    await page.goto(`${server.url}/review/${film.filmId}`);
    const mark = page.locator('.work-head .correction-mark', { hasText: words[locale] });
    await mark.click();
    const said = page.locator('.correction-of-film');
    await said.getByText('技师选错了工作列表').waitFor();
    const text = await said.innerText();
    for (const part of ['P-RIGHT', '李^四', 'DR-RIGHT']) expect(text).toContain(part);
    // Who, and the day by the hospital's clock; the device's own number stands beside the corrected one.
    expect(await said.locator('header .hint').innerText()).toMatch(/\S+ · .*\d{2}:\d{2}/);
    expect(await said.locator('.correction-was').allInnerTexts()).not.toContain('P-RIGHT');
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/corrected-film-${locale}.png` });
  });

  it('is marked in the worklist', { timeout: 60_000 }, async () => {
    await page.goto(`${server.url}/review?list=all`);
    await page.locator('tbody tr', { hasText: 'DR-RIGHT' }).getByText(words[locale]).waitFor();
  });
});

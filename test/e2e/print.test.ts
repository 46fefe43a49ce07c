import { simulateExam, smallSize } from '@jiapian/simulator';
import {
  findProgram,
  runToEnd,
  openSignedIn,
  signIn,
  startBrowser,
  startServer,
  waitUntil,
  type Server,
} from '@jiapian/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendExam } from '../../apps/server/src/cli/send-exam.ts';

/** Two jobs follow one another; a busy machine takes its time. */
const releaseLimitMs = 90_000;

let server: Server;
let browser: Browser;
let examId: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
  const api = await signIn(server);
  await api.post('/api/v1/organization/set-up', { hospitalName: '测试医院', departmentName: '放射科', device: null });
  // Nobody has named the device: its exams are never held.
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
  await sendExam(simulateExam('print', { procedure: 'knee', size: smallSize }), peer);
  const first = async () => {
    const { items } = await api.get<{ items: { examId: string; gateState: string; instanceCount: number }[] }>(
      '/api/v1/exams?limit=1',
    );
    return items[0];
  };
  await waitUntil('both films to be in the register', async () => (await first())?.instanceCount === 2);
  examId = (await first())?.examId ?? '';
  await api.post(`/api/v1/exams/${examId}/complete`, {});
  await waitUntil('the exam to be released', async () => (await first())?.gateState === 'released', releaseLimitMs);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const words = {
  'zh-CN': { open: '打印…', pdf: '下载 PDF(按比例)', scale: /同一放大比例 ×[\d.]+/, full: '影像多于分格:请增加行或列' },
  en: {
    open: 'Print…',
    pdf: 'Download PDF (to scale)',
    scale: /One magnification ×[\d.]+/,
    full: 'More films than fields: add rows or columns',
  },
} as const;

describe.each(['zh-CN', 'en'] as const)('in %s', (locale) => {
  let page: Page;
  beforeAll(async () => {
    page = await openSignedIn(browser, server, locale);
  });
  afterAll(() => page.context().close());

  it('a released exam is laid out, checked, and taken home as a document to scale', async () => {
    await page.goto(`${server.url}/exams/${examId}`);
    await page.getByRole('button', { name: words[locale].open }).click();
    await page.getByText(words[locale].scale).waitFor();
    const pdf = page.getByText(words[locale].pdf);
    for (const box of await page.locator('.print-faults input').all()) await box.check();
    const [download] = await Promise.all([page.waitForEvent('download'), pdf.click()]);
    const { output } = await runToEnd(findProgram('pdftotext', 'poppler-utils'), [await download.path(), '-']);
    expect(output).toMatch(/50 mm +×[\d.]+/);
    expect(output).toContain('测试医院');
  });

  it('more films than fields cannot be printed, and the page says what to do', async () => {
    await page.fill('#print-rows', '1');
    await page.fill('#print-columns', '1');
    await page.getByText(words[locale].full).waitFor();
    expect(await page.locator('.print-side a[download]').count()).toBe(0);
  });
});

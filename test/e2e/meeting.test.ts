import { simulateExam, smallSize } from '@jiapian/simulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInTo } from '../../apps/server/src/cli/demo-client.ts';
import { makeDemoDepartment } from '../../apps/server/src/cli/demo-department.ts';
import { sendExam } from '../../apps/server/src/cli/send-exam.ts';
import { startBrowser } from '../testkit/src/browser.ts';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const PASSWORD = 'films before lunch';
const PHONES = 3;
const RESULT_MS = 1000;

let server: Server;
let browser: Browser;
let api: SignedIn;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ adminPassword: PASSWORD }), startBrowser()]);
  const admin = await signInTo(server.url, 'admin', PASSWORD);
  await makeDemoDepartment(admin, PASSWORD, { aeTitle: 'NOBODY', host: '127.0.0.1', port: server.dicomPort });
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
  for (const seed of ['one', 'two', 'three', 'four']) {
    await sendExam(simulateExam(`meeting ${seed}`, { procedure: 'chest-pa', size: smallSize }), peer);
  }
  api = await signIn({ ...server, username: 'L001', password: PASSWORD });
  await waitUntil('the films to wait', async () => {
    const { counts } = await api.get<{ counts: { waiting: number } }>('/api/v1/films');
    return counts.waiting >= 4;
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

interface Minutes {
  attendance: { joinedAt: string | null }[];
  films: { decidedGrade: string | null; tally: { grade: string; votes: number }[] }[];
}

describe.each(['zh-CN', 'en'] as const)('a meeting in %s', (locale) => {
  it(
    'is voted on from three phones without an account, decided, and leaves minutes as PDF',
    { timeout: 180_000 },
    async () => {
      const open = async (viewport: { width: number; height: number }): Promise<Page> => {
        const page = await (await browser.newContext({ viewport, locale })).newPage();
        await page.addInitScript((chosen) => localStorage.setItem('jiapian.locale', chosen), locale);
        return page;
      };
      const leader = await open({ width: 1920, height: 1080 });
      await leader.goto(`${server.url}/sign-in`);
      await leader.fill('#username', 'L001');
      await leader.fill('#password', PASSWORD);
      await leader.keyboard.press('Enter');
      await leader.waitForURL((address) => !address.pathname.includes('sign-in'));
      await leader.goto(`${server.url}/meetings`);
      await leader.locator('main .ant-btn-primary').click();
      const begin = leader.locator('.ant-modal .ant-btn-primary:not([disabled])');
      await begin.click();
      await leader.waitForSelector('.meeting-join code');
      const address = (await leader.textContent('.meeting-join code')) ?? '';

      const phones = await Promise.all(Array.from({ length: PHONES }, () => open({ width: 390, height: 844 })));
      for (const [index, phone] of phones.entries()) {
        await phone.goto(address);
        // Who took these films may not vote; the first names on the list are readers.
        const names = phone.locator('.phone-names button');
        await names.first().waitFor();
        await names.nth(index).click();
        await phone.waitForSelector('.phone-grades');
        expect(await phone.locator('img, canvas').count()).toBe(0);
      }
      await leader.keyboard.press('v');
      for (const [index, phone] of phones.entries()) {
        const button = phone.locator('.phone-grades button:not([disabled])').nth(index === 0 ? 0 : 1);
        await button.click();
        await phone.waitForSelector('.phone-grades [aria-pressed=true]');
        expect(await phone.locator('.phone-votes').count()).toBe(0);
      }
      await leader.waitForFunction(
        (count) => document.querySelector('.meeting-count')?.textContent?.includes(`${count}`),
        PHONES,
      );
      const revealed = leader.waitForResponse((answer) => answer.url().endsWith('/place'));
      await leader.keyboard.press('v');
      await revealed;
      const started = performance.now();
      await Promise.all(phones.map((phone) => phone.waitForSelector('.phone-votes')));
      expect(performance.now() - started).toBeLessThan(RESULT_MS);

      await leader.keyboard.press('1');
      await leader.keyboard.press('Enter');
      await leader.waitForSelector('.meeting-decision h2 .badge');
      await leader.locator('.meeting-head button').nth(2).click();
      await leader.waitForSelector('.minutes table');
      const meetingId = /meetings\/([^/]+)/.exec(leader.url())?.[1] ?? '';
      const minutes = await api.get<Minutes>(`/api/v1/meetings/${meetingId}/minutes`);
      expect(minutes.attendance.filter(({ joinedAt }) => joinedAt !== null)).toHaveLength(PHONES);
      expect(minutes.films[0]).toMatchObject({
        decidedGrade: 'A',
        tally: [{ votes: 1 }, { votes: 2 }, { votes: 0 }, { votes: 0 }],
      });
      const pdf = await leader.pdf({ format: 'A4' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      for (const page of [leader, ...phones]) await page.context().close();
    },
  );
});

import { simulateExam, smallSize } from '@jiapian/simulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendExam } from '../../apps/server/src/cli/send-exam.ts';
import { startBrowser } from '../testkit/src/browser.ts';
import { startDemoServer } from '../testkit/src/demo-server.ts';
import { openSignedIn } from '../testkit/src/open-signed-in.ts';
import { signIn, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const words = {
  'zh-CN': { pa: '胸部后前位', lateral: '胸部侧位', brain: '脑窗', resume: '从暂停处继续' },
  en: { pa: 'Chest PA', lateral: 'Chest lateral', brain: 'Brain', resume: 'Go on where paused' },
} as const;
interface Row {
  filmId: string;
  modality: string;
  positionCode: string | null;
  state: string;
  grade: string | null;
  lock: object | null;
}

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe.each(['zh-CN', 'en'] as const)('the workstation in %s', (locale) => {
  const say = words[locale];
  let server: Server;
  let leader: SignedIn;
  let page: Page;
  const rows = async (): Promise<Row[]> => (await leader.get<{ items: Row[] }>('/api/v1/films')).items;
  const filmOf = async (code: string): Promise<string> =>
    (await rows()).find(({ positionCode, modality }) => positionCode === code || modality === code)?.filmId ?? '';
  const open = async (code: string): Promise<void> => {
    await page.goto(`${server.url}/review/${await filmOf(code)}`);
    await page.waitForSelector('.viewport-overlay');
  };
  const panes = () => page.locator('.viewer-panes > .pane');
  const names = () => page.locator('.pane-name').allInnerTexts();
  const preferences = async () =>
    (await leader.get<{ preferences: Record<string, string> }>('/api/v1/session')).preferences;

  beforeAll(async () => {
    server = await startDemoServer();
    const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle };
    for (const [procedure, callingAeTitle] of [
      ['chest-two-views', 'DR1'],
      ['ct-head', 'CT1'],
      ['mr-brain', 'MR1'],
    ] as const) {
      await sendExam(simulateExam(`workstation ${procedure}`, { procedure, defectRate: 0, size: smallSize }), {
        ...peer,
        callingAeTitle,
      });
    }
    leader = await signIn({ ...server, username: 'L001' });
    await waitUntil('the films to wait', async () => (await rows()).length >= 4, 60_000);
    page = await openSignedIn(browser, server, locale, { username: 'L001' });
  }, 180_000);
  afterAll(async () => {
    await page?.context().close();
    await server?.stop();
  });

  it('hangs PA and lateral side by side, CT in three windows with its dose, MR as a contact sheet', async () => {
    await open('CH02');
    expect(await names()).toEqual([say.pa, say.lateral]);
    await page.waitForSelector('.pane:nth-child(2)[aria-current="true"]');
    await open('CT');
    expect(await panes().count()).toBe(3);
    expect((await names())[0]).toBe(say.brain);
    expect(await page.locator('.strip').innerText()).toContain('CTDIvol');
    await open('MR');
    expect(await panes().count()).toBeGreaterThanOrEqual(3);
  }, 60_000);

  it('takes another layout by key, and opens the next exam of the kind with it, after signing in anew too', async () => {
    await open('CH01');
    await page.keyboard.press('.');
    await page.waitForFunction(() => document.querySelectorAll('.viewer-panes > .pane').length === 1);
    await waitUntil('the choice to be kept', async () => (await preferences())['layout.frontal-lateral'] === 'single');
    await open('CH02');
    expect(await panes().count()).toBe(1);
    await page.keyboard.press(',');
    await page.waitForFunction(() => document.querySelectorAll('.viewer-panes > .pane').length === 2);
  }, 60_000);

  it('gives the lock back while it is paused, remembers the place, and goes on there', async () => {
    await open('CH01');
    const lock = async () => (await rows()).find(({ positionCode }) => positionCode === 'CH01')?.lock ?? null;
    await waitUntil('the lock', async () => (await lock()) !== null);
    await page.keyboard.press('w');
    await page.keyboard.press('Shift+P');
    await page.waitForSelector('.pause');
    await waitUntil('the lock to be given back', async () => (await lock()) === null);
    await page.goto(`${server.url}/review`);
    await page.getByRole('button', { name: say.resume }).click();
    await page.waitForSelector('.deduction-on');
    expect(page.url()).toContain(await filmOf('CH01'));
    await waitUntil('the lock again', async () => (await lock()) !== null);
    expect((await preferences())['review.paused']).toBe('');
    await page.keyboard.press('Shift+P');
    await page.waitForSelector('.pause');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.pause', { state: 'detached' });
  }, 60_000);

  it("takes OHIF's keys: digits are windows, grades stand behind Shift, and ? shows the map that holds", async () => {
    await open('CT');
    await page.keyboard.press('?');
    await page.locator('.ant-modal .ant-segmented-item').nth(1).click();
    await waitUntil('the choice to be kept', async () => (await preferences())['review.keys'] === 'ohif');
    expect(await page.locator('.key-map kbd').allInnerTexts()).toContain('⇧1');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.ant-modal', { state: 'hidden' });
    const window = () => page.locator('.strip').innerText();
    const before = await window();
    await page.keyboard.press('3');
    await waitUntil('another window', async () => (await window()) !== before);
    expect((await rows()).find(({ modality }) => modality === 'CT')?.grade).toBeNull();
    await waitUntil('the film to be locked', async () =>
      (await rows()).some(({ modality, lock }) => modality === 'CT' && lock),
    );
    await page.keyboard.press('Shift+D');
    await page.waitForSelector('.deduction-on');
    const saved = page.waitForResponse((answer) => answer.url().includes('/readings') && answer.ok());
    await page.keyboard.press('Enter');
    await saved;
    expect((await rows()).find(({ modality }) => modality === 'CT')).toMatchObject({ state: 'graded' });
  }, 60_000);
});

import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../testkit/src/browser.ts';
import { startDemoServer } from '../testkit/src/demo-server.ts';
import { openSignedIn } from '../testkit/src/open-signed-in.ts';
import type { Server } from '../testkit/src/server.ts';

const words = {
  'zh-CN': {
    template: '从现成标准开始…',
    excellent: '优良中差评片标准',
    trial: '试算',
    publish: '发布',
    booklet: '手册 PDF',
    gradeName: '优',
    change: '修改',
    bothLanguages: '中英文要么都写,要么都空',
    ownVersion: '本院第 1 版',
  },
  en: {
    template: 'Begin from a ready-made standard…',
    excellent: 'Standard of excellent, good, fair and poor',
    trial: 'Trial',
    publish: 'Publish',
    booklet: 'Booklet PDF',
    gradeName: 'Excellent',
    change: 'Change',
    bothLanguages: 'Both languages, or neither',
    ownVersion: 'own words, version 1',
  },
} as const;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe.each(['zh-CN', 'en'] as const)('the standards room in %s', (locale) => {
  const say = words[locale];
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    server = await startDemoServer();
    page = await openSignedIn(browser, server, locale, { username: 'L001' });
  }, 180_000);
  afterAll(async () => {
    await page?.context().close();
    await server?.stop();
  });

  it('begins a draft, tries it, publishes it, shows its grade names, and hands out the booklet', async () => {
    await page.goto(`${server.url}/standards?view=versions`);
    await page.getByRole('button', { name: say.template }).click();
    await page.getByRole('menuitem', { name: say.excellent }).click();
    await page.waitForURL(/\/standards\/drafts\//);
    await page.getByRole('heading', { name: say.trial }).waitFor();
    await page.getByRole('button', { name: say.publish }).click();
    await page.getByRole('dialog').getByRole('button', { name: say.publish }).click();
    await page.getByText('v2').first().waitFor();

    await page.goto(`${server.url}/standards`);
    await page.getByText(say.gradeName, { exact: true }).first().waitFor();

    await page.goto(`${server.url}/standards?view=versions`);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: say.booklet }).first().click();
    const file = await (await download).path();
    expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-');
  }, 120_000);

  it('changes one position by form, refuses half a translation, and shows the source as not verified', async () => {
    await page.goto(`${server.url}/standards?view=positions`);
    await page.fill('.position-find input', 'CH01');
    await page.locator('.positions > .card').nth(1).getByRole('button', { name: say.change }).click();
    const drawer = page.getByRole('dialog');
    await drawer.locator('#coverageZh').fill('');
    await drawer.locator('.ant-btn-primary').click();
    await drawer.getByText(say.bothLanguages).first().waitFor();
    await drawer.locator('#coverageZh').fill('本院:两肋膈角与两肺尖');
    await drawer.locator('#source').fill('PD');
    if (await drawer.locator('#isVerified').isChecked()) await drawer.locator('#isVerified').uncheck();
    await drawer.locator('.ant-btn-primary').click();
    await drawer.waitFor({ state: 'hidden' });
    await page.getByText(say.ownVersion).waitFor();
    await page.locator('.positions .source-open').first().waitFor();
  }, 60_000);

  it('tries a file of positions and names what is wrong before anything is written', async () => {
    await page.goto(`${server.url}/standards?view=sets`);
    const file = { name: 'set.csv', mimeType: 'text/csv', buffer: Buffer.from('code,name_zh\r\nX01,足') };
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.getByRole('alert').getByText('name_en').waitFor();
  }, 60_000);
});

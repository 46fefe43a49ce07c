import { mkdirSync } from 'node:fs';
import {
  openSignedIn,
  signIn,
  startBrowser,
  startServer,
  waitUntil,
  type Server,
  type SignedIn,
} from '@jiapian/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

const pictures = process.env['JIAPIAN_PICTURES'];
const words = {
  'zh-CN': { title: '到时前叫谁', everyone: '不指定', why: '为什么改', reason: '夜班替补' },
  en: { title: 'Whom to call', everyone: 'Nobody named', why: 'Why', reason: 'night substitutes' },
} as const;

let browser: Browser;
let server: Server;
let api: SignedIn;
const accounts = new Map<string, string>();
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startServer()]);
  api = await signIn(server);
  await api.post('/api/v1/organization/set-up', { hospitalName: '测试医院', departmentName: '放射科', device: null });
  for (const [username, displayName, role] of [
    ['night', '王夜班', 'team-leader'],
    ['head', '李主任', 'department-head'],
    ['tech', '张技师', 'technologist'],
  ] as const) {
    const { accountId } = await api.post<{ accountId: string }>('/api/v1/accounts', {
      ...{ username, displayName, roles: [role], staffId: null },
      ...{ password: server.password, mustChangePassword: false },
    });
    accounts.set(username, accountId);
  }
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

it.each(['zh-CN', 'en'] as const)(
  'the team leader names who is called before a hold ends, in order, among those who may decide, in %s',
  { timeout: 120_000 },
  async (locale) => {
    const say = words[locale];
    const policy = () => api.get<{ version: number; content: { substitutes: string[] } }>('/api/v1/release/policy');
    const before = await policy();
    const page = await openSignedIn(browser, server, locale, { username: 'night', path: '/settings/release-policy' });
    const field = page.locator('.policy-substitutes');
    await field.getByText(say.title).waitFor();
    if (before.version === 0) await field.getByText(say.everyone).waitFor();
    // What the first language has chosen is taken away by keys, as anybody would.
    await field.locator('input').click();
    for (const _ of before.content.substitutes) await page.keyboard.press('Backspace');
    const options = page.locator('.ant-select-dropdown .ant-select-item-option');
    await options.first().waitFor();
    const offered = await options.allTextContents();
    expect(offered).toEqual(expect.arrayContaining(['王夜班', '李主任']));
    expect(offered).not.toContain('张技师');
    for (const name of ['王夜班', '李主任']) await options.getByText(name, { exact: true }).click();
    await page.keyboard.press('Escape');
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: `${pictures}/substitutes-${locale}.png`, fullPage: true });
    }
    await page.locator('.card header .ant-btn-primary').first().click();
    await page.locator('.ant-modal textarea').fill(say.reason);
    await page.locator('.ant-modal .ant-btn-primary').click();
    await waitUntil('the policy to be published', async () => (await policy()).version === before.version + 1);
    expect((await policy()).content.substitutes).toEqual([accounts.get('night'), accounts.get('head')]);
    await page.context().close();
  },
);

import type { Browser, Page } from 'playwright-core';
import type { Server } from './server.ts';

/** A page of its own at 1366 × 768, signed in as the server's administrator, in the language. */
export async function openSignedIn(browser: Browser, server: Server, locale: 'zh-CN' | 'en'): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale })).newPage();
  await page.goto(`${server.url}/sign-in`);
  await page.evaluate((chosen) => localStorage.setItem('jiapian.locale', chosen), locale);
  await page.reload();
  await page.fill('#username', server.username);
  await page.fill('#password', server.password);
  await page.click('button[type=submit]');
  await page.waitForURL((address) => !address.pathname.includes('sign-in'));
  return page;
}

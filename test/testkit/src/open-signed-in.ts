import type { Browser, Page } from 'playwright-core';
import type { Server } from './server.ts';

interface Visit {
  /** Otherwise the server's administrator. */
  readonly username?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The first page that is shown. */
  readonly path?: string;
}

const desk = { width: 1366, height: 768 };
/** A page of two seconds takes a minute when every core is busy. */
const patienceMs = 60_000;

/**
 * A page in a context of its own, signed in by the interface, in the language; the sign-in page has its own tests.
 * Everybody has the server's password.
 */
export async function openSignedIn(
  browser: Browser,
  server: Pick<Server, 'url' | 'username' | 'password'>,
  locale: 'zh-CN' | 'en',
  { username = server.username, viewport = desk, path = '/' }: Visit = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale });
  context.setDefaultTimeout(patienceMs);
  const answer = await context.request.post(`${server.url}/api/v1/session`, {
    data: { username, password: server.password },
    headers: { origin: server.url },
  });
  if (!answer.ok()) throw new Error(`sign-in of ${username}: ${answer.status()} ${await answer.text()}`);
  const page = await context.newPage();
  await page.addInitScript((chosen) => localStorage.setItem('jiapian.locale', chosen), locale);
  await page.goto(`${server.url}${path}`);
  return page;
}

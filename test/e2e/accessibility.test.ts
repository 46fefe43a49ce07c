import { simulateExam, smallSize } from '@jiapian/simulator';
import {
  setUpHospital,
  signIn,
  startBrowser,
  startServer,
  waitUntil,
  type Server,
  type SignedIn,
} from '@jiapian/testkit';
import axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendExam } from '../../apps/server/src/cli/send-exam.ts';

/** WCAG 2.2 level A and AA. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let server: Server;
let browser: Browser;
let api: SignedIn;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
  api = await signIn(server);
  await setUpHospital(api);
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
  for (const procedure of ['chest-pa', 'hand', 'ct-head']) {
    await sendExam(simulateExam(`axe ${procedure}`, { procedure, size: smallSize }), peer);
  }
  await waitUntil('the films to be in the queue', async () => {
    const { counts } = await api.get<{ counts: { waiting: number } }>('/api/v1/films');
    return counts.waiting >= 3;
  });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const firstFilm = async (): Promise<string> => {
  const { items } = await api.get<{ items: { filmId: string; examId: string }[] }>('/api/v1/films?limit=1');
  return `/review/${items[0]?.filmId ?? ''}`;
};
const firstExam = async (): Promise<string> => {
  const { items } = await api.get<{ items: { examId: string }[] }>('/api/v1/exams?limit=1');
  return `/exams/${items[0]?.examId ?? ''}`;
};

/** Pages that no menu names. */
const inner: [string, () => string | Promise<string>][] = [
  ['the workstation', firstFilm],
  ['an exam', firstExam],
  ['agreement', () => '/agreement'],
  ['the week of machine and readers', () => '/hint-week'],
  ['calculators', () => '/protocols/calculators'],
  ['deviations', () => '/protocols/violations'],
  ['the self-check of now', () => '/self-checks/now'],
  ['rejects', () => '/release/rejects'],
  ['password', () => '/password'],
  ['set-up', () => '/set-up'],
];

/** Each language and each theme once: words decide nothing about colours, and colours nothing about names. */
const looks = [
  { locale: 'zh-CN', theme: 'light' },
  { locale: 'en', theme: 'dark' },
] as const;

describe.each(looks)('in $locale, $theme', ({ locale, theme }) => {
  let page: Page;
  beforeAll(async () => {
    page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale })).newPage();
    await page.goto(`${server.url}/sign-in`);
    await page.evaluate(
      (chosen) => {
        localStorage.setItem('jiapian.locale', chosen.locale);
        // Each kind of page remembers its own.
        for (const kind of ['desk', 'reading']) localStorage.setItem(`jiapian.theme.${kind}`, chosen.theme);
      },
      { locale, theme },
    );
    await page.reload();
    expect(await page.getAttribute('html', 'data-theme')).toBe(theme);
    expect(await violationsOn(page)).toEqual([]);
    await page.fill('#username', server.username);
    await page.fill('#password', server.password);
    await page.click('button[type=submit]');
    await page.waitForURL((address) => !address.pathname.includes('sign-in'));
  });
  afterAll(() => page.context().close());

  const violationsAt = async (address: string): Promise<string[]> => {
    await page.goto(server.url + address);
    await page.waitForLoadState('networkidle');
    expect(await page.getAttribute('html', 'data-theme')).toBe(theme);
    return violationsOn(page);
  };
  const linksAt = async (address: string): Promise<string[]> => {
    await page.goto(server.url + address);
    await page.waitForLoadState('networkidle');
    return page.$$eval('nav a[href]', (links) => links.map((link) => link.getAttribute('href') ?? ''));
  };

  it('no page of the menu or the settings has a violation of level AA', { timeout: 300_000 }, async () => {
    const addresses = new Set([...(await linksAt('/')), ...(await linksAt('/settings/devices'))]);
    expect(addresses.size).toBeGreaterThan(30);
    const found: Record<string, string[]> = {};
    for (const address of addresses) {
      const violations = await violationsAt(address);
      if (violations.length > 0) found[address] = violations;
    }
    expect(found).toEqual({});
  });

  it.each(inner)('%s has no violation of level AA', { timeout: 60_000 }, async (_, addressOf) => {
    expect(await violationsAt(await addressOf())).toEqual([]);
  });
});

interface Axe {
  run(
    context: Document,
    options: { runOnly: { type: 'tag'; values: string[] } },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

const violationsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeCore.source);
  return page.evaluate(async (values) => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values } });
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)}`));
  }, rules);
};

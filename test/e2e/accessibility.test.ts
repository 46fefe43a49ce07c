import { simulateExam, smallSize } from '@jiapian/simulator';
import { signIn, startBrowser, startServer, waitUntil, type Server, type SignedIn } from '@jiapian/testkit';
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
  await api.post('/api/v1/organization/set-up', { hospitalName: '测试医院', departmentName: '放射科', device: null });
  const settings = await api.get<object>('/api/v1/organization/settings');
  await api.put('/api/v1/organization/settings', { ...settings, quietSeconds: 5 });
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

const pages: [string, () => string | Promise<string>][] = [
  ['today', () => '/'],
  ['worklist', () => '/review'],
  ['workstation', firstFilm],
  ['own films', () => '/own-films'],
  ['second readings', () => '/review-tasks'],
  ['agreement', () => '/agreement'],
  ['sampling', () => '/review-plan'],
  ['register', () => '/exams'],
  ['exam', firstExam],
  ['release', () => '/release'],
  ['quarantine', () => '/quarantine'],
  ['upload', () => '/upload'],
  ['standards', () => '/standards'],
  ['hospital', () => '/settings/hospital'],
  ['devices', () => '/settings/devices'],
  ['rooms', () => '/settings/rooms'],
  ['staff', () => '/settings/staff'],
  ['operator names', () => '/settings/operators'],
  ['connection', () => '/settings/connection'],
  ['destinations', () => '/settings/destinations'],
  ['accounts', () => '/settings/accounts'],
  ['tokens', () => '/settings/tokens'],
  ['audit trail', () => '/settings/audit'],
  ['password', () => '/password'],
  ['set-up', () => '/set-up'],
  ['help', () => '/help'],
];

const looks = (['zh-CN', 'en'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).map((theme) => ({ locale, theme })),
);

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

  it.each(pages)('%s has no violation of level AA', { timeout: 60_000 }, async (_, addressOf) => {
    await page.goto(server.url + (await addressOf()));
    await page.waitForLoadState('networkidle');
    expect(await page.getAttribute('html', 'data-theme')).toBe(theme);
    expect(await violationsOn(page)).toEqual([]);
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

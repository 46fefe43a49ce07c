import type { CheckPolicy, FilmCheck, FilmDetail, FilmRow } from '@jiapian/contract';
import { defaultStandard } from '@jiapian/rules';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../testkit/src/browser.ts';
import { filmsOfThisMorning, sendOrders, startDemoServer } from '../testkit/src/demo-server.ts';
import { openSignedIn } from '../testkit/src/open-signed-in.ts';
import { signIn, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const phone = { width: 390, height: 844 };
const desk = { width: 1366, height: 768 };

const TECHNOLOGIST = 'T005';
/** A self-check takes no longer, from the film on the screen to its being saved. */
const TEN_SECONDS_MS = 10_000;

let browser: Browser;
let server: Server;
let leader: SignedIn;
let technologist: SignedIn;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemoServer()]);
  const orders = filmsOfThisMorning('self-checks', { exams: 14, defectRate: 0 });
  await sendOrders(
    server,
    orders.filter(({ operator }) => operator.staffNumber === TECHNOLOGIST),
  );
  const as = (username: string) => signIn({ ...server, username });
  [leader, technologist] = await Promise.all([as('L001'), as(TECHNOLOGIST)]);
  await waitUntil('films of the technologist', async () => {
    const { items } = await technologist.get<{ items: FilmRow[] }>('/api/v1/films?limit=100');
    return items.filter((film) => film.isOwn).length >= 4;
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe.each(['zh-CN', 'en'] as const)('a self-check in %s', (locale) => {
  const open = (username: string, path: string, viewport: typeof phone): Promise<Page> =>
    openSignedIn(browser, server, locale, { username, path, viewport });
  const checksOf = async (who: SignedIn, filmId: string) =>
    (await who.get<{ items: FilmCheck[] }>(`/api/v1/films/${filmId}/checks`)).items;

  it(
    'takes two taps on a phone, stays hidden until the grade, and stands beside it then',
    { timeout: 120_000 },
    async () => {
      // The hospital wants it: the leader switches it on, for the second language it is on already.
      const plan = await open('L001', '/self-checks', desk);
      await plan.waitForSelector('.check-policy');
      if ((await plan.getAttribute('.check-policy .ant-switch', 'aria-checked')) === 'false') {
        await plan.click('.check-policy .ant-switch');
        await plan.click('.check-policy .ant-btn-primary');
      }
      const policy = () => leader.get<CheckPolicy>('/api/v1/self-check-policy');
      await waitUntil('self-checks to be on', async () => (await policy()).isSelfCheckOn);

      // The technologist's phone: nothing scrolls sideways, the film is drawn, a doubt and its reason are two taps.
      const page = await open(TECHNOLOGIST, '/self-checks/now', phone);
      await page.waitForSelector('.check-picture canvas');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
      const heights = await page.locator('.check-word').evaluateAll((all) => all.map((one) => one.clientHeight));
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
      const saved = page.waitForResponse((answer) => answer.url().endsWith('/checks') && answer.status() === 201);
      const shown = performance.now();
      await page.click('.check-word-doubtful');
      await page.click('.check-reasons button >> nth=0');
      await saved;
      // Ten seconds are for the person to look: of them the page may take only what a busy machine takes for two taps.
      expect(performance.now() - shown).toBeLessThan(TEN_SECONDS_MS);
      const filmId = /films\/([^/]+)\/checks/.exec((await saved).url())?.[1] ?? '';

      // On the console's keyboard the next film is one key.
      await page.waitForSelector('.check-picture canvas');
      const next = page.waitForResponse((answer) => answer.url().endsWith('/checks') && answer.status() === 201);
      await page.keyboard.press('1');
      expect(/films\/([^/]+)\/checks/.exec((await next).url())?.[1]).not.toBe(filmId);

      // It is no grade; the leader sees it only after an own one.
      const { film } = await leader.get<FilmDetail>(`/api/v1/films/${filmId}`);
      expect(film).toMatchObject({ state: 'waiting', grade: null });
      expect(await checksOf(leader, filmId)).toEqual([]);
      await leader.post(`/api/v1/films/${filmId}/readings`, {
        ...{ grade: 'B', marks: [{ code: 'D03', step: 2 }], conditionsNotMet: [], places: [], note: '', reject: null },
        ...{ overrideReason: 'as seen', secondsSpent: 8, filmVersion: film.version },
        standardVersion: defaultStandard.version,
      });
      expect(await checksOf(leader, filmId)).toMatchObject([{ kind: 'self', verdict: 'doubtful' }]);
      await plan.goto(`${server.url}/review/${filmId}`);
      await plan.waitForSelector('.film-checks .film-check');
      expect(await plan.textContent('.film-checks')).toContain(locale === 'en' ? 'differs' : '不同');

      // The agreement is a training figure of the person, with too few films for a coefficient.
      await page.goto(`${server.url}/self-checks`);
      await page.waitForSelector('.check-figure');
      expect(await page.textContent('.check-figure')).toContain(locale === 'en' ? 'too few' : '张数不够');
      await Promise.all([plan, page].map((each) => each.context().close()));
    },
  );

  it('and a supervision is entered, counted and ended in the settings', { timeout: 120_000 }, async () => {
    const { items } = await leader.get<{ items: { name: string; staffNumber: string }[] }>('/api/v1/staff?limit=50');
    const nameOf = (number: string): string => items.find(({ staffNumber }) => staffNumber === number)?.name ?? '';
    const [trainee, supervisor] = locale === 'en' ? ['T003', 'T004'] : ['T001', 'T002'];
    const page = await open('L001', '/settings/supervisions', desk);
    await page.click('.panel > header .ant-btn-primary');
    for (const [place, number] of [trainee, supervisor].entries()) {
      await page.click(`.ant-drawer .ant-select >> nth=${place}`);
      await page.keyboard.type(number ?? '');
      await page.keyboard.press('Enter');
    }
    await page.click('.ant-drawer-footer .ant-btn-primary');
    const row = page.locator('tbody tr', { hasText: nameOf(trainee ?? '') });
    await row.waitFor();
    expect(await row.textContent()).toContain(nameOf(supervisor ?? ''));
    const ended = page.waitForResponse((answer) => answer.url().endsWith('/supervisions') && answer.status() === 204);
    await row.locator('.ant-btn-link').first().click();
    await ended;
    const { items: kept } = await leader.get<{
      items: { traineeName: string; fromDay: string; toDay: string | null }[];
    }>('/api/v1/supervisions');
    const own = kept.find(({ traineeName }) => traineeName === nameOf(trainee ?? ''));
    expect(own?.toDay).toBe(own?.fromDay);
    await page.context().close();
  });
});

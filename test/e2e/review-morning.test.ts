import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../testkit/src/browser.ts';
import { filmsOfThisMorning, sendOrders, startDemoServer } from '../testkit/src/demo-server.ts';
import { openSignedIn } from '../testkit/src/open-signed-in.ts';
import { signIn, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const MORNING_EXAMS = 44;
const GRADED_FILMS = 40;

interface Film {
  filmId: string;
  grade: string | null;
  state: string;
}
interface OwnFilm {
  film: Film;
  appeal: { state: string; gradeBefore: string; gradeAfter: string | null } | null;
}

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** The demo department reviews a morning, every film read twice by its policy; readers use no mouse. */
describe.each(['zh-CN', 'en'] as const)('a morning of review in %s', (locale) => {
  let server: Server;
  const api: Record<string, SignedIn> = {};
  const pages: Page[] = [];
  const words =
    locale === 'en' ? { masked: 'Masked', trend: 'My A+B rate' } : { masked: '隐名评片', trend: '我的优良率' };

  beforeAll(async () => {
    server = await startDemoServer();
    await sendOrders(server, filmsOfThisMorning('review', { exams: MORNING_EXAMS, defectRate: 0.3 }));
    for (const username of ['L001', 'R001', 'H001', 'T001']) {
      api[username] = await signIn({ ...server, username });
    }
    await waitUntil('forty films to wait', async () => (await counts()).waiting >= GRADED_FILMS, 120_000);
  }, 300_000);
  afterAll(async () => {
    for (const page of pages) await page.context().close();
    await server.stop();
  });

  const counts = async () =>
    (await api['L001']!.get<{ counts: { waiting: number; total: number } }>('/api/v1/films')).counts;
  const filmOf = async (username: string, filmId: string): Promise<Film> =>
    (await api[username]!.get<{ film: Film }>(`/api/v1/films/${filmId}`)).film;
  const ownFilms = async (): Promise<OwnFilm[]> =>
    (await api['T001']!.get<{ items: OwnFilm[] }>('/api/v1/own-films?fromDay=2000-01-01&toDay=2100-01-01')).items;

  const pageOf = async (username: string, path: string): Promise<Page> => {
    const page = await openSignedIn(browser, server, locale, { username, path });
    pages.push(page);
    return page;
  };
  const locked = (page: Page) =>
    page.waitForResponse(
      (answer) => answer.url().endsWith('/lock') && answer.request().method() === 'POST' && answer.ok(),
    );
  const saved = (page: Page) =>
    page.waitForResponse((answer) => /\/readings?(\?|$)/.test(answer.url()) && answer.request().method() === 'POST');

  /** Opens the first open reading of a kind for this film from the list, by keyboard. */
  const openTask = async (page: Page, username: string, filmId: string, kind: string): Promise<void> => {
    const { items } = await api[username]!.get<{ items: { taskId: string; filmId: string; kind: string }[] }>(
      '/api/v1/review-tasks',
    );
    const at = items.findIndex((task) => task.filmId === filmId && task.kind === kind);
    expect(at, `a ${kind} of the film for ${username}`).toBeGreaterThanOrEqual(0);
    await page.waitForSelector('tbody tr');
    for (let step = 0; step < at; step += 1) await page.keyboard.press('j');
    const lock = locked(page);
    await page.keyboard.press('Enter');
    await lock;
    await page.waitForURL((address) => address.pathname.endsWith(items[at]?.taskId ?? '?'));
  };

  it(
    'is read by keyboard only in masked mode, a disagreement arbitrated, an appeal changes a grade',
    { timeout: 600_000 },
    async () => {
      // The leader asks for every film to be read twice.
      const leader = await pageOf('L001', '/review-plan');
      const share = leader.locator('.plan-line input').first();
      await share.fill('100');
      await leader.locator('.plan-columns .ant-btn-primary').first().click();
      await waitUntil('the policy to be published', async () => {
        const policy = await api['L001']!.get<{ version: number }>('/api/v1/review-policy');
        return policy.version === 2;
      });

      // Forty films, keys only; one of the technologist T001 gets a deduction.
      const [own] = await ownFilms();
      const appealedId = own?.film.filmId ?? '';
      await leader.goto(`${server.url}/review/${appealedId}`);
      await locked(leader).catch(() => undefined);
      await leader.waitForSelector('.sheet');
      expect(await leader.textContent('.work-head')).toContain(words.masked);
      expect(await leader.textContent('body')).not.toContain('林示范');
      await leader.keyboard.press('w');
      await leader.keyboard.press('w');
      const first = saved(leader);
      await leader.keyboard.press('Enter');
      expect((await first).status()).toBe(201);
      await leader.goto(`${server.url}/review?list=waiting`);
      await leader.waitForSelector('tbody tr');
      let lock = locked(leader);
      await leader.keyboard.press('Enter');
      for (let film = 1; film < GRADED_FILMS; film += 1) {
        await lock;
        lock = locked(leader);
        if (film === GRADED_FILMS - 1) lock.catch(() => undefined);
        const answer = saved(leader);
        await leader.keyboard.press('1');
        await leader.keyboard.press('Enter');
        expect((await answer).status()).toBe(201);
      }
      const after = await counts();
      expect(after.total - after.waiting).toBe(GRADED_FILMS);

      // A second reader, fully blind, comes to another grade; the head of department settles it.
      const reader = await pageOf('R001', '/review-tasks');
      const { items } = await api['R001']!.get<{ items: { filmId: string }[] }>('/api/v1/review-tasks');
      const ofTechnologist = new Set((await ownFilms()).map(({ film }) => film.filmId));
      const disputedId = items.find(({ filmId }) => !ofTechnologist.has(filmId))?.filmId ?? '';
      expect(await filmOf('R001', disputedId)).toMatchObject({ state: 'graded', grade: null });
      await openTask(reader, 'R001', disputedId, 'second');
      await reader.waitForSelector('.viewport-corner-mask', { state: 'attached' });
      for (const key of ['w', 'w', 'a', 'a']) await reader.keyboard.press(key);
      const second = saved(reader);
      await reader.keyboard.press('Enter');
      expect(await (await second).json()).toMatchObject({ disagreements: ['grade', 'points'] });

      const arbiter = await pageOf('H001', '/review-tasks');
      await openTask(arbiter, 'H001', disputedId, 'arbitration');
      await arbiter.waitForSelector('.arbitration-items tbody tr:nth-child(2)');
      expect(await arbiter.textContent('body')).not.toContain('顾组长');
      for (const row of [0, 1]) {
        // Which of the two sheets stands first says nothing: the one that deducts is taken.
        const line = arbiter.locator('.arbitration-items tbody tr').nth(row);
        const isFirst = (await line.locator('td').nth(1).textContent())?.startsWith('−');
        const taken = line.locator('button').nth(isFirst ? 0 : 1);
        await taken.focus();
        await arbiter.keyboard.press('Space');
      }
      await arbiter.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await arbiter.keyboard.press('n');
      await arbiter.keyboard.type('rotated and under-exposed');
      await arbiter.keyboard.press('Escape');
      await arbiter.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const ruling = saved(arbiter);
      await arbiter.keyboard.press('Enter');
      expect((await ruling).status()).toBe(201);
      expect(await filmOf('L001', disputedId)).toMatchObject({ grade: 'C' });

      // The technologist sees grade, reason and place at sign-in, appeals; somebody else decides without seeing it.
      const technologist = await pageOf('T001', '/');
      await technologist.waitForSelector('.own-film-open .own-answers');
      expect(await technologist.textContent('body')).toContain(words.trend);
      await technologist.locator('.own-film-open .own-answers button').nth(1).click();
      await technologist.fill('.ant-modal textarea', 'the clavicles are level');
      await technologist.locator('.ant-modal .ant-btn-primary').click();
      await waitUntil('the appeal to be open', async () =>
        (await ownFilms()).some(({ appeal }) => appeal?.state === 'open'),
      );
      await reader.goto(`${server.url}/review-tasks`);
      await openTask(reader, 'R001', appealedId, 'appeal');
      const decision = saved(reader);
      await reader.keyboard.press('Enter');
      expect((await decision).status()).toBe(201);
      const decided = (await ownFilms()).find(({ film }) => film.filmId === appealedId);
      expect(decided).toMatchObject({
        film: { grade: 'A' },
        appeal: { state: 'changed', gradeBefore: 'B', gradeAfter: 'A' },
      });
      const { items: notices } = await api['T001']!.get<{ items: { kind: string }[] }>('/api/v1/notices');
      expect(notices.map(({ kind }) => kind)).toContain('appeal-decided');
    },
  );
});

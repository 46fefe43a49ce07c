import type { Meeting, Minutes } from '@jiapian/contract';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../testkit/src/browser.ts';
import { filmsOfThisMorning, sendOrders, startDemoServer } from '../testkit/src/demo-server.ts';
import { openSignedIn } from '../testkit/src/open-signed-in.ts';
import { signIn, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const EXAMS = 10;
/** Bytes over the line that the phone's page may take, all in all: what it asked while it waited among them. */
const PHONE_BYTES = 13_000;
/** A phone looks again after 5 s; the clock of this one is put forward. */
const SEVERAL_LOOKS_MS = 11_000;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe.each(['zh-CN', 'en'] as const)('a meeting with three phones in %s', (locale) => {
  const words =
    locale === 'en'
      ? {
          all: 'All',
          vote: 'Please vote',
          own: 'no vote',
          over: 'The meeting has ended',
          votes: 'The votes',
          revealed: 'revealed',
        }
      : { all: '全部', vote: '请投票', own: '不投这一票', over: '会议已结束', votes: '投票结果', revealed: '已揭示' };
  let server: Server;
  let leader: SignedIn;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    server = await startDemoServer();
    await sendOrders(server, filmsOfThisMorning('meeting', { exams: EXAMS, defectRate: 0.3 }));
    leader = await signIn({ ...server, username: 'L001' });
    await waitUntil('films to wait', async () => {
      const { counts } = await leader.get<{ counts: { waiting: number } }>('/api/v1/films');
      return counts.waiting >= 3;
    });
  }, 300_000);
  afterAll(async () => {
    for (const context of contexts) await context.close().catch(() => undefined);
    await server.stop();
  });

  const open = async (viewport: { width: number; height: number }): Promise<Page> => {
    const context = await browser.newContext({ viewport, locale });
    contexts.push(context);
    const page = await context.newPage();
    await page.addInitScript((chosen) => localStorage.setItem('jiapian.locale', chosen), locale);
    return page;
  };
  const bigScreen = async (path: string): Promise<Page> => {
    const viewport = { width: 1920, height: 1080 };
    const page = await openSignedIn(browser, server, locale, { username: 'L001', viewport, path });
    contexts.push(page.context());
    return page;
  };
  const says = (page: Page, text: string) =>
    page.waitForFunction((wanted) => document.body.innerText.includes(wanted), text);
  const wordsOfPlace = (number: number): string => (locale === 'en' ? `Film ${number} of` : `第 ${number} /`);
  const press = (phone: Page, grade: string) => phone.click(`.grades .ink-${grade}`);

  it('is voted on, revealed, decided and written down, whatever drops out', { timeout: 300_000 }, async () => {
    // The leader puts every film of the day on the list.
    let screen = await bigScreen('/meetings');
    await screen.click('.page-head .ant-btn-primary, .ant-btn-primary');
    await screen.waitForSelector('.ant-modal .meeting-form');
    await screen.click('.meeting-form .ant-select >> nth=0');
    await screen.keyboard.type('');
    await screen.click(`.ant-select-dropdown .ant-select-item-option >> text="${words.all}"`);
    await screen.waitForSelector('.ant-modal-footer .ant-btn-primary:not([disabled])');
    await screen.click('.ant-modal-footer .ant-btn-primary');
    await screen.waitForSelector('.meeting-tally');
    const path = new URL(screen.url()).pathname;
    const state = () => leader.get<Meeting>(`/api/v1${path}`);
    const address = (await screen.getAttribute('.meeting-address', 'href')) ?? '';

    // Three phones join by the address of the QR code; one belongs to a technologist of the films.
    const { attendees } = await state();
    const names: string[] = [];
    const { items } = await leader.get<{ items: { name: string; staffNumber: string }[] }>('/api/v1/staff?limit=50');
    names.push(items.find(({ staffNumber }) => staffNumber === 'T001')?.name ?? '');
    names.push(
      ...attendees
        .map(({ name }) => name)
        .filter((name) => name !== names[0])
        .slice(0, 2),
    );
    const phones: Page[] = [];
    for (const name of names) {
      const phone = await open({ width: 390, height: 844 });
      // One has no camera: the six signs on the wall are typed instead.
      if (phones.length === 2) {
        await phone.goto(`${server.url}/meet`);
        await phone.fill('.names input', (await state()).typedCode?.toLowerCase() ?? '');
        await phone.press('.names input', 'Enter');
      } else await phone.goto(address);
      await phone.click(`.names button >> text="${name}"`);
      await phone.waitForSelector('.grades');
      phones.push(phone);
    }
    const [technologist, second, third] = phones as [Page, Page, Page];
    const bytes = await second.evaluate(() =>
      ['navigation', 'resource']
        .flatMap((kind) => performance.getEntriesByType(kind) as PerformanceResourceTiming[])
        .reduce((sum, { transferSize }) => sum + transferSize, 0),
    );
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(PHONE_BYTES);

    // To the first film that is the technologist's own: that phone may not vote.
    while (!(await state()).attendees.some(({ name, isOwnFilm }) => name === names[0] && isOwnFilm)) {
      const { number } = await state();
      await screen.waitForFunction((shown) => document.body.innerText.includes(shown), wordsOfPlace(number));
      await screen.waitForSelector('.meeting-foot');
      await screen.keyboard.press('ArrowRight');
      await waitUntil('the next film', async () => (await state()).number === number + 1);
    }
    await screen.waitForFunction(
      (shown) => document.body.innerText.includes(shown),
      wordsOfPlace((await state()).number),
    );
    await screen.waitForSelector('.meeting-foot');
    await screen.keyboard.press('v');
    await says(technologist, words.own);
    expect(await technologist.isDisabled('.grades .ink-A')).toBe(true);
    await says(second, words.vote);
    await press(second, 'B');
    await second.waitForSelector('.grades .ink-B[aria-pressed="true"]');

    // One phone loses the network, comes back, and votes; the other is started anew and still has its vote.
    await third.context().setOffline(true);
    await press(third, 'B');
    await third.waitForSelector('.problem');
    await third.context().setOffline(false);
    await third.reload();
    await press(third, 'B');
    await third.waitForSelector('.grades .ink-B[aria-pressed="true"]');
    await second.clock.install();
    await second.reload();
    await second.waitForSelector('.grades .ink-B[aria-pressed="true"]');
    expect(await screen.textContent('.meeting-votes')).not.toContain('2B');

    // The leader's browser dies before the reveal; another one goes on from there.
    await screen.context().close();
    screen = await bigScreen(path);
    await screen.waitForSelector('.meeting-tally');
    expect((await state()).phase).toBe('voting');
    await screen.keyboard.press('v');
    await says(screen, words.revealed);
    for (const phone of phones) await says(phone, words.votes);
    expect(await technologist.textContent('.grades .ink-B b')).toBe('2');

    // The pointer of one screen is seen on another.
    const other = await bigScreen(path);
    await other.waitForSelector('.meeting-picture canvas');
    await screen.waitForSelector('.meeting-picture canvas');
    await screen.keyboard.press('p');
    await waitUntil('the pointer on the other screen', async () => {
      await screen.mouse.move(600 + Math.round(performance.now() % 40), 500);
      return (await other.locator('.meeting-pointer').count()) === 1;
    });

    // The reference film and what the position asks for come beside it by a key; the film is kept for teaching by another.
    await screen.keyboard.press('g');
    await screen.waitForSelector('.meeting-reference dd, .meeting-reference p');
    await screen.keyboard.press('g');
    await screen.waitForSelector('.meeting-reference', { state: 'detached' });
    await screen.keyboard.press('t');
    await screen.waitForSelector('.meeting-decision .ant-checkbox-checked');

    // The majority is 乙: with a defect named it is decided, and the next film comes.
    const before = await state();
    await screen.click('.meeting-decision .ant-select');
    await screen.click(
      '.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option >> text=/−(2|3|5|8|10|15)$/ >> nth=0',
    );
    await screen.keyboard.press('Escape');
    await screen.click('.meeting-foot .ant-btn-primary');
    await waitUntil('the decision', async () => (await state()).list.some(({ decidedGrade }) => decidedGrade === 'B'));
    await waitUntil('the next film', async () => (await state()).number === Math.min(before.number + 1, before.films));
    const next = await state();
    await says(screen, wordsOfPlace(next.number));
    await screen.waitForSelector('.meeting-foot');
    await screen.fill('.meeting-record input', 'one line for all');
    await screen.press('.meeting-record input', 'Enter');
    await waitUntil('the note', async () => (await state()).notes.length === 1);

    // The end: minutes with those who came, and the phones are out, one of them while it looks again by its clock.
    await second.route(`**/api/v1/join/${address.split('/').at(-1)}`, async (route) => {
      await second.clock.runFor(SEVERAL_LOOKS_MS);
      await route.continue();
    });
    await screen.click('.meeting-head .ant-btn');
    await screen.click('.ant-popconfirm .ant-btn-primary');
    await screen.waitForSelector('.minutes table');
    const minutes = await leader.get<Minutes>(`/api/v1${path}/minutes`);
    expect(
      minutes.attendance
        .filter(({ joinedAt }) => joinedAt !== null)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(names.toSorted());
    const film = minutes.films.find(({ decidedGrade }) => decidedGrade === 'B');
    expect(film?.tally).toContainEqual({ grade: 'B', votes: 2 });
    expect(film?.isKeptForTeaching).toBe(true);
    expect(minutes.films).toHaveLength(before.films);
    expect(await screen.textContent('.minutes')).toContain('one line for all');
    for (const phone of phones) await says(phone, words.over);
    const late = await open({ width: 390, height: 844 });
    await late.goto(address);
    await late.waitForSelector('h1');
    expect(await late.locator('.names').count()).toBe(0);
  });
});

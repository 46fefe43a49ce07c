import type { Consultation, CurrentPolicy, FilmDetail, FilmRow, Notice, TaskRow } from '@jiapian/contract';
import { defaultStandard } from '@jiapian/rules';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../testkit/src/browser.ts';
import { filmsOfThisMorning, sendOrders, startDemoServer } from '../testkit/src/demo-server.ts';
import { openSignedIn } from '../testkit/src/open-signed-in.ts';
import { signIn, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const QUESTION = 'Motion in the left base?';
const CONCLUSION = 'Slight rotation, diagnostic all the same';

const TECHNOLOGIST = 'T001';

let browser: Browser;
let server: Server;
let leader: SignedIn;
let head: SignedIn;
let doctor: SignedIn;
let technologist: SignedIn;
let own: FilmRow[] = [];
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemoServer()]);
  const orders = filmsOfThisMorning('consultations', { exams: 14, defectRate: 0 });
  await sendOrders(
    server,
    orders.filter(({ operator }) => operator.staffNumber === TECHNOLOGIST),
  );
  const as = (username: string) => signIn({ ...server, username });
  [leader, head, doctor, technologist] = await Promise.all([as('L001'), as('H001'), as('R001'), as(TECHNOLOGIST)]);
  const policy = await leader.get<CurrentPolicy>('/api/v1/review-policy');
  const content = { ...policy.content, doubleReading: { secondShare: 1, repeatShare: 0 } };
  await leader.put('/api/v1/review-policy', { content, basedOn: policy.version });
  await waitUntil('four exams of the technologist', async () => {
    const { items } = await technologist.get<{ items: FilmRow[] }>('/api/v1/films?limit=100');
    const mine = items.filter((film) => film.isOwn);
    own = mine.filter((film, index) => mine.findIndex(({ examId }) => examId === film.examId) === index);
    return own.length >= 4;
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe.each([
  ['zh-CN', 0],
  ['en', 1],
] as const)('a consultation in %s', (locale, which) => {
  const open = (username: string, path: string): Promise<Page> =>
    openSignedIn(browser, server, locale, { username, path });

  it('is asked for, convened, judged apart, signed and printed', { timeout: 120_000 }, async () => {
    const film = own[which]!;
    const all = (await technologist.get<{ items: FilmRow[] }>(`/api/v1/films?examId=${film.examId}`)).items;

    // The technologist of the exam asks.
    const asker = await open(TECHNOLOGIST, `/exams/${film.examId}`);
    await asker.click('.ask-consultation');
    await asker.fill('.ant-modal textarea', QUESTION);
    await asker.click('.ant-modal-footer .ant-btn-primary');
    await asker.waitForSelector('.consultation-columns');
    const path = new URL(asker.url()).pathname;
    const state = () => leader.get<Consultation>(`/api/v1${path}`);

    // The leader finds it, names the department head beside themselves, and judges first, by keyboard only.
    const chair = await open('L001', '/consultations');
    await chair.click(`.data-table tbody tr:has-text("${QUESTION}"), table tbody tr:has-text("${QUESTION}")`);
    await chair.waitForSelector('.consultation-columns');
    expect(await chair.textContent('.consultation-columns')).not.toContain(TECHNOLOGIST);
    await chair.click('.page-head .ant-btn-primary, .shell-content .ant-btn-primary >> nth=0');
    await chair.click('.ant-modal .ant-select-multiple');
    const { items } = await leader.get<{ items: { staffNumber: string; name: string }[] }>('/api/v1/staff?limit=50');
    const headName = items.find(({ staffNumber }) => staffNumber === 'H001')?.name ?? '';
    await chair.click(`.ant-select-dropdown:not(.ant-select-dropdown-hidden) >> text=${headName}`);
    // Escape would close the dialog when the list has closed by itself.
    await chair.click('.ant-modal-title');
    await chair.click('.ant-modal-footer .ant-btn-primary');
    await chair.click('.consultation-judge');
    for (const { filmId } of all) {
      await chair.waitForSelector('.task-work .grade-bar');
      expect(await chair.textContent('.work-head')).not.toContain(film.accessionNumber);
      const before = chair.url();
      await chair.keyboard.press('Enter');
      await chair.waitForURL((address) => address.href !== before);
      expect(filmId).not.toBe('');
    }
    await chair.waitForSelector('.consultation-opinions');
    expect(await chair.locator('.consultation-opinions tbody tr').count()).toBe(all.length);
    expect((await state()).state).toBe('judging');
    expect((await head.get<Consultation>(`/api/v1${path}`)).opinions).toEqual([]);

    // The other judge sees none of it, and differs; the last opinion opens them all on the chair's screen.
    for (const [index] of all.entries()) {
      await head.post(`/api/v1${path}/films/${index + 1}/opinion`, {
        ...{ grade: 'B', marks: [{ code: 'D03', step: 2 }], conditionsNotMet: [], places: [], note: '' },
        ...{ overrideReason: 'as seen', secondsSpent: 8, standardVersion: defaultStandard.version },
      });
    }
    await chair.waitForSelector('.consultation-sign');
    await chair.fill('.consultation-add input', 'clavicles not symmetric');
    await chair.press('.consultation-add input', 'Enter');
    await chair.waitForSelector('.consultation-notes li');
    for (const fields of await chair.locator('.consultation-decision').all()) {
      await fields.locator('.ant-radio-button-wrapper').nth(1).click();
    }
    await chair.fill('.consultation-conclusion textarea', CONCLUSION);
    await chair.click('.consultation-sign .ant-btn-primary');
    await chair.waitForSelector('.consultation-print');

    // The grade follows, everybody is told, and the minutes can be printed by who asked.
    const after = await technologist.get<FilmDetail>(`/api/v1/films/${film.filmId}`);
    expect(after.film.grade).toBe('B');
    expect(after.readings[0]).toMatchObject({ kind: 'consultation', grade: 'B' });
    const { items: notices } = await technologist.get<{ items: Notice[] }>('/api/v1/notices');
    expect(notices.filter(({ kind }) => kind === 'consultation-signed').length).toBeGreaterThan(which);
    await asker.waitForSelector('.consultation-print');
    expect(await asker.textContent('.consultation-columns')).toContain(CONCLUSION);
    const href = (await asker.getAttribute('.consultation-print', 'href')) ?? '';
    const printed = await technologist.fetch(href);
    expect(
      Buffer.from(await printed.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(href).toContain(`locale=${locale}`);
    await Promise.all([asker, chair].map((page) => page.context().close()));
  });

  it('takes the place of a third reader for an arbitration', { timeout: 120_000 }, async () => {
    const film = own[2 + which]!;
    const sheet = { conditionsNotMet: [], places: [], note: '', overrideReason: 'as seen', secondsSpent: 8 };
    const { film: fresh } = await doctor.get<FilmDetail>(`/api/v1/films/${film.filmId}`);
    await doctor.post(`/api/v1/films/${film.filmId}/readings`, {
      ...{ ...sheet, grade: 'A', marks: [], reject: null, filmVersion: fresh.version },
      standardVersion: defaultStandard.version,
    });
    const taskOf = async (who: SignedIn, kind: string): Promise<string> => {
      const { items } = await who.get<{ items: TaskRow[] }>('/api/v1/review-tasks');
      return items.find((task) => task.filmId === film.filmId && task.kind === kind)?.taskId ?? '';
    };
    await head.post(`/api/v1/review-tasks/${await taskOf(head, 'second')}/reading`, {
      ...{ ...sheet, grade: 'C', marks: [{ code: 'D03', step: 2 }] },
      standardVersion: defaultStandard.version,
    });
    const taskId = await taskOf(leader, 'arbitration');
    const chair = await open('L001', `/review-tasks/${taskId}`);
    await chair.click('.send-arbitration');
    await chair.click('.ant-modal .ant-select-multiple');
    // Neither reader is offered: who is left beside the leader is the administrator.
    const offered = chair.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option');
    await offered.first().waitFor();
    expect(await offered.count()).toBe(2);
    await offered.first().click();
    await offered.nth(1).click();
    await chair.keyboard.press('Escape');
    await chair.click('.ant-modal-footer .ant-btn-primary');
    await chair.waitForSelector('.consultation-judge');
    expect(await taskOf(leader, 'arbitration')).toBe('');
    await chair.context().close();
  });
});

import type { FilmAnalysis } from '@jiapian/contract';
import { simulateExam, smallSize, type SimulatedExam, type DefectKind } from '@jiapian/simulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInTo } from '../../apps/server/src/cli/demo-client.ts';
import { makeDemoDepartment } from '../../apps/server/src/cli/demo-department.ts';
import { sendExam } from '../../apps/server/src/cli/send-exam.ts';
import { startBrowser } from '../testkit/src/browser.ts';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const PASSWORD = 'films before lunch';
/** As many as a rule must be answered before it can silence itself. */
const OVER_EXPOSED = 20;

let browser: Browser;
let server: Server;
let leader: SignedIn;
let films: { filmId: string; accessionNumber: string }[] = [];

const exams = (defect: DefectKind, count: number): SimulatedExam[] =>
  Array.from({ length: count }, (_, at) =>
    simulateExam(`hints ${defect} ${at}`, {
      procedure: 'chest-pa',
      forcedDefects: [defect],
      defectRate: 0,
      size: smallSize,
    }),
  );
const withDeadLines = exams('dead-lines', 1);
const overExposed = exams('over-exposure', OVER_EXPOSED);

beforeAll(async () => {
  browser = await startBrowser();
  server = await startServer({ adminPassword: PASSWORD });
  const admin = await signInTo(server.url, 'admin', PASSWORD);
  await makeDemoDepartment(admin, PASSWORD, { aeTitle: 'NOBODY', host: '127.0.0.1', port: server.dicomPort });
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle };
  for (const exam of [...withDeadLines, ...overExposed])
    await sendExam(exam, { ...peer, callingAeTitle: exam.order.device.aeTitle });
  leader = await signIn({ ...server, username: 'L001', password: PASSWORD });
  await waitUntil(
    'every film to be made',
    async () => {
      const page = await leader.get<{ items: typeof films }>('/api/v1/films?limit=200&list=all');
      films = page.items;
      return films.length >= withDeadLines.length + overExposed.length;
    },
    120_000,
  );
  await waitUntil(
    'every film to be measured',
    async () => {
      const backlog = await leader.get<{ waiting: number; measuredLastHour: number }>('/api/v1/analysis/backlog');
      return backlog.waiting === 0 && backlog.measuredLastHour >= films.length;
    },
    120_000,
  );
}, 400_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const filmOf = (exam: SimulatedExam): string =>
  films.find(({ accessionNumber }) => accessionNumber === exam.accessionNumber)?.filmId ?? '';
const analysisOf = (filmId: string): Promise<FilmAnalysis> =>
  leader.get<FilmAnalysis>(`/api/v1/films/${filmId}/analysis`);
const findingsOf = async (filmId: string) => (await analysisOf(filmId)).subjects.flatMap(({ findings }) => findings);

const pageOf = async (locale: string, path: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.addInitScript((chosen) => localStorage.setItem('jiapian.locale', chosen), locale);
  await page.goto(`${server.url}/sign-in`);
  await page.fill('#username', 'L001');
  await page.fill('#password', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => !address.pathname.includes('sign-in'));
  await page.goto(`${server.url}${path}`);
  return page;
};

describe('a film with a made defect', () => {
  it.each(['zh-CN', 'en'])('carries its hint at the place of the defect on the screen, in %s', async (locale) => {
    const [exam] = withDeadLines;
    const filmId = filmOf(exam!);
    const { x, y, width, height } = exam!.truth[0]!.defects.find(({ kind }) => kind === 'dead-lines')!.where!;
    const hint = (await findingsOf(filmId)).find(({ rule }) => rule === 'dead-columns');
    // The simulator knows where it drew them.
    expect(hint?.evidence.place).toEqual({ column: x, row: y, width, height });

    const page = await pageOf(locale, `/review/${filmId}`);
    const row = page.locator(`[data-rule="${hint!.rule}"]`);
    await row.waitFor();
    expect(await row.textContent()).toContain(locale === 'en' ? hint!.message.en : hint!.message.zh);
    expect(await page.locator('.viewport-place-second').count()).toBe(0);
    await row.locator('.hint-place').click();
    await page.locator('.viewport-place-second').waitFor();
    await row.locator('.hint-place').click();
    expect(await page.locator('.viewport-place-second').count()).toBe(0);
    await page.context().close();
  });
});

describe('a rule that readers keep rejecting', () => {
  it('is seen to silence itself, and speaks again when a person says so', async () => {
    const ids = overExposed.map(filmOf);
    const spoken = (await Promise.all(ids.map(findingsOf))).map((findings) =>
      findings.find(({ rule }) => rule.startsWith('exposure-')),
    );
    const rule = spoken[0]!.rule;
    const same = spoken.filter((finding) => finding?.rule === rule);
    expect(same).toHaveLength(OVER_EXPOSED);
    const page = await pageOf('en', `/review/${ids[0]}`);
    const row = page.locator(`[data-rule="${rule}"]`);
    for (const finding of same.slice(1))
      await leader.post(`/api/v1/findings/${finding!.findingId}/answer`, { answer: 'disagree' });
    await row.waitFor();
    // The last no is said on the screen.
    await row.locator('.hint-answers button').last().click();
    await row.waitFor({ state: 'detached' });
    await page.goto(`${server.url}/measurements`);
    const state = page.locator('tr', { hasText: 'Silenced itself' });
    await state.waitFor();
    await state.locator('button').click();
    await state.waitFor({ state: 'detached' });
    await page.goto(`${server.url}/review/${ids[0]}`);
    await row.waitFor();
    await page.context().close();
  });
});

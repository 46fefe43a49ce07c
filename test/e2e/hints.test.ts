import type { FilmAnalysis } from '@jiapian/contract';
import { simulateExam, smallSize, type SimulatedExam, type DefectKind } from '@jiapian/simulator';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendExam } from '../../apps/server/src/cli/send-exam.ts';
import { startBrowser } from '../testkit/src/browser.ts';
import { startDemoServer } from '../testkit/src/demo-server.ts';
import { openSignedIn } from '../testkit/src/open-signed-in.ts';
import { signIn, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

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
/** Defects that one film shows, on a position where they show well, and the rules that speak of them. */
const shown: readonly { defect: DefectKind; procedure: string; rules: readonly string[] }[] = [
  { defect: 'marker-missing', procedure: 'hand', rules: ['no-side-marker'] },
  { defect: 'marker-wrong-side', procedure: 'hand', rules: ['marker-contradicts-side'] },
  { defect: 'foreign-object', procedure: 'chest-pa', rules: ['foreign-object'] },
  { defect: 'grid-lines', procedure: 'pelvis', rules: ['grid-lines-across'] },
  { defect: 'stitching', procedure: 'chest-pa', rules: ['stitch-between-rows'] },
  { defect: 'double-exposure', procedure: 'chest-pa', rules: ['exposed-twice'] },
  { defect: 'motion', procedure: 'knee', rules: ['film-smeared-down'] },
  { defect: 'field-too-wide', procedure: 'lumbar', rules: ['field-too-wide'] },
  { defect: 'anatomy-cut-off', procedure: 'knee', rules: ['limb-cut'] },
  { defect: 'under-exposure', procedure: 'pelvis', rules: ['exposure-far-under'] },
];
/** Header only: the whole film is concerned, and no place. */
const withoutPlace: readonly DefectKind[] = ['marker-missing', 'under-exposure'];
/** Half of the detectors' resolution: movement and thin lines are still to be seen. */
const halfSize = { ...smallSize, filmPixelMm: 0.28 };
const withDefects = shown.map((made) => ({
  ...made,
  exam: simulateExam(`shown ${made.defect}`, {
    procedure: made.procedure,
    forcedDefects: [made.defect],
    defectRate: 0,
    size: halfSize,
  }),
}));
const overExposed = exams('over-exposure', OVER_EXPOSED);

beforeAll(async () => {
  browser = await startBrowser();
  server = await startDemoServer();
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle };
  const all = [...withDeadLines, ...withDefects.map(({ exam }) => exam), ...overExposed];
  const expected = all.reduce((sum, { truth }) => sum + truth.length, 0);
  for (const exam of all) await sendExam(exam, { ...peer, callingAeTitle: exam.order.device.aeTitle });
  leader = await signIn({ ...server, username: 'L001' });
  await waitUntil(
    'every film to be made',
    async () => {
      const page = await leader.get<{ items: typeof films }>('/api/v1/films?limit=200&list=all');
      films = page.items;
      return films.length >= expected;
    },
    120_000,
  );
  await waitUntil(
    'every film to be measured',
    async () => {
      const backlog = await leader.get<{ waiting: number; measuredLastHour: number }>('/api/v1/analysis/backlog');
      return backlog.waiting === 0 && backlog.measuredLastHour >= films.length;
    },
    400_000,
  );
}, 700_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const filmOf = (exam: SimulatedExam): string =>
  films.find(({ accessionNumber }) => accessionNumber === exam.accessionNumber)?.filmId ?? '';
const analysisOf = (filmId: string): Promise<FilmAnalysis> =>
  leader.get<FilmAnalysis>(`/api/v1/films/${filmId}/analysis`);
const findingsOf = async (filmId: string) => (await analysisOf(filmId)).subjects.flatMap(({ findings }) => findings);

const pageOf = (locale: 'zh-CN' | 'en', path: string): Promise<Page> =>
  openSignedIn(browser, server, locale, { username: 'L001', path });

describe('a film with a made defect', () => {
  it.each(['zh-CN', 'en'] as const)(
    'carries its hint at the place of the defect on the screen, in %s',
    async (locale) => {
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
    },
  );
});

describe('films with every made defect that a film shows', () => {
  const filmsOf = (exam: SimulatedExam) =>
    films.filter(({ accessionNumber }) => accessionNumber === exam.accessionNumber).map(({ filmId }) => filmId);

  it.each(['zh-CN', 'en'] as const)(
    'carry the right hint at the right place, with figure and limit, in %s',
    async (locale) => {
      const page = await pageOf(locale, '/');
      for (const { defect, exam, rules } of withDefects) {
        const hinted = await Promise.all(
          filmsOf(exam).map(async (filmId) => ({
            filmId,
            finding: (await findingsOf(filmId)).find(({ rule }) => rules.includes(rule)),
          })),
        );
        const one = hinted.find(({ finding }) => finding !== undefined);
        expect(one, defect).toBeDefined();
        const { place, value } = one!.finding!.evidence;
        expect(value, defect).toBeDefined();
        if (!withoutPlace.includes(defect)) expect(isAtDefect(place, exam, defect), defect).toBe(true);
        await page.goto(`${server.url}/review/${one!.filmId}`);
        const row = page.locator(`[data-rule="${one!.finding!.rule}"]`);
        await row.waitFor({ state: 'attached' });
        // Hints that only inform are folded away.
        if (!(await row.isVisible())) await page.locator('details', { has: row }).locator('summary').first().click();
        await row.waitFor();
        expect(await row.textContent()).toContain(one!.finding!.message[locale === 'en' ? 'en' : 'zh']);
        if (place === undefined) continue;
        await row.locator('.hint-place').click();
        await page.locator('.viewport-place-second').waitFor();
      }
      await page.context().close();
    },
    300_000,
  );

  /** Whether a place and that of the made defect on one of the exam's films have a pixel in common. */
  const isAtDefect = (
    place: { column: number; row: number; width: number; height: number } | undefined,
    exam: SimulatedExam,
    defect: DefectKind,
  ): boolean =>
    exam.truth.some(({ defects }) => {
      const where = defects.find(({ kind }) => kind === defect)?.where;
      if (place === undefined || where === null || where === undefined) return false;
      return (
        place.column <= where.x + where.width &&
        place.column + place.width >= where.x &&
        place.row <= where.y + where.height &&
        place.row + place.height >= where.y
      );
    });
});

describe('a rule that readers keep rejecting', () => {
  it('is seen to silence itself in both languages, and speaks again when a person says so', async () => {
    const ids = overExposed.map(filmOf);
    const spoken = (await Promise.all(ids.map(findingsOf))).map((findings) =>
      findings.find(({ rule }) => rule.startsWith('exposure-')),
    );
    const rule = spoken[0]!.rule;
    const same = spoken.filter((finding) => finding?.rule === rule);
    expect(same).toHaveLength(OVER_EXPOSED);
    const pages = [await pageOf('zh-CN', `/review/${ids[0]}`), await pageOf('en', `/review/${ids[0]}`)] as const;
    const row = (page: Page) => page.locator(`[data-rule="${rule}"]`);
    for (const finding of same.slice(1))
      await leader.post(`/api/v1/findings/${finding!.findingId}/answer`, { answer: 'disagree' });
    for (const page of pages) await row(page).waitFor();
    // The last no is said on the screen.
    await row(pages[1]).locator('.hint-answers button').last().click();
    await row(pages[1]).waitFor({ state: 'detached' });
    await pages[0].reload();
    await pages[0].locator('.hints h2').waitFor();
    await row(pages[0]).waitFor({ state: 'detached' });
    const words = ['已静默', 'Silenced itself'] as const;
    const silenced = (at: 0 | 1) => pages[at].locator('tr', { hasText: words[at] });
    for (const page of pages) await page.goto(`${server.url}/measurements`);
    for (const at of [0, 1] as const) expect(await rowText(silenced(at))).toContain(String(OVER_EXPOSED));
    const thisWeek = ['本周静默', 'Silenced this week'] as const;
    for (const at of [0, 1] as const) {
      await pages[at].goto(`${server.url}/hint-week`);
      const week = pages[at].locator(`tr[data-rule="${rule}"]`);
      expect(await rowText(week)).toContain(thisWeek[at]);
      await pages[at].goto(`${server.url}/measurements`);
    }
    await silenced(0).locator('button').click();
    await silenced(0).waitFor({ state: 'detached' });
    for (const page of pages) {
      await page.goto(`${server.url}/review/${ids[0]}`);
      await row(page).waitFor();
      await page.context().close();
    }
  }, 120_000);
});

const rowText = async (row: Locator): Promise<string> => {
  await row.waitFor();
  return (await row.textContent()) ?? '';
};

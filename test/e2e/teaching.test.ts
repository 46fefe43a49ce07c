import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FilmDetail, FilmRow, TeachingAttempt, TeachingAttemptRow, TeachingCase } from '@jiapian/contract';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../testkit/src/browser.ts';
import { filmsOfThisMorning, sendOrders, startDemoServer } from '../testkit/src/demo-server.ts';
import { openSignedIn } from '../testkit/src/open-signed-in.ts';
import { repositoryRoot } from '../testkit/src/repository.ts';
import { signIn, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

let browser: Browser;
let server: Server;
let leader: SignedIn;
let learner: SignedIn;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  server = await startDemoServer();
  await sendOrders(server, filmsOfThisMorning('teaching', { exams: 6, defectRate: 0.3 }).slice(0, 3));
  leader = await signIn({ ...server, username: 'L001' });
  learner = await signIn({ ...server, username: 'T001' });
  await waitUntil('films to wait', async () => {
    const { counts } = await leader.get<{ counts: { waiting: number } }>('/api/v1/films');
    return counts.waiting >= 2;
  });
}, 300_000);
afterAll(async () => {
  for (const context of contexts) await context.close().catch(() => undefined);
  await server.stop();
  await browser.close();
});

const graded = async (): Promise<FilmRow> => {
  const { items } = await leader.get<{ items: FilmRow[] }>('/api/v1/films?list=waiting&limit=10');
  const film = items.find(({ isOwn, lock }) => !isOwn && lock === null)!;
  const detail = await leader.get<FilmDetail & { standard: { version: number } }>(`/api/v1/films/${film.filmId}`);
  await leader.post(`/api/v1/films/${film.filmId}/readings`, {
    ...{ marks: [{ code: 'D03', step: 2 }], conditionsNotMet: [], places: [], note: '', grade: 'C' },
    ...{ overrideReason: 'as seen', secondsSpent: 5 },
    ...{ standardVersion: detail.standard.version, filmVersion: film.version },
  });
  return film;
};

describe.each(['zh-CN', 'en'] as const)('the teaching file in %s', (locale) => {
  const words =
    locale === 'en'
      ? { keep: 'Keep for teaching', confirm: 'Take into the teaching file', start: 'Start quiz' }
      : { keep: '收入教学片库', confirm: '收入教学片库', start: '开始测验' };
  const collection = `Chest ${locale}`;

  const open = async (username: string, path: string): Promise<Page> => {
    const page = await openSignedIn(browser, server, locale, { username, path });
    contexts.push(page.context());
    return page;
  };

  it('takes a film in without its patient, and asks for it in a quiz', { timeout: 120_000 }, async () => {
    const film = await graded();
    const page = await open('L001', `/exams/${film.examId}`);
    await page.click(`button:has-text("${words.keep}")`);
    await page.click('.ant-modal .badge.grade-C');
    await page.waitForURL(/teaching\/cases/);
    const caseId = page.url().split('/').at(-1)!;

    // The check of the program, then a person's word after looking.
    await page.waitForSelector('.ant-alert-success');
    expect(await page.textContent('.shell-content, main')).not.toContain(film.accessionNumber);
    await page.waitForSelector('.teaching-picture canvas');
    expect(await page.isDisabled(`.teaching-case-side .ant-btn-primary`)).toBe(true);
    await page.check('.teaching-case-side .ant-checkbox-input >> nth=0');
    await page.click(`.teaching-case-side .ant-btn-primary:has-text("${words.confirm}")`);
    await page.waitForSelector('.badge.tone-good');

    const made = await leader.get<TeachingCase>(`/api/v1/teaching/cases/${caseId}`);
    expect(made).toMatchObject({ state: 'confirmed', report: { found: [], failure: null }, grade: 'C' });
    const { collectionId } = await leader.post<{ collectionId: string }>('/api/v1/teaching/collections', {
      name: collection,
    });
    expect(collectionId).not.toBe('');
    await page.click(`label:has-text("${collection}")`);
    await waitUntil('the case to be in the collection', async () => {
      const { collections } = await leader.get<TeachingCase>(`/api/v1/teaching/cases/${caseId}`);
      return collections.length === 1;
    });

    // The technologist judges blind by keyboard, and sees what it came to.
    const quiz = await open('T001', '/teaching');
    await quiz.click(`li:has-text("${collection}") button:has-text("${words.start}")`);
    await quiz.waitForSelector('.teaching-answer-grades');
    expect(await quiz.locator('.teaching-case-side .badge').count()).toBe(0);
    await quiz.keyboard.press('2');
    await quiz.check('.teaching-answer-list .ant-checkbox-input >> nth=4');
    const chosen = await quiz.textContent('.teaching-answer-list .ant-checkbox-wrapper >> nth=4');
    expect(chosen).not.toBe('');
    await quiz.keyboard.press('Enter');
    await quiz.waitForSelector('.teaching-points');
    const attemptId = quiz.url().split('/').at(-1)!;
    const run = await learner.get<TeachingAttempt>(`/api/v1/teaching/attempts/${attemptId}`);
    expect(await quiz.textContent('.teaching-points')).toContain(String(run.points));
    expect(run).toMatchObject({ answered: 1, cases: 1, answers: [{ grade: 'B', reference: { grade: 'C' } }] });
    const { items } = await learner.get<{ items: TeachingAttemptRow[] }>('/api/v1/teaching/attempts');
    expect(items.every(({ isOwn }) => isOwn)).toBe(true);

    // Everybody finds where their notices go by mail.
    await quiz.goto(`${server.url}/settings/mail`);
    await quiz.waitForSelector('input[autocomplete="email"]');
    expect(await quiz.locator('.mail-queue').count()).toBe(0);
  });
});

describe('the files of the teaching file', () => {
  const cli = (...args: string[]): { isClean?: boolean; objects: number; findings?: unknown[] } =>
    JSON.parse(
      execFileSync(process.execPath, [path.join(repositoryRoot, 'apps/server/src/cli/cli.ts'), ...args, '--json'], {
        env: { PATH: process.env['PATH'], JIAPIAN_DATA: server.dataFolder },
        encoding: 'utf8',
      }),
    );

  it('are verified and backed up with the rest', { timeout: 60_000 }, async () => {
    expect(cli('verify')).toMatchObject({ isClean: true, findings: [] });
    const archive = path.join(tmpdir(), `teaching-${process.pid}.tar`);
    cli('backup', archive);
    const names = execFileSync('tar', ['-tf', archive], { encoding: 'utf8' }).split('\n');
    rmSync(archive);
    expect(names.filter((name) => name.startsWith('teaching/'))).toHaveLength(2);
  });
});

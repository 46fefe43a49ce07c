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
import type { Page } from 'playwright-core';
import { sendExam } from '../apps/server/src/cli/send-exam.ts';
import type { Bench } from './bench.ts';
import { median } from './statistics.ts';
import { enter, isQuiet, seenBy, shownAfter, watchDrawing, type Shown } from './watch-drawing.ts';

const FILMS = 100;
const FILM_LIMIT_MS = 300;
const LOOK_MS = 30_000;
/** Single radiographs and pairs, as a morning has them. */
const procedures = ['chest-pa', 'hand', 'chest-two-views', 'knee', 'pelvis', 'lumbar'] as const;
/** A defect on every fourth film, a condition of 乙 on every tenth: the sheet is used, not only passed. */
const keysFor = (film: number): readonly string[] => [
  ...(film % 4 === 0 ? ['w'] : []),
  ...(film % 10 === 0 ? ['a', 'a'] : []),
];

/** From the key that saves a film to the next film's picture and its sheet, one hundred times, keys only. */
export const bench: Bench = {
  title: 'The keyboard path of 100 films: saved and on to the next by keys only, in headless Chromium',
  run: async (progress) => {
    const server = await startServer();
    const browser = await startBrowser();
    try {
      const api = await signIn(server);
      await fillQueue(server, api, progress);
      const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
      await page.addInitScript(watchDrawing);
      await enter(page, server);
      const shown = await gradeAll(page, server, api, progress);
      return report(shown);
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

const fillQueue = async (server: Server, api: SignedIn, progress: (line: string) => void): Promise<void> => {
  await setUpHospital(api);
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
  let films = 0;
  for (let index = 0; films <= FILMS; index += 1) {
    const procedure = procedures[index % procedures.length] ?? 'hand';
    const exam = simulateExam(`keyboard ${index}`, { procedure, defectRate: 0, size: smallSize });
    await sendExam(exam, peer);
    films += exam.truth.length;
  }
  progress(`${films} films sent`);
  await waitUntil(
    'the films to be in the queue',
    async () => {
      const { counts } = await api.get<{ counts: { waiting: number } }>('/api/v1/films');
      return counts.waiting > FILMS;
    },
    120_000,
  );
};

const gradeAll = async (
  page: Page,
  server: Server,
  api: SignedIn,
  progress: (line: string) => void,
): Promise<readonly Shown[]> => {
  const { items } = await api.get<{ items: { filmId: string }[] }>('/api/v1/films?list=waiting&limit=1');
  await page.goto(`${server.url}/review/${items[0]?.filmId ?? ''}?list=waiting`);
  await shownAfter(page, { since: 0, moved: 0 });
  const times: Shown[] = [];
  for (let film = 1; film <= FILMS; film += 1) {
    // The reader looks at each film for some seconds: what comes next is there when the key is pressed.
    await waitUntil('the films ahead to be loaded', async () => isQuiet(page), LOOK_MS);
    for (const key of keysFor(film)) await page.keyboard.press(key);
    const { moved } = await seenBy(page);
    await page.keyboard.press('Enter');
    const { enter: pressed } = await seenBy(page);
    const shown = await shownAfter(page, { since: pressed, moved });
    times.push({ picture: shown.picture - pressed, sheet: shown.sheet - pressed });
    if (film % 20 === 0) progress(`${film} films`);
  }
  const { counts } = await api.get<{ counts: { A: number; B: number } }>('/api/v1/films');
  if (counts.A + counts.B !== FILMS) throw new Error(`${counts.A + counts.B} films are graded, not ${FILMS}`);
  return times;
};

const report = (shown: readonly Shown[]) => {
  const pictures = shown.map(({ picture }) => picture);
  const sheets = shown.map(({ sheet }) => sheet);
  const row = (name: string, values: readonly number[]) => [
    name,
    median([...values]).toFixed(0),
    Math.max(...values).toFixed(0),
  ];
  const slowest = Math.max(...pictures);
  return {
    tables: [
      {
        title: `${shown.length} films, milliseconds from the key that saves`,
        columns: ['figure', 'median', 'slowest'],
        rows: [row('next film drawn', pictures), row('saved, and the page of the next film to grade it', sheets)],
      },
    ],
    targets: [
      {
        claim: 'keyboard path of 100 films: no film slower than 300 ms',
        measured: `slowest ${slowest.toFixed(0)} ms, with its sheet ${Math.max(...sheets).toFixed(0)} ms`,
        isMet: slowest < FILM_LIMIT_MS,
      },
    ],
    measurements: { pictures, sheets },
  };
};

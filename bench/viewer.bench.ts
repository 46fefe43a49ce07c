import { simulateExam } from '@jiapian/simulator';
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

const FILMS = 12;
const FIRST_PIXEL_LIMIT_MS = 700;
const NEXT_FILM_LIMIT_MS = 150;
const WINDOW_FRAME_LIMIT_MS = 33;
const OPENINGS = 7;
const PRELOAD_MS = 30_000;

/** Full-size radiographs, software rendering, the real server and a real browser on the same two cores. */
export const bench: Bench = {
  title: 'Viewer: 15 MB radiographs in headless Chromium',
  run: async (progress) => {
    const server = await startServer();
    const browser = await startBrowser();
    try {
      const api = await signIn(server);
      await fillQueue(server, api, progress);
      const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
      await page.addInitScript(watchDrawing);
      await enter(page, server);
      const firstPixel = await measureFirstPixel(page, server, api);
      progress(`first pixel ${firstPixel.map(told).join(' ')} ms`);
      const windowFrames = await measureWindowing(page);
      progress(`${windowFrames.length} window frames, median ${median(windowFrames).toFixed(1)} ms`);
      const nextFilm = await measureNextFilm(page);
      progress(`next film ${nextFilm.map(told).join(' ')} ms`);
      return report({ firstPixel, windowFrames, nextFilm });
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

const told = ({ picture, sheet }: Shown): string => `${Math.round(picture)}/${Math.round(sheet)}`;

const fillQueue = async (server: Server, api: SignedIn, progress: (line: string) => void): Promise<void> => {
  await setUpHospital(api);
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
  for (let index = 0; index < FILMS; index += 1) {
    await sendExam(simulateExam(`viewer ${index}`, { procedure: 'hand', defectRate: 0 }), peer);
  }
  progress(`${FILMS} films sent`);
  await waitUntil('the films to be in the queue', async () => {
    const { counts } = await api.get<{ counts: { waiting: number } }>('/api/v1/films');
    return counts.waiting >= FILMS;
  });
};

/** From the address being entered, page and all, with a cold picture each time. */
const measureFirstPixel = async (page: Page, server: Server, api: SignedIn): Promise<Shown[]> => {
  const { items } = await api.get<{ items: { filmId: string }[] }>(`/api/v1/films?limit=${OPENINGS}`);
  const times: Shown[] = [];
  for (const { filmId } of items) {
    await page.goto(`${server.url}/review/${filmId}`);
    times.push(await shownAfter(page, { since: 0, moved: 0 }));
    await page.goto('about:blank');
  }
  const [last] = items.slice(-1);
  await page.goto(`${server.url}/review/${last?.filmId ?? ''}`);
  await shownAfter(page, { since: 0, moved: 0 });
  return times;
};

/** Drags window and level over the picture and takes the time of each frame that drew. */
const measureWindowing = async (page: Page): Promise<number[]> => {
  const before = (await seenBy(page)).frames.length;
  await page.mouse.move(700, 500);
  await page.mouse.down();
  for (let step = 1; step <= 60; step += 1) await page.mouse.move(700 + step * 3, 500 + step);
  await page.mouse.up();
  return (await seenBy(page)).frames.slice(before).map((frame) => frame.duration);
};

/** From Enter on a graded film to the next one on screen, by the page's own clock. */
const measureNextFilm = async (page: Page): Promise<Shown[]> => {
  const times: Shown[] = [];
  for (let film = 0; film < FILMS - 3; film += 1) {
    const loaded = (await seenBy(page)).loaded;
    // The reader looks at a film for some seconds: long enough for the next ones to be loaded ahead.
    await waitUntil('the films ahead to be loaded', async () => isQuiet(page), PRELOAD_MS);
    const { moved } = await seenBy(page);
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    const { enter } = await seenBy(page);
    const shown = await shownAfter(page, { since: enter, moved });
    times.push({ picture: shown.picture - enter, sheet: shown.sheet - enter });
    await waitUntil('the film after it to be asked for', async () => (await seenBy(page)).loaded >= loaded);
  }
  return times;
};

const report = (figures: { firstPixel: Shown[]; windowFrames: number[]; nextFilm: Shown[] }) => {
  const pictures = (shown: Shown[]): number[] => shown.map(({ picture }) => picture);
  const sheets = (shown: Shown[]): number[] => shown.map(({ sheet }) => sheet);
  const row = (name: string, values: number[], limit?: number) => [
    name,
    median(values).toFixed(1),
    Math.max(...values).toFixed(1),
    limit === undefined ? '' : `< ${limit}`,
  ];
  const target = (claim: string, values: number[], limit: number) => ({
    claim,
    measured: `${median(values).toFixed(1)} ms`,
    isMet: median(values) < limit,
  });
  return {
    tables: [
      {
        title: 'Milliseconds',
        columns: ['figure', 'median', 'slowest', 'target'],
        rows: [
          row('page opened → first picture of a 15 MB film', pictures(figures.firstPixel), FIRST_PIXEL_LIMIT_MS),
          row('page opened → its page to grade it', sheets(figures.firstPixel)),
          row('grade given → next film drawn', pictures(figures.nextFilm), NEXT_FILM_LIMIT_MS),
          row('grade given → saved, and the page of the next film', sheets(figures.nextFilm)),
          row('window/level frame', figures.windowFrames, WINDOW_FRAME_LIMIT_MS),
        ],
      },
    ],
    targets: [
      target('first useful pixel of a 15 MB DX < 700 ms', pictures(figures.firstPixel), FIRST_PIXEL_LIMIT_MS),
      target('grade → next film drawn < 150 ms', pictures(figures.nextFilm), NEXT_FILM_LIMIT_MS),
      target('window/level frame < 33 ms', figures.windowFrames, WINDOW_FRAME_LIMIT_MS),
    ],
    measurements: figures,
  };
};

import { waitUntil, type Server } from '@jiapian/testkit';
import type { Page } from 'playwright-core';

/** Without a request for so long, a page has nothing more to load. */
const QUIET_MS = 500;
const SETTLED_MS = 30_000;

/** Signs in as the administrator. */
export const enter = async (page: Page, server: Server): Promise<void> => {
  await page.goto(`${server.url}/sign-in`);
  await page.fill('#username', server.username);
  await page.fill('#password', server.password);
  await page.click('button[type=submit]');
  await page.waitForURL((address) => !address.pathname.includes('sign-in'));
};

/** Runs in the page: notes when which picture was put on a canvas and how long its frame took, and when Enter and the address came. */
export const watchDrawing = (): void => {
  const seen: Seen = { frames: [], enter: 0, moved: 0, loaded: 0, open: 0, lastAnswer: 0 };
  Object.assign(window, { seen });
  let drawn: { picture: string; isInPage: boolean } | null = null;
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...given: unknown[]) {
    const { width, height, data } = given[0] as ImageData;
    let sum = 0;
    // Every 997th pixel tells one film from another.
    for (let index = 0; index < data.length; index += 4 * 997) sum = (sum * 31 + (data[index] ?? 0)) % 1_000_003;
    drawn = { picture: `${width} ${height} ${sum}`, isInPage: this.canvas.closest('main') !== null };
    return (put as (...all: unknown[]) => void).apply(this, given);
  };
  const next = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    next((time) => {
      drawn = null;
      const start = performance.now();
      callback(time);
      if (drawn) seen.frames.push({ ...(drawn as Drawn), start, duration: performance.now() - start });
    });
  const push = history.pushState.bind(history);
  history.pushState = (...given) => {
    seen.moved = performance.now();
    push(...given);
  };
  const get = window.fetch.bind(window);
  window.fetch = async (...given) => {
    seen.open += 1;
    const answer = await get(...given).finally(() => {
      seen.open -= 1;
      seen.lastAnswer = performance.now();
    });
    if (answer.url.includes('/frames/')) seen.loaded += 1;
    return answer;
  };
  window.addEventListener('keydown', (event) => event.key === 'Enter' && (seen.enter = performance.now()), true);
};
type Drawn = Pick<DrawnFrame, 'picture' | 'isInPage'>;
interface DrawnFrame {
  /** Its size and a sum over its pixels. */
  picture: string;
  /** By the viewer between its tools and its score sheet, not ahead of them. */
  isInPage: boolean;
  start: number;
  duration: number;
}
interface Seen {
  frames: DrawnFrame[];
  enter: number;
  moved: number;
  loaded: number;
  /** Requests without an answer yet. */
  open: number;
  lastAnswer: number;
}
export const seenBy = (page: Page): Promise<Seen> => page.evaluate(() => (window as unknown as { seen: Seen }).seen);

/** `picture`: the very pixels that stay are on the screen; `sheet`: so is the page to grade them. ms by the page's clock. */
export interface Shown {
  picture: number;
  sheet: number;
}

/**
 * When a picture that stays after the page has `moved` was first drawn since `since`, and when the first one was drawn
 * in its page. Of a pair the film itself may be drawn ahead of its page while its companion is the first one in it.
 */
export const shownAfter = async (page: Page, after: { since: number; moved: number }): Promise<Shown> => {
  const inPage = await waitUntil('a picture to be drawn in its page', async () => {
    const { frames, moved } = await seenBy(page);
    if (after.moved > 0 && moved === after.moved) return undefined;
    return frames.find((frame) => frame.isInPage && frame.start > Math.max(after.since, after.moved > 0 ? moved : 0));
  });
  await waitUntil('every pane to be drawn', () => isQuiet(page), SETTLED_MS);
  const { frames } = await seenBy(page);
  const staying = new Set(frames.filter((frame) => frame.isInPage && frame.start >= inPage.start).map(pictureOf));
  const first = frames.find((frame) => frame.start > after.since && staying.has(frame.picture)) ?? inPage;
  return { picture: first.start + first.duration, sheet: inPage.start + inPage.duration };
};
const pictureOf = ({ picture }: DrawnFrame): string => picture;

export const isQuiet = (page: Page): Promise<boolean> =>
  page.evaluate((quietMs) => {
    const { open, lastAnswer } = (window as unknown as { seen: Seen }).seen;
    return open === 0 && performance.now() - lastAnswer > quietMs;
  }, QUIET_MS);

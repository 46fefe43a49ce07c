import { setUpHospital, signIn, startBrowser, startServer, waitUntil, type Server } from '@jiapian/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendPictures, type KnownPicture } from './known-pictures.ts';

/** Grey of each quarter: upper left, upper right, lower left, lower right. */
const QUARTERS = [40, 90, 150, 220] as const;
const SPACING_MM = 0.2;
const shown8 = { bits: 8, photometric: 'MONOCHROME2', window: [128, 256], spacingMm: SPACING_MM } as const;
const quarters: KnownPicture = {
  ...shown8,
  columns: 1000,
  rows: 800,
  stored: (x, y) => QUARTERS[(y < 400 ? 0 : 2) + (x < 500 ? 0 : 1)] ?? 0,
};
const MAXIMUM = 4095;
const slope = (x: number, y: number): number => Math.min(MAXIMUM, x * 50 + y * 14);
const mono2: KnownPicture = {
  ...{ columns: 64, rows: 64, bits: 12, photometric: 'MONOCHROME2', window: [1500, 2000], spacingMm: 1 },
  stored: slope,
};
/** The same light by other numbers: stored values and the window's middle counted from the other end. */
const mono1: KnownPicture = {
  ...mono2,
  photometric: 'MONOCHROME1',
  window: [MAXIMUM - 1500 + 1, 2000],
  stored: (x, y) => MAXIMUM - slope(x, y),
};
/** Four plain slices, lighter by 50 each, then the two that must look alike. */
const PLAIN_SLICES = 4;
const stack = [
  ...Array.from({ length: PLAIN_SLICES }, (_, index): KnownPicture => ({
    ...shown8,
    ...{ columns: 64, rows: 64 },
    stored: () => 50 * (index + 1),
  })),
  mono2,
  mono1,
];

let server: Server;
let browser: Browser;
let page: Page;
let filmOf: (accessionNumber: string) => string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
  const api = await signIn(server);
  await setUpHospital(api);
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
  for (const number of [1, 2, 3]) await sendPictures(peer, { number, modality: 'DX' }, [quarters]);
  await sendPictures(peer, { number: 4, modality: 'CT' }, stack);
  const films = await waitUntil('the films to be in the queue', async () => {
    const { items } = await api.get<{ items: { filmId: string; accessionNumber: string }[] }>('/api/v1/films');
    return items.length >= 4 && items;
  });
  filmOf = (accessionNumber) => films.find((film) => film.accessionNumber === accessionNumber)?.filmId ?? '';
  // One picture with the header's own window; layouts are tested elsewhere.
  await api.fetch('/api/v1/session/preferences', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ preferences: { 'layout.ct-three': 'single' } }),
  });
  page = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
  await page.goto(`${server.url}/sign-in`);
  await page.fill('#username', server.username);
  await page.fill('#password', server.password);
  await page.click('button[type=submit]');
  await page.waitForURL((address) => !address.pathname.includes('sign-in'));
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const open = async (accessionNumber: string): Promise<void> => {
  await page.goto(`${server.url}/review/${filmOf(accessionNumber)}`);
  await page.waitForSelector('.viewport-overlay');
  await waitUntil('the picture to be drawn', async () => (await greys([[0.5, 0.5]])).some((grey) => grey > 0));
};
const tool = (icon: string) => page.locator(`.tool:has(.anticon-${icon})`).click();
const strip = () => page.locator('.strip').innerText();

/** Greys of the canvas at places given as shares of its width and height. */
const greys = (places: readonly (readonly [number, number])[], canvas = '.viewport canvas') =>
  page
    .locator(canvas)
    .first()
    .evaluate((element, wanted) => {
      const { width, height } = element as HTMLCanvasElement;
      const context = (element as HTMLCanvasElement).getContext('2d', { alpha: false });
      return wanted.map(
        ([x, y]) => context?.getImageData(Math.round(x * width), Math.round(y * height), 1, 1).data[0] ?? -1,
      );
    }, places);
const settled = (what: string, expected: readonly number[], places: readonly (readonly [number, number])[]) =>
  waitUntil(what, async () => (await greys(places)).join() === expected.join(), 10_000);

/** Corners well inside the four quarters, whichever way the picture lies. */
const corners = [
  [0.4, 0.4],
  [0.6, 0.4],
  [0.4, 0.6],
  [0.6, 0.6],
] as const;
const [UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT] = QUARTERS;

const boxOf = async (selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`nothing is shown at ${selector}`);
  return box;
};
/** Presses at one place and lets go at another, both from the middle of the picture, in pixels of the screen. */
const drag = async (from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
  const box = await boxOf('.viewport');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x + from[0], y + from[1]);
  await page.mouse.down();
  await page.mouse.move(x + to[0], y + to[1], { steps: 3 });
  await page.mouse.up();
};

describe('a radiograph of four grey quarters', () => {
  beforeEach(() => open('KNOWN1'));

  it('turns clockwise and is flipped left to right', async () => {
    await settled('it to lie as stored', QUARTERS, corners);
    await tool('rotate-right');
    await settled('the turn', [LOWER_LEFT, UPPER_LEFT, LOWER_RIGHT, UPPER_RIGHT], corners);
    await page.reload();
    await page.waitForSelector('.viewport-overlay');
    await settled('it to lie as stored again', QUARTERS, corners);
    await tool('swap');
    await settled('the flip', [UPPER_RIGHT, UPPER_LEFT, LOWER_RIGHT, LOWER_LEFT], corners);
  });

  it('shows one pixel of the image on one of the screen at 1:1, and measures in mm', async () => {
    await page.keyboard.press('o');
    await waitUntil('1:1', async () => (await strip()).includes('100%'));
    await tool('column-width');
    await drag([-100, -75], [100, 75]);
    // 200 by 150 pixels of 0.2 mm are 40 by 30 mm: a slope of 50 mm.
    expect(await page.locator('.viewport-ruler-text').allTextContents()).toEqual(['50.0 mm']);
    await tool('radius-upright');
    await drag([-100, 0], [0, 0]);
    await drag([-100, 100], [-100, 100]);
    expect(await page.locator('.viewport-ruler-text').allTextContents()).toEqual(['50.0 mm', '45.0°']);
  });

  it('keeps a length in mm when the picture is made smaller', async () => {
    await page.keyboard.press('o');
    await tool('column-width');
    await drag([0, 0], [100, 0]);
    await page.keyboard.press(' ');
    expect(await page.locator('.viewport-ruler-text').allTextContents()).toEqual(['20.0 mm']);
  });

  it('is enlarged 2.5 times below the magnifier', async () => {
    await page.keyboard.press('o');
    await tool('search');
    const box = await boxOf('.viewport');
    // 20 pixels right of the middle, where the quarters meet: in the lens the border lies 50 pixels left of its middle.
    await page.mouse.move(box.x + box.width / 2 + 20, box.y + box.height / 2 + 60);
    await page.mouse.down();
    const lens = await boxOf('.viewport-lens');
    const at = (pixels: number) => [0.5 + pixels / lens.width, 0.5] as const;
    expect(await greys([at(0), at(-45), at(-55)], '.viewport-lens')).toEqual([LOWER_RIGHT, LOWER_RIGHT, LOWER_LEFT]);
    await page.mouse.up();
    expect(await page.locator('.viewport-lens').count()).toBe(0);
  });

  it.each([
    [1366, 768, 'on'],
    [1920, 1080, 'on'],
    [1500, 900, 'off'],
  ] as const)(
    'is drawn before the application has come, where it stays: %i × %i, criteria %s',
    async (width, height, criteria) => {
      await page.setViewportSize({ width, height });
      await page.evaluate((shown) => localStorage.setItem('jiapian.review.reference', shown), criteria);
      const held = Promise.withResolvers<null>();
      await page.route('**/assets/app-*.js', async (route) => {
        await held.promise;
        await route.continue();
      });
      await page.reload({ waitUntil: 'commit' });
      await page.waitForSelector('canvas[data-picture=ahead]');
      const [ahead, place] = [
        await greys(corners, 'canvas[data-picture=ahead]'),
        await boxOf('canvas[data-picture=ahead]'),
      ];
      held.resolve(null);
      await page.waitForSelector('canvas[data-picture=ahead]', { state: 'detached' });
      await page.unroute('**/assets/app-*.js');
      expect(ahead).toEqual([...QUARTERS]);
      const stays = await boxOf('.viewport canvas');
      for (const side of ['x', 'y', 'width', 'height'] as const) expect(place[side]).toBeCloseTo(stays[side], 0);
      await settled('the page to show the same', QUARTERS, corners);
      await page.evaluate(() => localStorage.removeItem('jiapian.review.reference'));
      await page.setViewportSize({ width: 1366, height: 768 });
    },
  );
});

describe('a CT stack', () => {
  beforeEach(async () => {
    await open('KNOWN4');
    for (let step = 0; step < stack.length; step += 1) await page.keyboard.press('ArrowUp');
    await settled('the first slice', [50], middle);
  });
  const middle = [[0.5, 0.5]] as const;

  it('scrolls by the arrow keys and stops at its ends', async () => {
    expect(await strip()).toMatch(/1\s*\/\s*6/);
    for (const grey of [100, 150, 200]) {
      await page.keyboard.press('ArrowDown');
      await settled(`grey ${grey}`, [grey], middle);
    }
    expect(await strip()).toMatch(/4\s*\/\s*6/);
    await page.keyboard.press('PageUp');
    await settled('the slice before', [150], middle);
    for (let step = 0; step < 2 * stack.length; step += 1) await page.keyboard.press('ArrowDown');
    await waitUntil('the last slice', async () => /6\s*\/\s*6/.test(await strip()));
  });

  it('plays by itself until it is stopped', async () => {
    await page.keyboard.press('p');
    const seen = new Set<number>();
    await waitUntil('three slices to pass', async () => {
      seen.add((await greys(middle))[0] ?? -1);
      return seen.size >= 3;
    });
    await page.keyboard.press('p');
    const stopped = await waitUntil('it to stand still', async () => {
      const before = await strip();
      await page.waitForTimeout(300);
      return before === (await strip()) && before;
    });
    expect(stopped).toMatch(/\d\s*\/\s*6/);
  });

  it('stands beside itself, each side scrolled alone', async () => {
    await page.keyboard.press('.');
    await page.waitForSelector('.viewport >> nth=1');
    const right = page.locator('.viewport').nth(1);
    await right.click();
    const before = await page.locator('.viewport canvas').nth(1).screenshot();
    for (let step = 0; step < stack.length; step += 1) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await waitUntil('the right side to move', async () => {
      const now = await page.locator('.viewport canvas').nth(1).screenshot();
      return !now.equals(before);
    });
    expect(await greys(middle)).toEqual([50]);
    expect(await strip()).toMatch(/3\s*\/\s*6/);
    await page.keyboard.press(',');
    await page.waitForSelector('.viewport >> nth=1', { state: 'detached' });
  });

  it('shows MONOCHROME1 and MONOCHROME2 of the same light alike, pixel by pixel', async () => {
    const pictureAt = async (steps: number): Promise<number[]> => {
      for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown');
      const place = await waitUntil('the strip to name the slice', async () => strip());
      await waitUntil(`${place} to be drawn`, async () =>
        page
          .locator('.strip .hint', { hasText: 'MONOCHROME1' })
          .count()
          .then((count) => count === (isSecond ? 1 : 0)),
      );
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      return page
        .locator('.viewport canvas')
        .first()
        .evaluate((element) => {
          const { width, height } = element as HTMLCanvasElement;
          const data =
            (element as HTMLCanvasElement).getContext('2d', { alpha: false })?.getImageData(0, 0, width, height).data ??
            [];
          return Array.from(data).filter((_, index) => index % 4 === 0);
        });
    };
    let isSecond = false;
    const two = await pictureAt(PLAIN_SLICES);
    isSecond = true;
    const one = await pictureAt(1);
    expect(new Set(two).size).toBeGreaterThan(100);
    expect(one.length).toBe(two.length);
    // Half a stored value rounds to the other side when counted from the other end.
    const furthest = one.reduce((most, grey, index) => Math.max(most, Math.abs(grey - (two[index] ?? -1))), 0);
    expect(furthest).toBeLessThanOrEqual(1);
  });
});

describe('a grade that the server does not take', () => {
  it('brings the film back as it was marked, and is saved when given again', async () => {
    await open('KNOWN2');
    const address = page.url();
    await page.waitForSelector('.grade-bar');
    await page.keyboard.press('n');
    await page.keyboard.type('left marker faint');
    await page.keyboard.press('Escape');
    const note = page.locator('.note-section textarea');
    await note.blur();
    await waitUntil('the next film to be loaded ahead', () =>
      page.evaluate(
        () => performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/frames/')).length >= 2,
      ),
    );
    const refusing = /\/films\/[^/]+\/readings/;
    const held = Promise.withResolvers<null>();
    await page.route(refusing, async (route) => {
      await held.promise;
      await route.abort();
    });
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.waitForSelector('canvas[data-picture=ahead]');
    expect(await page.locator('.work-head h1').isVisible()).toBe(false);
    held.resolve(null);
    await page.waitForSelector('.ant-message-error');
    expect(await page.locator('canvas[data-picture=ahead]').count()).toBe(0);
    expect(page.url()).toBe(address);
    expect(await note.inputValue()).toBe('left marker faint');
    expect(await page.locator('.work-head h1').isVisible()).toBe(true);
    await page.unroute(refusing);
    await page.keyboard.press('Enter');
    await page.waitForURL((next) => next.href !== address);
    await page.waitForSelector('canvas[data-picture=ahead]', { state: 'detached' });
  });
});

import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { repositoryRoot } from './repository.ts';

it('draws Chinese with the bundled web font, and WebGL', async () => {
  const font = path.join(
    repositoryRoot,
    'node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2',
  );
  const source = `data:font/woff2;base64,${fs.readFileSync(font).toString('base64')}`;
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent(`<style>@font-face { font-family: bundled; src: url(${source}) }</style>`);
    const widths = await page.evaluate(async () => {
      await document.fonts.load('40px bundled', '甲');
      const context = document.createElement('canvas').getContext('2d');
      if (!context) return [];
      if (!document.fonts.check('40px bundled', '甲')) return [];
      context.font = '40px bundled';
      return ['甲', '甲乙丙', 'i'].map((text) => context.measureText(text).width);
    });
    // An ideograph of the font is one em wide; the box that stands for a missing glyph is not.
    expect(widths.slice(0, 2)).toEqual([40, 120]);
    expect(widths[2]).toBeLessThan(20);
    expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2') !== null)).toBe(true);
  } finally {
    await browser.close();
  }
});

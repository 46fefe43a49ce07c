import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ctRows } from '../ct/ct-rows.ts';
import { mrRows } from '../mr/mr-rows.ts';
import { radiographMetrics } from './radiograph-metrics.ts';

const folder = resolve(import.meta.dirname, '../../../../docs/metrics');
const pageOf = (file: string): string => readFileSync(join(folder, file), 'utf8');
const pages = readdirSync(folder).filter((file) => file.endsWith('.md'));
const english = pages.filter((file) => file.endsWith('.en.md'));
const chinese = pages.filter((file) => !file.endsWith('.en.md'));
const measuring = /^(radiograph|ct|mr)-/;

it('every metric of radiographs, CT and MR has its page in both languages, in its row with its version', () => {
  for (const list of [english, chinese]) {
    const rows = list.flatMap((file) => pageOf(file).split('\n')).filter((row) => row.startsWith('|'));
    for (const { metric, version } of [...radiographMetrics, ...ctRows, ...mrRows]) {
      const named = rows.filter(
        (row) => row.includes(`\`${metric}\``) && /\d \|$|never measured \||从不测量 \|/.test(row),
      );
      expect(named.length, `${metric} in ${list === english ? 'en' : 'zh'}`).toBeGreaterThan(0);
      if (metric === 'contrast-phase') continue;
      expect(
        named.some((row) => new RegExp(`(^|\\D)${version} \\|$`).test(row)),
        `version ${version} of ${metric}`,
      ).toBe(true);
    }
  }
});

it('every page of a measurement says formula, accuracy, when it lies and why there may be no figure, with a picture', () => {
  const sections = {
    '.en.md': ['**Formula', '**Accuracy.**', '**When it lies.**', '**Reasons for none.**'],
    '.md': ['**公式', '**准确度。**', '**什么时候会骗人。**', '**未测的原因。**'],
  };
  for (const file of pages.filter((name) => measuring.test(name))) {
    const text = pageOf(file);
    const wanted = file.endsWith('.en.md') ? sections['.en.md'] : sections['.md'];
    for (const section of wanted) expect(text.includes(section), `${file} ${section}`).toBe(true);
    const picture = /!\[[^\]]*\]\(([^)]+\.svg)\)/.exec(text)?.[1];
    expect(picture !== undefined && existsSync(join(folder, picture)), `picture of ${file}`).toBe(true);
  }
});

it('every page has its counterpart in the other language', () => {
  expect(english.map((file) => file.replace('.en.md', '.md')).sort()).toEqual([...chinese].sort());
});

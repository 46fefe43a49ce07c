import { mkdirSync } from 'node:fs';
import {
  addArchive,
  freePorts,
  openSignedIn,
  setUpHospital,
  signIn,
  startBrowser,
  startServer,
  startStorescp,
  waitUntil,
  type Server,
  type SignedIn,
  type Storescp,
} from '@jiapian/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendPictures, type KnownPicture } from './known-pictures.ts';

const EXAMS = 12;
const FILMS = 4;
const PATIENCE_MS = 120_000;
const locales = ['zh-CN', 'en'] as const;
const words = {
  'zh-CN': { down: 'PACS 发送失败', safe: '不丢失', arrived: '没有未送达的检查', full: '闸门内积压过多' },
  en: {
    down: 'Sending to PACS fails',
    safe: 'nothing is lost',
    arrived: 'Everything has arrived',
    full: 'Too much was held',
  },
} as const;
const picture: KnownPicture = {
  columns: 256,
  rows: 256,
  bits: 8,
  photometric: 'MONOCHROME2',
  window: [128, 256],
  spacingMm: 0.2,
  stored: (x, y) => (x ^ y) % 256,
};
const pictures = process.env['JIAPIAN_PICTURES'];

let browser: Browser;
let server: Server;
let api: SignedIn;
let pacs: Storescp | null = null;
let port = 0;
const pages = new Map<(typeof locales)[number], Page>();

const shoot = async (name: string): Promise<void> => {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const [locale, page] of pages) await page.screenshot({ path: `${pictures}/${name}-${locale}.png` });
};
/** Each page, left open, comes to show the words by itself. */
const allShow = async (word: keyof (typeof words)['en']): Promise<void> => {
  for (const [locale, page] of pages) {
    await page.getByText(words[locale][word]).first().waitFor({ timeout: PATIENCE_MS });
  }
};
const send = (number: number, callingAeTitle: string): Promise<void> =>
  sendPictures(
    { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle },
    { number, modality: 'DX' },
    Array.from({ length: FILMS }, () => picture),
  );

beforeAll(async () => {
  [port = 0] = await freePorts(1);
  [browser, server] = await Promise.all([startBrowser(), startServer()]);
  api = await signIn(server);
  await setUpHospital(api);
  await addArchive(api, port);
  for (const locale of locales) pages.set(locale, await openSignedIn(browser, server, locale, { path: '/release' }));
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await pacs?.stop();
});

it('a PACS that goes and comes back under load is told on the open monitor', { timeout: 300_000 }, async () => {
  // Nobody has named this device: its exams leave at once, and keep coming while the PACS is away.
  for (let exam = 1; exam <= EXAMS; exam += 1) await send(exam, 'ROOM1');
  await allShow('down');
  await allShow('safe');
  await shoot('monitor-down');
  pacs = await startStorescp([], 'PACS', port);
  for (let exam = EXAMS + 1; exam <= EXAMS + 3; exam += 1) await send(exam, 'ROOM1');
  await waitUntil('everything to be in the PACS', () => pacs?.files().length === (EXAMS + 3) * FILMS, PATIENCE_MS);
  await allShow('arrived');
  for (const [locale, page] of pages) {
    await page.getByText(words[locale].down).waitFor({ state: 'detached', timeout: PATIENCE_MS });
  }
  await shoot('monitor-up');
});

it('a gate that opens by itself says so on the open monitor, and nothing waits', { timeout: 180_000 }, async () => {
  await api.post('/api/v1/devices', { name: 'DR 2', modality: 'DX', aeTitle: 'DR2', priorityClass: 'routine' });
  const { content, version } = await api.get<{ content: { opening: object }; version: number }>(
    '/api/v1/release/policy',
  );
  const opening = { ...content.opening, heldMax: 1 };
  await api.post('/api/v1/release/policy', { content: { ...content, opening }, basedOn: version, note: 'test' });
  for (const exam of [51, 52, 53]) await send(exam, 'DR2');
  await allShow('full');
  await shoot('monitor-open');
  const gates = () => api.get<{ items: unknown[] }>('/api/v1/release/gate');
  await waitUntil('nothing to be held', async () => (await gates()).items.length === 0, PATIENCE_MS);
  expect((await api.get<{ items: { because: string }[] }>('/api/v1/release/openings')).items).toMatchObject([
    { because: 'queue-full' },
  ]);
});

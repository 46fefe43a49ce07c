import { mkdirSync } from 'node:fs';
import {
  addArchive,
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
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { moveClock, type MovedClock } from '../testkit/src/moved-clock.ts';
import { sendPictures, type KnownPicture } from './known-pictures.ts';

const PATIENCE_MS = 60_000;
const picture: KnownPicture = {
  columns: 64,
  rows: 64,
  bits: 8,
  photometric: 'MONOCHROME2',
  window: [128, 256],
  spacingMm: 0.2,
  stored: (x, y) => (x ^ y) % 256,
};
const words = {
  'zh-CN': '无人评片,闸门已自动打开',
  en: 'Nobody is reviewing: the gate has opened by itself',
} as const;
const pictures = process.env['JIAPIAN_PICTURES'];

/** Moments of the hospital's clock, UTC+8; tomorrow, so that no session of the test is older than its server. */
const tomorrow = new Date(Date.now() + 24 * 60 * 60_000).toISOString().slice(0, 10);
const dayAfter = new Date(Date.now() + 48 * 60 * 60_000).toISOString().slice(0, 10);
const evening = new Date(`${tomorrow}T18:00:00+08:00`);
const night = new Date(`${tomorrow}T23:30:00+08:00`);
const morning = new Date(`${dayAfter}T07:50:00+08:00`);

let clock: MovedClock;
let browser: Browser;
let server: Server;
let pacs: Storescp;
let watcher: SignedIn;

beforeAll(async () => {
  clock = moveClock(evening);
  [browser, server, pacs] = await Promise.all([
    startBrowser(),
    startServer({ variables: clock.variables }),
    startStorescp([], 'PACS'),
  ]);
  const admin = await signIn(server);
  await setUpHospital(admin);
  await admin.post('/api/v1/devices', { name: 'DR 1', modality: 'DX', aeTitle: 'DR1', priorityClass: 'routine' });
  const { port } = pacs;
  await addArchive(admin, port);
  // The database keeps the machine's clock, so that jobs look old to this one: that is not what is asked here.
  const { content, version } = await admin.get<{ content: { opening: object }; version: number }>(
    '/api/v1/release/policy',
  );
  const opening = { ...content.opening, whenDegraded: false };
  await admin.post('/api/v1/release/policy', { content: { ...content, opening }, basedOn: version, note: 'test' });
  for (const [username, role] of [
    ['R001', 'reviewer'],
    // Looks on and grades nothing: the administrator of the first start leads the team as well, and would be a reviewer.
    ['W001', 'administrator'],
  ])
    await admin.post('/api/v1/accounts', {
      username,
      displayName: username,
      roles: [role],
      password: server.password,
      mustChangePassword: false,
    });
  watcher = await signIn({ ...server, username: 'W001' });
}, 120_000);
afterAll(async () => {
  await Promise.all([browser.close(), server.stop(), pacs.stop()]);
  clock.remove();
});

const send = (number: number) =>
  sendPictures(
    { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' },
    { number, modality: 'DX' },
    [picture],
  );
const reviewer = () => signIn({ ...server, username: 'R001' });
/** A session does not outlive such a leap. */
const leapTo = async (moment: Date): Promise<void> => {
  clock.setTo(moment);
  await waitUntil('the server to live by the new clock', async () => {
    watcher = await signIn({ ...server, username: 'W001' });
    const { opening } = await overview().catch(() => ({ opening: undefined }));
    return opening !== undefined;
  });
};
const overview = () =>
  watcher.get<{ opening: { because: string; openedAt: string } | null }>('/api/v1/release/overview');
const gateOf = async (number: number) => {
  const { items } = await watcher.get<{
    items: { accessionNumber: string; gateState: string; releaseReason: string | null }[];
  }>('/api/v1/films?list=all');
  const film = items.find((one) => one.accessionNumber === `KNOWN${number}`);
  return film === undefined ? 'none' : `${film.gateState} ${film.releaseReason ?? ''}`.trim();
};

it('holds what comes while a reviewer is there', { timeout: PATIENCE_MS * 2 }, async () => {
  await (await reviewer()).get('/api/v1/session');
  await send(1);
  await waitUntil('the exam to be held', async () => (await gateOf(1)) === 'held', PATIENCE_MS);
  expect((await overview()).opening).toBeNull();
  expect(pacs.files()).toEqual([]);
});

it(
  'opens by itself at night: the first exam has waited its clock, the next does not wait at all',
  { timeout: PATIENCE_MS * 3 },
  async () => {
    await leapTo(night);
    await waitUntil('the clock to run out', async () => (await gateOf(1)) === 'released missed', PATIENCE_MS);
    await waitUntil('the gate to open', async () => (await overview()).opening !== null, PATIENCE_MS);
    const { opening } = await overview();
    expect(opening?.because).toBe('reviewers-absent');
    // By the moved clock, not by the machine's: within the test's patience after half past eleven at night.
    const openedMs = Date.parse(opening?.openedAt ?? '') - night.getTime();
    expect(openedMs).toBeGreaterThanOrEqual(0);
    expect(openedMs).toBeLessThan(PATIENCE_MS);
    await send(2);
    await waitUntil('the next exam to leave', async () => (await gateOf(2)) === 'released gate-open', PATIENCE_MS);
    await waitUntil('both to be in the PACS', () => pacs.files().length === 2, PATIENCE_MS);
  },
);

it.each(['zh-CN', 'en'] as const)('says so on the monitor, in %s', { timeout: PATIENCE_MS }, async (locale) => {
  const page = await openSignedIn(browser, server, locale, { username: 'W001', path: '/release' });
  const banner = page.getByRole('alert').filter({ hasText: words[locale] });
  await banner.waitFor();
  expect(await banner.innerText()).toContain('23:3');
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${pictures}/gate-at-night-${locale}.png` });
  }
  await page.context().close();
});

it('says so to the alert rules and in the trail as well', { timeout: PATIENCE_MS }, async () => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/^jiapian_gate_open 1$/m);
  const trail = await watcher.get<{ items: { action: string; facts: { because?: string } }[] }>(
    '/api/v1/audit?subjectKind=gate',
  );
  expect(trail.items).toMatchObject([{ action: 'release.gate-opened', facts: { because: 'reviewers-absent' } }]);
});

it('closes when somebody comes in the morning, and holds again', { timeout: PATIENCE_MS * 3 }, async () => {
  await leapTo(morning);
  await (await reviewer()).get('/api/v1/films');
  await waitUntil('the gate to close', async () => (await overview()).opening === null, PATIENCE_MS);
  await send(3);
  await waitUntil('the exam to be held', async () => (await gateOf(3)) === 'held', PATIENCE_MS);
  expect(pacs.files()).toHaveLength(2);
});

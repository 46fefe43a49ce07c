import type { FilmCompliance, ParameterDevice, ParameterDevicePage } from '@jiapian/contract';
import { simulateExam, smallSize } from '@jiapian/simulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendExam } from '../../apps/server/src/cli/send-exam.ts';
import { startBrowser } from '../testkit/src/browser.ts';
import { startDemoServer } from '../testkit/src/demo-server.ts';
import { hospitalDicomDay } from '../testkit/src/hospital-day.ts';
import { openSignedIn } from '../testkit/src/open-signed-in.ts';
import { signIn, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const GOOD_FILMS = 10;
/** A page of two seconds takes a minute when every core is busy. */
const PATIENCE_MS = 90_000;
const TEST_MS = 300_000;
const words = {
  'zh-CN': {
    draft: '由好片起草',
    signLeader: '以组长签署',
    signOwner: '以负责人签署',
    yes: '确认签署',
    inForce: '现行',
    mas: '毫安秒',
    above: '偏高',
    effect: '剂量偏高,曝光过度时皮肤缘和肺野可能饱和',
    earlier: '较早的判定',
    makeCode: '生成二维码',
    phone: '打开手机页',
    chest: '胸部后前位',
    refused: '不给结果',
    volume: '厚度 cm',
  },
  en: {
    draft: 'Draft from good films',
    signLeader: 'Sign as leader',
    signOwner: 'Sign as owner',
    yes: 'Yes, sign',
    inForce: 'in force',
    mas: 'Exposure',
    above: 'above',
    effect: 'Higher dose; thin parts may saturate',
    earlier: 'Earlier verdicts',
    makeCode: 'New code',
    phone: 'Open the phone page',
    chest: 'Chest PA',
    refused: 'no answer',
    volume: 'Thickness cm',
  },
} as const;

let browser: Browser;
let server: Server;
let leader: SignedIn;
let device: ParameterDevice;
let badFilm = '';

/** Today, shortly after midnight: a table judges the films of the last half year. */
const startedAt = { date: hospitalDicomDay(), secondOfDay: 60 };
const chest = (seed: string, forcedDefects: readonly ['over-exposure'] | readonly []) =>
  simulateExam(`tables ${seed}`, {
    procedure: 'chest-pa',
    device: 'DR-1',
    startedAt,
    defectRate: 0,
    forcedDefects,
    size: smallSize,
  });

beforeAll(async () => {
  browser = await startBrowser();
  server = await startDemoServer();
  const good = Array.from({ length: GOOD_FILMS }, (_, at) => chest(`good ${at}`, []));
  const bad = chest('bad', ['over-exposure']);
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle };
  for (const exam of [...good, bad]) await sendExam(exam, { ...peer, callingAeTitle: exam.order.device.aeTitle });
  leader = await signIn({ ...server, username: 'L001' });
  let films: { filmId: string; accessionNumber: string }[] = [];
  await waitUntil(
    'every film to be made',
    async () => {
      films = (await leader.get<{ items: typeof films }>('/api/v1/films?limit=200&list=all')).items;
      return films.length > GOOD_FILMS;
    },
    120_000,
  );
  badFilm = films.find(({ accessionNumber }) => accessionNumber === bad.accessionNumber)!.filmId;
  const { version } = await leader.get<{ version: number }>('/api/v1/standards/current');
  const filmIds = films.map(({ filmId }) => filmId).filter((filmId) => filmId !== badFilm);
  await leader.post('/api/v1/films/bulk', { filmIds, standardVersion: version });
  const devices = await leader.get<{ items: ParameterDevice[] }>('/api/v1/protocols/devices');
  device = devices.items.find(({ name }) => name === 'DR-1')!;
}, 300_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const pageFor = (username: string, locale: 'zh-CN' | 'en', path: string): Promise<Page> =>
  openSignedIn(browser, server, locale, { username, path });

// By the keyboard throughout: whoever signs needs no mouse, and a busy machine draws no frames for one.
describe.each([
  ['zh-CN', 1],
  ['en', 2],
] as const)('a parameter table in %s', (locale, version) => {
  const say = words[locale];

  it(
    'is drafted from good films, signed by two people, violated by an exam, and the violation is explained',
    async () => {
      expect(device).toMatchObject({ ownerName: '林示范', goodFilms: GOOD_FILMS });
      const page = await pageFor('L001', locale, `/protocols/devices/${device.deviceId}`);
      await page.getByRole('button', { name: say.draft }).press('Enter');
      await page.waitForURL(/\/protocols\/tables\//);
      await page.getByRole('rowheader').filter({ hasText: say.chest }).first().waitFor();
      await page.getByRole('button', { name: say.signLeader }).press('Enter');
      await page.getByRole('button', { name: say.yes, exact: true }).press('Enter');
      await page.getByText('顾组长').first().waitFor();

      const ofOwner = await pageFor('T001', locale, new URL(page.url()).pathname);
      await ofOwner.getByRole('button', { name: say.signOwner }).press('Enter');
      await ofOwner.getByRole('button', { name: say.yes, exact: true }).press('Enter');
      await ofOwner.getByText(say.inForce, { exact: true }).first().waitFor();
      await ofOwner.context().close();

      await waitUntil(
        'the films to be judged',
        async () => {
          const { state, current } = await leader.get<FilmCompliance>(`/api/v1/films/${badFilm}/compliance`);
          return state === 'judged' && current[0]?.tableVersion === version;
        },
        PATIENCE_MS,
      );
      await page.goto(`${server.url}/protocols/violations?deviceId=${device.deviceId}`);
      const row = page.getByRole('row').filter({ has: page.locator(`a[href="/review/${badFilm}"]`) });
      const mas = row.locator('li').filter({ hasText: say.mas });
      expect(await mas.textContent()).toContain(say.above);
      expect(await mas.textContent()).toContain(say.effect);

      await row.getByRole('link').first().press('Enter');
      await page.waitForURL(/\/review\//);
      const card = page.locator('.protocol-compliance');
      await card.getByText(say.effect).first().waitFor();
      expect(await card.getByText(say.earlier).count()).toBe(version - 1);
      await page.context().close();
    },
    TEST_MS,
  );

  it(
    'is read on a phone at the console without an account, and tells no patient',
    async () => {
      const page = await pageFor('L001', locale, `/protocols/devices/${device.deviceId}`);
      if (version === 1) await page.getByRole('button', { name: say.makeCode }).press('Enter');
      await page.getByRole('link', { name: say.phone }).waitFor();
      const { consoleLink } = await leader.get<ParameterDevicePage>(`/api/v1/protocols/devices/${device.deviceId}`);
      await page.context().close();

      const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
      phone.setDefaultTimeout(PATIENCE_MS);
      await phone.addInitScript((chosen) => localStorage.setItem('jiapian.locale', chosen), locale);
      await phone.goto(`${server.url}/console/${consoleLink!.code}`);
      await phone.locator('summary').filter({ hasText: say.chest }).first().press('Enter');
      await phone.getByText('12:1').first().waitFor();
      expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      expect(await phone.content()).not.toMatch(/SF\d{6}/);
      await phone.context().close();
    },
    TEST_MS,
  );

  it(
    'has calculators that refuse what lies outside their limits, in words',
    async () => {
      const page = await pageFor('L001', locale, '/protocols/calculators');
      const kv = page.locator('.protocol-calculator-kv');
      await kv.getByText('70 kV').waitFor();
      await kv.getByLabel(say.volume, { exact: true }).fill('60');
      await kv.getByRole('alert').filter({ hasText: say.refused }).waitFor();
      await page.context().close();
    },
    TEST_MS,
  );
});

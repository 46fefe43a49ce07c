import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPart10 } from '@jiapian/dicom';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../testkit/src/browser.ts';
import { dcmdump, storescu } from '../testkit/src/dcmtk.ts';
import { startOrthanc, type Orthanc } from '../testkit/src/orthanc.ts';
import { temporaryFolder } from '../testkit/src/repository.ts';
import { samplesBelow } from '../testkit/src/samples.ts';
import { signIn, startServer, type Server, type SignedIn } from '../testkit/src/server.ts';
import { waitUntil } from '../testkit/src/wait-until.ts';

const NEW_PASSWORD = 'a film before lunch';
const films = samplesBelow('dx');
const slices = samplesBelow('ct');

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** From the first sign-in to the PACS, as somebody who has only read the README. */
describe.each(['zh-CN', 'en'] as const)('the thread in %s', (locale) => {
  let server: Server;
  let orthanc: Orthanc;
  let page: Page;
  let api: SignedIn;
  const downloads = temporaryFolder('thread');

  beforeAll(async () => {
    [server, orthanc] = await Promise.all([startServer({ adminPassword: null }), startOrthanc()]);
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale });
    page = await context.newPage();
  });
  afterAll(async () => {
    await page.context().close();
    await Promise.all([server.stop(), orthanc.stop()]);
    downloads.remove();
  });

  const primary = () => page.locator('.set-up-foot .ant-btn-primary').click();
  const filmLocked = () =>
    page.waitForResponse(
      (answer) => answer.url().endsWith('/lock') && answer.request().method() === 'POST' && answer.ok(),
    );
  const submit = () => page.locator('button[type=submit]').click();

  const signInFirst = async (): Promise<void> => {
    await page.goto(`${server.url}/`);
    await page.evaluate((chosen) => localStorage.setItem('jiapian.locale', chosen), locale);
    await page.reload();
    await page.fill('#username', server.username);
    await page.fill('#password', server.password);
    await submit();
    await page.fill('#currentPassword', server.password);
    await page.fill('#newPassword', NEW_PASSWORD);
    await page.fill('#repeated', NEW_PASSWORD);
    await submit();
    await page.waitForSelector('#hospitalName');
    expect(await page.getAttribute('html', 'lang')).toBe(locale);
    api = await signIn({ ...server, password: NEW_PASSWORD });
  };

  const setUp = async (): Promise<void> => {
    await page.fill('#hospitalName', '测试医院');
    await submit();
    // Each step is another form with fields of the same names.
    await page.waitForSelector('#hospitalName', { state: 'detached' });
    await primary();
    await page.waitForSelector('#stationName');
    await page.fill('#name', 'DR-1');
    await page.fill('#aeTitle', 'DR1');
    await submit();
    await page.waitForSelector('#host');
    await page.fill('#name', 'Orthanc');
    await page.fill('#aeTitle', orthanc.aet);
    await page.fill('#host', '127.0.0.1');
    await page.fill('#port', String(orthanc.dicomPort));
    await submit();
    await page.waitForSelector('.ant-alert-success');
    await primary();
    // A minute of quiet is for a real department.
    const settings = await api.get<object>('/api/v1/organization/settings');
    await api.put('/api/v1/organization/settings', { ...settings, quietSeconds: 5 });
  };

  const sendFilms = async (): Promise<void> => {
    for (const [option, files] of Map.groupBy([...films, ...slices], proposalFor)) {
      const sent = await storescu({ port: server.dicomPort, callingAet: 'DR1' }, files, ['-R', option]);
      expect(sent).toMatchObject({ exitCode: 0 });
    }
    await page.waitForSelector('.set-up-arrived-good');
    await primary();
  };

  const gradeAll = async (): Promise<void> => {
    await waitUntil(
      'every exam to be complete',
      async () => {
        const { items } = await api.get<{ items: { state: string }[] }>('/api/v1/exams?limit=200');
        return items.length > 0 && items.every((exam) => exam.state === 'ready');
      },
      150_000,
    );
    const waiting = async () => (await api.get<{ counts: { waiting: number } }>('/api/v1/films')).counts.waiting;
    await waitUntil('the films to be made', async () => (await waiting()) >= films.length);
    await page.goto(`${server.url}/review`);
    await page.waitForSelector('tbody tr');
    for (let left = await waiting(); left > 0; left -= 1) {
      const isFirst = page.url().endsWith('/review');
      if (isFirst) {
        const locked = filmLocked();
        await page.keyboard.press('Enter');
        await locked;
      }
      const nextLocked = left > 1 ? filmLocked() : undefined;
      await page.keyboard.press('1');
      await page.keyboard.press('Enter');
      await nextLocked;
      await waitUntil(`${left - 1} films to be left`, async () => (await waiting()) === left - 1);
    }
  };

  const compareWithPacs = async (): Promise<void> => {
    const sent = [...films, ...slices];
    const held = await waitUntil(
      'Orthanc to hold every object',
      async () => {
        const ids = await orthanc.get<string[]>('/instances');
        return ids.length === sent.length && ids;
      },
      60_000,
    );
    const byUid = new Map<string, string>();
    for (const id of held) {
      const answer = await fetch(`${orthanc.url}/instances/${id}/file`);
      const file = join(downloads.path, `${id}.dcm`);
      await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
      byUid.set(uidOf(file), file);
    }
    for (const file of sent) {
      const arrived = byUid.get(uidOf(file));
      expect(arrived, `${file} is not in the PACS`).toBeDefined();
      expect(await elementsIn(arrived ?? '')).toEqual(await elementsIn(file));
    }
  };

  it('leads from the printed one-time password to the PACS', { timeout: 600_000 }, async () => {
    await signInFirst();
    await setUp();
    await sendFilms();
    await gradeAll();
    await compareWithPacs();
  });
});

/** storescu proposes one compressed syntax an association; each file goes in the syntax it is in. */
const proposalFor = (file: string): string => {
  const options: Record<string, string> = {
    '1.2.840.10008.1.2.4.50': '-xy',
    '1.2.840.10008.1.2.4.51': '-xx',
    '1.2.840.10008.1.2.4.70': '-xs',
    '1.2.840.10008.1.2.4.90': '-xv',
    '1.2.840.10008.1.2.4.91': '-xw',
  };
  return options[readPart10(new Uint8Array(readFileSync(file))).transferSyntaxUid] ?? '-x=';
};

const uidOf = (file: string): string => readPart10(new Uint8Array(readFileSync(file))).sopInstanceUid ?? '';

/**
 * Every element with its value, pixels included, by dcmdump. How a sequence or an item says its length is the
 * encoder's choice and no part of the value; the meta group is of the file, not of the data set.
 */
const elementsIn = async (file: string): Promise<string[]> =>
  (await dcmdump(file, ['-q', '+L', '-Un']))
    .split('\n')
    .filter((line) => /^\s*\(/.test(line) && !/^\s*\((0002|fffe,e00d|fffe,e0dd)/.test(line))
    .map((line) => line.replace(/\s+#.*$/, '').replace(/\((Sequence|Item) with .*$/, '($1)'));

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { findProgram } from '../../../../test/testkit/src/programs.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { bookletRoutes } from './index.ts';

const run = promisify(execFile);
let test: TestDatabase;
let app: App;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'booklet-'));
  test = await startTestDatabase();
  const clock = { now: () => new Date('2026-11-24T08:00:00Z') };
  app = await startRoomHttp(test, (frame) => bookletRoutes(frame, test.database, clock));
});
afterAll(async () => {
  await app.close();
  await test.stop();
  await rm(folder, { recursive: true });
});

const ask = (url: string, caller = 'first') =>
  app.inject({ method: 'GET', url: `/api/v1/standards${url}`, headers: { 'x-caller': caller } });
const textOf = async (bytes: Buffer): Promise<string> => {
  const file = join(folder, 'booklet.pdf');
  await writeFile(file, bytes);
  return (await run(findProgram('pdftotext', 'poppler-utils'), ['-layout', file, '-'])).stdout;
};

it('prints the standard in Chinese with its grades, deductions, reasons and sources', async () => {
  const answer = await ask('/1/booklet?locale=zh-CN');
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
  expect(answer.headers['content-disposition']).toBe('attachment; filename="standard-v1.pdf"');
  const text = await textOf(answer.rawPayload);
  for (const word of [
    '通用评片标准',
    '基本条件',
    '部位与体位',
    'D02',
    '一票否决',
    '111207',
    '未核实',
    '技术质量管理论文',
  ])
    expect(text).toContain(word);
});

it('prints the same standard in English without a word of Chinese but the hospital’s name', async () => {
  const text = await textOf((await ask('/1/booklet?locale=en')).rawPayload);
  for (const word of ['General review standard', 'Basic conditions', 'D02', 'Vetoes', 'Paper on technical quality'])
    expect(text).toContain(word);
  const { name } = (await test.asOwner('select name from hospital where hospital_id = $1', [test.hospitalId]))[0] ?? {};
  expect(text.replaceAll(String(name), '')).not.toMatch(/\p{Script=Han}/u);
});

it('leaves a trace of who took the booklet', async () => {
  await ask('/1/booklet?locale=en');
  const entries = await test.asOwner(
    "select facts from audit_entry where action = 'standards.booklet-printed' and hospital_id = $1",
    [test.hospitalId],
  );
  expect(entries.at(-1)).toMatchObject({ facts: { locale: 'en' } });
});

it('refuses a version that is not there, a language it does not speak, and who may not read standards', async () => {
  expect((await ask('/7/booklet')).statusCode).toBe(404);
  expect((await ask('/1/booklet?locale=fr')).statusCode).toBe(400);
  expect((await ask('/1/booklet', 'first:exams.read')).statusCode).toBe(403);
});

import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { filmRoutes } from './films.routes.ts';
import { makeFilms } from './make-films.ts';

let test: TestDatabase;
let app: App;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));

beforeAll(async () => {
  test = await startTestDatabase();
  app = await startRoomHttp(test, (frame) => filmRoutes(frame, test.database, clock));
  const technologist = await registerReader(test, 'own');
  for (const seed of [{ images: 2 }, { modality: 'CT', images: 3 }, { technologistId: technologist.staffId }]) {
    const exam = await registerExam(test, seed);
    await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
  }
});
afterAll(async () => {
  await app.close();
  await test.stop();
});

const get = (url: string, caller = 'first') => app.inject({ url, headers: { 'x-caller': caller } });
const list = async (query = '') => {
  const answer = await get(`/api/v1/films?day=2026-11-24${query}`);
  return answer.json<{
    items: { filmId: string; kind: string }[];
    nextCursor: string | null;
    counts: { total: number };
  }>();
};

describe('the worklist', () => {
  it('shows each film once, page after page, whatever the size of the page', async () => {
    const all = await list();
    expect(all.items).toHaveLength(4);
    expect(all.counts.total).toBe(4);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await list(`&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map((film) => film.filmId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.items.map((film) => film.filmId));
  });

  it('gives the films of one exam, whatever the day asked for', async () => {
    const { items } = (await get('/api/v1/films')).json<{ items: { examId: string; kind: string }[] }>();
    const ct = items.find((film) => film.kind === 'exam');
    const answer = await get(`/api/v1/films?examId=${ct?.examId}&day=2001-01-01`);
    expect(answer.json()).toMatchObject({ items: [{ examId: ct?.examId, kind: 'exam' }], counts: { total: 1 } });
    expect((await get('/api/v1/films?examId=x')).statusCode).toBe(400);
    expect((await get('/api/v1/films?cursor=x')).statusCode).toBe(400);
  });

  it('names no technologist and no reading before the film is graded', async () => {
    const [film] = (await list()).items;
    const answer = await get(`/api/v1/films/${film?.filmId}`);
    expect(answer.json()).toMatchObject({ readings: [], technologistName: null, draft: null });
  });

  it('goes on to the films behind this one, and then to those before it', async () => {
    const { items } = await list();
    const [first, second, third, fourth] = items.map((film) => film.filmId);
    const answer = await get(`/api/v1/films/${third}/next?day=2026-11-24`);
    expect(answer.json()).toMatchObject({ filmIds: [fourth, first, second], total: 4 });
  });

  it('leaves as CSV with a byte order mark, and as a workbook', async () => {
    const csv = await get('/api/v1/films/export?format=csv&day=2026-11-24');
    expect(csv.body.startsWith('\uFEFF')).toBe(true);
    expect(csv.body.trim().split('\r\n')).toHaveLength(5);
    expect(csv.body).toContain('胸部后前位');
    const xlsx = await get('/api/v1/films/export?format=xlsx&day=2026-11-24&locale=en');
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('is empty for another hospital, and 404 for its film', async () => {
    const [film] = (await list()).items;
    expect((await get('/api/v1/films', 'second')).json()).toMatchObject({ items: [] });
    expect((await get(`/api/v1/films/${film?.filmId}`, 'second')).statusCode).toBe(404);
  });

  it('is refused without the permission', async () => {
    expect((await get('/api/v1/films', 'first:exams.read')).statusCode).toBe(403);
  });
});

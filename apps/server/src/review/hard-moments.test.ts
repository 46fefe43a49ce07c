import type { FilmDetail, FilmRow } from '@jiapian/contract';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { receivedImage } from '../../../../test/testkit/src/received.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { createRegister } from '../exams/register-received.ts';
import type { App } from '../platform/app.ts';
import { createLiveEvents } from '../platform/live-events.ts';
import { createReviewRoom } from './index.ts';
import { makeFilms } from './make-films.ts';

let test: TestDatabase;
let app: App;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
const people: Record<string, { accountId: string; staffId: string }> = {};

beforeAll(async () => {
  test = await startTestDatabase();
  for (const name of ['one', 'other', 'leaver']) people[name] = await registerReader(test, name);
  const room = createReviewRoom({
    database: test.database,
    clock,
    liveEvents: createLiveEvents(test.database),
  } as never);
  app = await startRoomHttp(test, (frame) => room.routes?.(frame), people);
});
afterAll(async () => {
  await app.close();
  await test.stop();
});

const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, who: string, body?: object) => {
  const answer = await app.inject({
    ...{ method, url: `/api/v1${path}`, headers: { 'x-caller': who } },
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, body: (answer.body === '' ? null : answer.json()) as never };
};
const films = async (examId: string): Promise<FilmRow[]> =>
  ((await ask('GET', `/films?examId=${examId}`, 'one')).body as { items: FilmRow[] }).items;
const made = async (seed: Parameters<typeof registerExam>[1] = {}) => {
  const exam = await registerExam(test, seed);
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
  return exam;
};
const reading = (filmVersion: number, note = '') => ({
  ...{ marks: [], conditionsNotMet: [], places: [], note, grade: 'A', reject: null, filmVersion },
  ...{ standardVersion: 1, secondsSpent: 5 },
});

describe('at a hard moment', () => {
  it('one of two readers of a film is refused with the name of the holder, and the draft of each is kept', async () => {
    const [film] = await films((await made()).examId);
    await ask('POST', `/films/${film?.filmId}/lock`, 'one');
    const refused = await ask('POST', `/films/${film?.filmId}/readings`, 'other', reading(1));
    expect(refused.body).toMatchObject({ code: 'REVIEW_FILM_LOCKED', facts: { holder: 'one' } });
    for (const who of ['one', 'other']) {
      const draft = {
        marks: [],
        conditionsNotMet: [],
        places: [],
        note: `of ${who}`,
        criteria: { 'coverage-1': 'met' },
      };
      await ask('PUT', `/films/${film?.filmId}/draft`, who, draft);
    }
    const kept = async (who: string) => ((await ask('GET', `/films/${film?.filmId}`, who)).body as FilmDetail).draft;
    expect([await kept('one'), await kept('other')]).toMatchObject([
      { note: 'of one', criteria: { 'coverage-1': 'met' } },
      { note: 'of other' },
    ]);
  });

  it('a reading on a film that has moved on meanwhile is refused and overwrites nothing', async () => {
    const [film] = await films((await made()).examId);
    expect((await ask('POST', `/films/${film?.filmId}/readings`, 'one', reading(1, 'first'))).status).toBe(201);
    const stale = await ask('POST', `/films/${film?.filmId}/readings`, 'other', reading(1, 'second'));
    expect(stale.body).toMatchObject({ code: 'REVIEW_STALE_VERSION', facts: { filmVersion: 2 } });
    const { readings } = (await ask('GET', `/films/${film?.filmId}`, 'one')).body as FilmDetail;
    expect(readings.map(({ note }) => note)).toEqual(['first']);
  });

  it('an exam that grows after its grade keeps the grade, and its new film waits', async () => {
    const exam = await made();
    const [film] = await films(exam.examId);
    await ask('POST', `/films/${film?.filmId}/readings`, 'one', reading(1));
    await test.asOwner(
      `insert into instance select (i).* from (select jsonb_populate_record(instance,
         jsonb_build_object('sop_instance_uid', sop_instance_uid || '.9', 'instance_number', 9)) as i
       from instance where exam_id = $1) late`,
      [exam.examId],
    );
    await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
    const after = await films(exam.examId);
    expect(after.map(({ state, grade }) => [state, grade])).toEqual([
      ['waiting', null],
      ['graded', 'A'],
    ]);
    const { examGrade } = (await ask('GET', `/films/${film?.filmId}`, 'one')).body as FilmDetail;
    expect(examGrade).toEqual({ grade: 'A', rule: 'worst', graded: 1, films: 2 });
  });

  it('a film whose position is corrected while it is graded has to be looked at again, and the draft is kept', async () => {
    const [film] = await films((await made()).examId);
    await ask('POST', `/films/${film?.filmId}/lock`, 'one');
    const draft = { marks: [], conditionsNotMet: [], places: [], note: 'half done' };
    await ask('PUT', `/films/${film?.filmId}/draft`, 'one', draft);
    const correction = { positionCode: 'CH02', laterality: null, remember: false };
    expect((await ask('PUT', `/films/${film?.filmId}/position`, 'other', correction)).status).toBe(200);
    const stale = await ask('POST', `/films/${film?.filmId}/readings`, 'one', reading(1));
    expect(stale.body).toMatchObject({ code: 'REVIEW_STALE_VERSION', facts: { filmVersion: 2 } });
    const now = (await ask('GET', `/films/${film?.filmId}`, 'one')).body as FilmDetail;
    expect(now).toMatchObject({ film: { positionCode: 'CH02', state: 'waiting' }, draft: { note: 'half done' } });
    expect((await ask('POST', `/films/${film?.filmId}/readings`, 'one', reading(2))).status).toBe(201);
  });

  it('other bytes under the UID of the film being graded change neither film nor grade', async () => {
    const exam = await made();
    const [film] = await films(exam.examId);
    await ask('POST', `/films/${film?.filmId}/lock`, 'one');
    const { registerBatch } = createRegister({
      ...{ database: test.database, clock, store: { read: async () => new Uint8Array() } },
      liveEvents: { publishWith: async () => undefined },
    });
    const other = receivedImage({ SOPInstanceUID: exam.sopInstanceUids[0] ?? '' }, clock.now());
    expect(await registerBatch([other])).toMatchObject([{ kind: 'conflict' }]);
    expect((await ask('POST', `/films/${film?.filmId}/readings`, 'one', reading(1))).status).toBe(201);
    expect(await films(exam.examId)).toMatchObject([{ filmId: film?.filmId, state: 'graded', grade: 'A' }]);
  });

  it("a device whose clock is years wrong has its films on the day they came, by the server's clock", async () => {
    for (const at of ['2011-01-01T00:00:00Z', '2039-12-31T23:59:00Z']) {
      const exam = await made({ at: new Date(at) });
      expect(await films(exam.examId)).toMatchObject([{ day: '2026-11-24', state: 'waiting' }]);
    }
  });

  it('an exam of several series is one unit, whatever number of series shows the defect', async () => {
    const exam = await made({ modality: 'MR', images: 2 });
    const uid = `${exam.sopInstanceUids[0]}.2`;
    await test.asOwner(
      `insert into series select (s).* from (select jsonb_populate_record(series,
         jsonb_build_object('series_instance_uid', $2::text)) as s from series where exam_id = $1) more`,
      [exam.examId, uid],
    );
    const [film, ...others] = await films(exam.examId);
    expect(others).toEqual([]);
    const first = exam.sopInstanceUids[0]?.replace(/\.1$/, '') ?? '';
    const seriesMarks = [first, uid].map((seriesInstanceUid) => ({ seriesInstanceUid, code: 'D07' }));
    const marked = { ...reading(1), grade: 'B', marks: [{ code: 'D07', step: 2 }] };
    const path = `/films/${film?.filmId}/readings`;
    const foreign = { ...marked, seriesMarks: [{ seriesInstanceUid: '1.2.3', code: 'D07' }] };
    expect((await ask('POST', path, 'one', foreign)).body).toMatchObject({ code: 'REVIEW_MARK_UNKNOWN' });
    const without = { ...marked, marks: [], grade: 'A', seriesMarks };
    expect((await ask('POST', path, 'one', without)).body).toMatchObject({ code: 'REVIEW_MARK_UNKNOWN' });
    const saved = await ask('POST', path, 'one', { ...marked, seriesMarks });
    // 10 points for the second step of motion blur, once; two series do not make it 20.
    expect(saved.body).toMatchObject({ reading: { score: 90, seriesMarks }, film: { grade: 'B', score: 90 } });
    expect(await films(exam.examId)).toHaveLength(1);
  });

  it('a technologist who has left gets no notice, and the film is graded all the same', async () => {
    await test.asOwner(`update account set disabled_at = now() where account_id = $1`, [people['leaver']?.accountId]);
    const exam = await made({ technologistId: people['leaver']?.staffId ?? null });
    const [film] = await films(exam.examId);
    const reject = { reasonCode: '111209', affectsDiagnosis: 'repeat', confirmation: exam.accessionNumber.slice(-4) };
    const saved = await ask('POST', `/films/${film?.filmId}/readings`, 'one', {
      ...reading(1),
      ...{ grade: 'reject', marks: [{ code: 'D01-part', step: 1 }], reject },
    });
    expect(saved.status, JSON.stringify(saved.body)).toBe(201);
    expect((await ask('GET', '/notices', 'leaver')).body).toMatchObject({ items: [] });
  });
});

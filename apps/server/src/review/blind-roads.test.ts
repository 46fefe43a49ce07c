import { readFile } from 'node:fs/promises';
import { frameHeadSchema, type ExamDetail, type FilmRow, type TaskRow } from '@jiapian/contract';
import { readHeaderFacts } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { defaultReviewPolicy, defaultStandard } from '@jiapian/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { type HeldObjects, startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { type AnalysisRoom, createAnalysisRoom } from '../analysis/analysis-room.ts';
import { createExamsRoom } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import { createLiveEvents } from '../platform/live-events.ts';
import { silentLog } from '../platform/log.ts';
import { releaseRoutes } from '../release/release.routes.ts';
import { createReviewRoom } from './index.ts';
import { makeFilms } from './make-films.ts';

// One film, read once and waiting for its second, fully blind reader; every road to it asks the real routes.
let test: TestDatabase;
let held: HeldObjects;
let analysis: AnalysisRoom;
let app: App;
let film: FilmRow;
let uid: string;
let study: string;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
const people: Record<string, { accountId: string; staffId: string }> = {};

beforeAll(async () => {
  test = await startTestDatabase();
  held = await startHeldObjects(clock);
  for (const name of ['taker', 'first', 'blind']) people[name] = await registerReader(test, name);
  const liveEvents = createLiveEvents(test.database);
  const parts = { database: test.database, clock, liveEvents, log: silentLog } as never;
  const exams = createExamsRoom(parts, held.store);
  analysis = createAnalysisRoom(parts, held.store);
  const review = createReviewRoom(parts);
  app = await startRoomHttp(
    test,
    async (frame) => {
      await exams.routes?.(frame);
      await analysis.routes?.(frame);
      await review.routes?.(frame);
      releaseRoutes(frame, test.database, clock, liveEvents);
    },
    { reader: people['first']!, blind: people['blind']!, taker: people['taker']! },
  );
  const bytes = new Uint8Array(await readFile(sample('dx/cr-chest-pa-philips-j2k.dcm')));
  const facts = readHeaderFacts(bytes);
  uid = facts.sopInstanceUid;
  study = facts.studyInstanceUid;
  await exams.registerBatch([await held.hold(bytes)]);
  const [exam] = (await test.asOwner('select exam_id from exam')) as { exam_id: string }[];
  const examId = exam!.exam_id;
  await test.asOwner(`update exam set state = 'ready', technologist_id = $1, operator_name = 'ZHAO'`, [
    people['taker']!.staffId,
  ]);
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, examId));
  const { version } = await json<{ version: number }>('/review-policy', 'reader');
  const doubleReading = { secondShare: 1, repeatShare: 0 };
  await send('PUT', '/review-policy', 'reader', {
    content: { ...defaultReviewPolicy, doubleReading },
    basedOn: version,
  });
  const list = await json<{ items: FilmRow[] }>(`/films?examId=${examId}`, 'reader');
  film = list.items[0]!;
  await send('POST', `/films/${film.filmId}/readings`, 'reader', { ...sheet('C'), filmVersion: film.version });
}, 60_000);
afterAll(async () => {
  await app.close();
  await analysis.stop?.();
  await held.close();
  await test.stop();
});

const sheet = (grade: string) => ({
  marks: [{ code: 'D03', step: 2 }],
  conditionsNotMet: [],
  places: [],
  note: '',
  grade,
  overrideReason: 'as seen',
  standardVersion: defaultStandard.version,
  secondsSpent: 9,
});
const get = (url: string, who: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { 'x-caller': who, ...headers } });
const json = async <Answer>(path: string, who: string): Promise<Answer> => {
  const answer = await get(`/api/v1${path}`, who);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json() as Answer;
};
const send = async (method: 'POST' | 'PUT', path: string, who: string, payload: object): Promise<void> => {
  const answer = await app.inject({ method, url: `/api/v1${path}`, headers: { 'x-caller': who }, payload });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
};
const dicomweb = (): string[] => {
  const place = `/dicomweb/studies/${study}`;
  return [place, `${place}/metadata`, `/api/v1/instances/${uid}/file`];
};
const cornersOf = (answer: { headers: Record<string, unknown>; rawPayload: Buffer }) => {
  const head = frameHeadSchema.parse(JSON.parse(String(answer.headers['jiapian-frame'])));
  const size = head.sampleType === 'uint8' ? 1 : 2;
  const at = (row: number, column: number): number =>
    answer.rawPayload.readUIntLE((row * head.columns + column) * size, size);
  const dark = head.isInverted ? head.maxStored : head.minStored;
  const [bottom, right] = [head.rows - 1, head.columns - 1];
  return {
    dark,
    corners: [at(0, 0), at(0, right), at(bottom, 0), at(bottom, right), at(Math.ceil(head.rows * 0.12) - 1, 0)],
    middle: at(Math.floor(head.rows / 2), Math.floor(head.columns / 2)),
  };
};
const frameUrl = (rest = 'frames/0'): string => `/api/v1/instances/${uid}/${rest}`;

describe('a film that waits for its fully blind reader', () => {
  it('has black corners in the frame, whole and reduced, and is not kept by the browser', async () => {
    for (const rest of ['frames/0', 'frames/0?reduce=4']) {
      const masked = await get(frameUrl(rest), 'blind');
      const { corners, dark, middle } = cornersOf(masked);
      expect(corners).toEqual(corners.map(() => dark));
      const open = await get(frameUrl(rest), 'reader');
      expect(cornersOf(open).middle).toBe(middle);
      expect(open.rawPayload.equals(masked.rawPayload)).toBe(false);
      expect(masked.headers['cache-control']).toBe('private, no-cache');
      expect(open.headers['cache-control']).toContain('immutable');
      expect(masked.headers['etag']).not.toBe(open.headers['etag']);
    }
  });

  it('has black corners in the thumbnail', async () => {
    const masked = await get(frameUrl('thumbnail'), 'blind');
    const open = await get(frameUrl('thumbnail'), 'reader');
    expect(masked.statusCode).toBe(200);
    expect(masked.rawPayload.equals(open.rawPayload)).toBe(false);
  });

  it('is refused as a file, as WADO objects, metadata and frames, and is not found by QIDO', async () => {
    const { seriesInstanceUid } = (await json<ExamDetail>(`/exams/${film.examId}`, 'taker')).series[0]!;
    const frames = `/dicomweb/studies/${study}/series/${seriesInstanceUid}/instances/${uid}/frames/1`;
    for (const url of [...dicomweb(), frames]) {
      const refused = await get(url, 'blind');
      expect([refused.statusCode, (refused.json() as { code: string }).code]).toEqual([403, 'EXAMS_BLIND_READING']);
      expect((await get(url, 'reader')).statusCode).toBe(200);
    }
    for (const level of ['studies', 'series', 'instances']) {
      expect((await get(`/dicomweb/${level}`, 'blind')).json()).toEqual([]);
      expect((await get(`/dicomweb/${level}`, 'reader')).json()).toHaveLength(1);
    }
  });

  it('tells its reader neither grade nor people nor device in the register, the exam and the export', async () => {
    const hidden = { worstGrade: null, gateState: 'none', deviceName: null, roomName: null, operatorName: '' };
    const list = await json<{ items: unknown[] }>('/exams', 'blind');
    expect(list.items).toMatchObject([hidden]);
    expect(await json(`/exams/${film.examId}`, 'blind')).toMatchObject({ exam: { ...hidden, institutionName: '' } });
    const file = (await get('/api/v1/exams/export?format=csv', 'blind')).body;
    expect(file).not.toContain('ZHAO');
    expect(file.trim().endsWith(',')).toBe(true);
    const open = await json<{ items: unknown[] }>('/exams', 'reader');
    expect(open.items).toMatchObject([{ worstGrade: 'C', operatorName: 'ZHAO' }]);
    expect((await get('/api/v1/exams/export?format=csv', 'reader')).body).toContain('ZHAO');
  });

  it('does not tell the grade in the films list, the film, the time line or the gate either', async () => {
    const list = await json<{ items: FilmRow[] }>(`/films?examId=${film.examId}`, 'blind');
    expect(list.items).toMatchObject([{ grade: null, score: null, isGradeMasked: true }]);
    const byGrade = await json<{ items: FilmRow[] }>(`/films?examId=${film.examId}&grade=C`, 'blind');
    expect(byGrade.items).toEqual([]);
    const detail = await json<ExamDetail>(`/exams/${film.examId}`, 'blind');
    expect(JSON.stringify(detail.events)).not.toMatch(/"grade"|rejection|released/);
    await test.asOwner(
      `insert into gate (hospital_id, exam_id, state, hold_until) values ($1, $2, 'held', now() + interval '1 hour')
       on conflict (hospital_id, exam_id) do update set state = 'held', hold_until = excluded.hold_until`,
      [test.hospitalId, film.examId],
    );
    expect(await json('/release/gate', 'blind')).toMatchObject({ items: [{ worstGrade: null }] });
    expect(await json('/release/gate', 'reader')).toMatchObject({ items: [{ worstGrade: 'C' }] });
  });

  it('is in no list of measured films, its export or a distribution: a row would tell device and order', async () => {
    const run = '00000000-0000-4000-8000-000000000001';
    await test.asOwner(
      `insert into analysis_run (hospital_id, run_id, exam_id, subject_uid, subject_kind, analysis_version,
         software_version, input_sha256, object_count, modality, measured_at, duration_ms)
       values ($1, $2, $3, $4, 'instance', 1, 'test', '', 1, 'CR', now(), 1)`,
      [test.hospitalId, run, film.examId, uid],
    );
    await test.asOwner(
      `insert into measurement (hospital_id, run_id, metric, part, value, unit, method, method_version)
       values ($1, $2, 'noise', 'quiet', 0.01, '1', 'test', 1)`,
      [test.hospitalId, run],
    );
    const days = 'fromDay=1990-01-01&toDay=2027-01-01';
    const seen = async (who: string) => [
      (await json<{ items: unknown[] }>(`/analysis/films?${days}&columns=noise|quiet`, who)).items.length,
      (await json<{ points: unknown[] }>(`/analysis/distribution?${days}&metric=noise&where=quiet`, who)).points.length,
      (await get(`/api/v1/analysis/films/export?${days}&columns=noise|quiet&format=csv`, who)).body.trim().split('\n')
        .length - 1,
    ];
    expect(await seen('blind')).toEqual([0, 0, 0]);
    expect(await seen('reader')).toEqual([1, 1, 1]);
    expect(await seen('taker')).toEqual([1, 1, 1]);
  });

  it('is as ever for those who do not grade, for its technologist and for who read it first', async () => {
    for (const who of ['first:exams.read,archive.read,release.read', 'taker', 'reader']) {
      expect(cornersOf(await get(frameUrl(), who)).middle).toBeGreaterThan(0);
      expect((await get(frameUrl(), who)).headers['cache-control']).toContain('immutable');
      for (const url of dicomweb()) expect((await get(url, who)).statusCode, `${who} ${url}`).toBe(200);
    }
  });

  it('opens once its blind reader has saved', async () => {
    const { items } = await json<{ items: TaskRow[] }>('/review-tasks', 'blind');
    await send('POST', `/review-tasks/${items[0]!.taskId}/reading`, 'blind', sheet('C'));
    expect((await get(frameUrl(), 'blind')).headers['cache-control']).toContain('immutable');
    for (const url of dicomweb()) expect((await get(url, 'blind')).statusCode).toBe(200);
    expect((await get('/dicomweb/studies', 'blind')).json()).toHaveLength(1);
    const list = await json<{ items: unknown[] }>('/exams', 'blind');
    expect(list.items).toMatchObject([{ worstGrade: 'C' }]);
  });
});

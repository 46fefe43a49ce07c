import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  frameHeadSchema,
  type Permission,
  type TeachingAnswer,
  type TeachingAttempt,
  type TeachingAttemptRow,
  type TeachingCase,
  type TeachingCaseRow,
} from '@jiapian/contract';
import { readHeaderFacts } from '@jiapian/dicom';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { type HeldObjects, startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { type AnalysisRoom, createAnalysisRoom } from '../analysis/analysis-room.ts';
import { createExamsRoom } from '../exams/index.ts';
import type { App } from '../platform/app.ts';
import { dataFolderAt } from '../platform/data-folder.ts';
import { silentLog } from '../platform/log.ts';
import type { Room } from '../platform/platform.ts';
import { makeFilms } from '../review/make-films.ts';
import { createTeachingRoom } from './index.ts';

let test: TestDatabase;
let held: HeldObjects;
let analysis: AnalysisRoom;
let room: Room;
let app: App;
let teachingFolder: string;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
const people: Record<string, { accountId: string; staffId: string }> = {};
const films = new Map<string, string>();
const names = ['dx/dx-pelvis-ap-infant-1.dcm', 'charset/zh-gb18030-dx.dcm', 'charset/zh-utf8-dx.dcm'];
let patientName: string;

beforeAll(async () => {
  test = await startTestDatabase();
  held = await startHeldObjects(clock);
  const root = await mkdtemp(join(tmpdir(), 'teaching-'));
  const folder = dataFolderAt(root);
  teachingFolder = folder.teaching;
  await mkdir(teachingFolder, { recursive: true });
  for (const name of ['leader', 'learner', 'other']) people[name] = await registerReader(test, name);
  const liveEvents = { publishWith: async () => undefined };
  const parts = { database: test.database, clock, liveEvents, log: silentLog, folder } as never;
  const exams = createExamsRoom(parts, held.store);
  analysis = createAnalysisRoom(parts, held.store);
  room = createTeachingRoom(parts, held.store, analysis.framesOf);
  app = await startRoomHttp(test, (frame) => room.routes?.(frame), people);
  for (const name of names) {
    const bytes = new Uint8Array(await readFile(sample(name)));
    await exams.registerBatch([await held.hold(bytes)]);
    const uid = readHeaderFacts(bytes).sopInstanceUid;
    const [instance] = await test.asOwner<{ exam_id: string }>(
      'select exam_id from instance where sop_instance_uid = $1',
      [uid],
    );
    await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, instance!.exam_id));
    const [film] = await test.asOwner<{ film_id: string }>('select film_id from film where exam_id = $1', [
      instance!.exam_id,
    ]);
    films.set(name, film!.film_id);
  }
  const [patient] = await test.asOwner<{ name: string }>(
    `select patient.name from patient join exam using (hospital_id, patient_id) join film using (hospital_id, exam_id)
     where film_id = $1`,
    [filmOf(1)],
  );
  patientName = patient!.name;
  for (const [name, filmId] of films) await grade(filmId, name === names[0] ? 'C' : 'A');
}, 60_000);
afterAll(async () => {
  await app.close();
  await room.stop?.();
  await analysis.stop?.();
  await held.close();
  await test.stop();
  await rm(join(teachingFolder, '..'), { recursive: true });
});

const filmOf = (index: number): string => films.get(names[index]!)!;
const grade = async (filmId: string, given: 'A' | 'C'): Promise<void> => {
  const readingId = randomUUID();
  const marks = given === 'A' ? [] : [{ code: 'D03', step: 2 }];
  await test.asOwner(
    `insert into reading (hospital_id, reading_id, film_id, account_id, act, at, seconds_spent, standard_id,
       standard_version, software_version, marks, places, criteria, grade, score, decided_by)
     values ($1, $2, $3, $4, 'grade', $5, 9, 'default', 1, '0', $6, '[]', '{}', $7, 80, 'score')`,
    [test.hospitalId, readingId, filmId, people['leader']!.accountId, clock.now(), JSON.stringify(marks), given],
  );
  await test.asOwner(
    `update film set state = 'graded', grade = $2, score = 80, reading_id = $3, graded_at = $4 where film_id = $1`,
    [filmId, given, readingId, clock.now()],
  );
};
const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, who: string, payload?: object) =>
  app.inject({
    method,
    url: `/api/v1/teaching${path}`,
    headers: { 'x-caller': who },
    ...(payload === undefined ? {} : { payload }),
  });
const send = async <Answer>(...given: Parameters<typeof ask>): Promise<Answer> => {
  const answer = await ask(...given);
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return (answer.body === '' ? null : answer.json()) as Answer;
};
const codeOf = async (...given: Parameters<typeof ask>): Promise<unknown> =>
  ((await ask(...given)).json() as { code?: string }).code;
const prepare = async (): Promise<void> => {
  const tick = room.ticks?.find(({ name }) => name === 'teaching.prepare');
  for (;;) {
    await tick?.run(new AbortController().signal);
    const [waiting] = await test.asOwner(`select case_id from teaching_case where state = 'requested' limit 1`);
    if (!waiting) return;
  }
};
const learner = 'learner:teaching.read';
const other = 'other:teaching.read';
const request = async (index: number, more: object = {}): Promise<string> =>
  (await send<{ caseId: string }>('POST', '/cases', 'leader', { filmId: filmOf(index), ...more })).caseId;
const caseOf = (caseId: string, who = 'leader'): Promise<TeachingCase> => send('GET', `/cases/${caseId}`, who);
const decide = async (caseId: string, decision: string, sawPictures = true) =>
  ask('POST', `/cases/${caseId}/decision`, 'leader', {
    ...{ decision, sawPictures },
    version: (await caseOf(caseId)).version,
  });
const ready = async (index: number): Promise<string> => {
  const caseId = await request(index, { explanation: 'the apex is cut off' });
  await prepare();
  expect((await decide(caseId, 'confirmed')).statusCode).toBe(204);
  return caseId;
};

describe('a film on its way into the teaching file', () => {
  it('is checked by the program, looked at by a person, and only then seen by who learns', async () => {
    const caseId = await request(1);
    expect((await caseOf(caseId)).state).toBe('requested');
    expect(await codeOf('GET', `/cases/${caseId}`, learner)).toBe('TEACHING_CASE_NOT_FOUND');
    await prepare();
    const prepared = await caseOf(caseId);
    expect(prepared).toMatchObject({ state: 'prepared', report: { found: [], failure: null }, grade: 'A' });
    expect(prepared.report!.sought).toBeGreaterThan(5);
    expect(await codeOf('GET', `/cases/${caseId}`, learner)).toBe('TEACHING_CASE_NOT_FOUND');
    expect(((await decide(caseId, 'confirmed', false)).json() as { code: string }).code).toBe('TEACHING_NOT_LOOKED_AT');
    expect((await decide(caseId, 'confirmed')).statusCode).toBe(204);
    expect((await caseOf(caseId, learner)).filmId).toBeNull();
  });

  it('is a DICOM file without its patient, in the bytes and by another toolkit, with black corners', async () => {
    const caseId = await ready(1);
    const answer = await ask('GET', `/cases/${caseId}/images/1/file`, 'leader');
    const file = join(teachingFolder, 'downloaded');
    await writeFile(file, answer.rawPayload);
    const dump = execFileSync('dcmdump', ['+L', file], { encoding: 'latin1' });
    const { code } = await caseOf(caseId);
    expect(dump).toContain(`[${code}]`);
    expect(dump).toMatch(/\(0012,0062\) CS \[YES\]/);
    expect(dump).toContain('[113101]');
    const original = readHeaderFacts(new Uint8Array(await readFile(sample(names[1]!))));
    for (const word of [patientName, original.studyInstanceUid, original.sopInstanceUid])
      expect(answer.rawPayload.includes(Buffer.from(word))).toBe(false);
    const frame = await ask('GET', `/cases/${caseId}/images/1/frames/0`, learner);
    const head = frameHeadSchema.parse(JSON.parse(String(frame.headers['jiapian-frame'])));
    const size = head.sampleType === 'uint8' ? 1 : 2;
    expect(frame.rawPayload.readUIntLE(0, size)).toBe(head.isInverted ? head.maxStored : head.minStored);
    await rm(file);
  });

  it('is not given out to who may not download, and the download is on the trail', async () => {
    const caseId = await ready(1);
    expect((await ask('GET', `/cases/${caseId}/images/1/file`, learner)).statusCode).toBe(403);
    await ask('GET', `/cases/${caseId}/images/1/file`, 'leader');
    const trail = await test.asOwner<{ action: string }>(
      `select action from audit_entry where subject_id = $1 order by audit_id`,
      [caseId],
    );
    expect(trail.map(({ action }) => action)).toEqual([
      'teaching.case-requested',
      'teaching.case-prepared',
      'teaching.case-confirmed',
      'teaching.file-downloaded',
    ]);
  });

  it('can be cleaned again with rectangles, and leaves no file that nobody names', async () => {
    const caseId = await request(0);
    await prepare();
    const first = await caseOf(caseId);
    const regions = [{ x: 0.4, y: 0.4, width: 0.2, height: 0.2 }];
    const again = { dates: 'moved', masksCorners: false, regions, version: first.version };
    await send('PUT', `/cases/${caseId}/cleaning`, 'leader', again);
    expect(await codeOf('PUT', `/cases/${caseId}/cleaning`, 'leader', again)).toBe('TEACHING_STALE_VERSION');
    await prepare();
    const second = await caseOf(caseId);
    expect(second).toMatchObject({ state: 'prepared', regions, dates: 'moved' });
    expect(second.images[0]!.sopInstanceUid).not.toBe(first.images[0]!.sopInstanceUid);
    expect((await decide(caseId, 'refused')).statusCode).toBe(204);
    const [rows] = await test.asOwner<{ count: string }>('select count(*) from teaching_object');
    const onDisk = (await readdir(teachingFolder)).filter((name) => name.endsWith('.dcm'));
    expect(onDisk).toHaveLength(Number(rows!.count));
  });

  it('is refused without a grade, with words that name the patient, and when its bytes are gone', async () => {
    await test.asOwner(`update film set grade = null where film_id = $1`, [filmOf(2)]);
    expect(await codeOf('POST', '/cases', 'leader', { filmId: filmOf(2) })).toBe('TEACHING_FILM_NOT_GRADED');
    await test.asOwner(`update film set grade = 'A' where film_id = $1`, [filmOf(2)]);
    const named = { filmId: filmOf(1), explanation: `seen in ${patientName}` };
    expect(await codeOf('POST', '/cases', 'leader', named)).toBe('TEACHING_NAMES_PATIENT');
    expect(await codeOf('POST', '/cases', 'leader', { filmId: randomUUID() })).toBe('REVIEW_FILM_NOT_FOUND');
    expect((await ask('POST', '/cases', learner, { filmId: filmOf(1) })).statusCode).toBe(403);
    await test.asOwner(`insert into stored_object (hospital_id, object_id, sop_instance_uid, sha256, size_bytes,
      data_set_offset, transfer_syntax_uid, door, received_at) select hospital_id, 'gone', sop_instance_uid, sha256,
      size_bytes, data_set_offset, transfer_syntax_uid, door, received_at from stored_object limit 1`);
    const [before] = await test.asOwner<{ sop_instance_uid: string; object_id: string }>(
      `select i.sop_instance_uid, i.object_id from instance i join film f using (hospital_id, sop_instance_uid)
       where f.film_id = $1`,
      [filmOf(2)],
    );
    const point = 'update instance set object_id = $2 where sop_instance_uid = $1';
    await test.asOwner(point, [before!.sop_instance_uid, 'gone']);
    const caseId = await request(2);
    await prepare();
    expect(await caseOf(caseId)).toMatchObject({ state: 'failed', report: { failure: 'ARCHIVE_OBJECT_NOT_FOUND' } });
    expect((await decide(caseId, 'confirmed')).statusCode).toBe(409);
    await test.asOwner(point, [before!.sop_instance_uid, before!.object_id]);
  });

  it('arrives by itself when a meeting keeps it, once, cleaned as strictly as can be', async () => {
    const meetingId = randomUUID();
    await test.asOwner(
      `insert into meeting (hospital_id, meeting_id, title, leader_account_id, opened_at, join_code, decide_by)
       values ($1, $2, 'morning', $3, $4, 'code', 'leader')`,
      [test.hospitalId, meetingId, people['leader']!.accountId, clock.now()],
    );
    await test.asOwner(
      `delete from teaching_object where case_id in (select case_id from teaching_case where film_id = $1)`,
      [filmOf(2)],
    );
    await test.asOwner(`delete from teaching_case where film_id = $1`, [filmOf(2)]);
    await test.asOwner(
      `insert into meeting_film (hospital_id, meeting_id, number, film_id, is_kept_for_teaching) values ($1, $2, 1, $3, true)`,
      [test.hospitalId, meetingId, filmOf(2)],
    );
    await prepare();
    await prepare();
    const { items } = await send<{ items: TeachingCaseRow[] }>('GET', '/cases?state=prepared', 'leader');
    const arrived = items.filter(({ isFromMeeting }) => isFromMeeting);
    expect(arrived).toHaveLength(1);
    const detail = await caseOf(arrived[0]!.caseId);
    expect(detail).toMatchObject({ masksCorners: true, dates: 'removed', keepsCharacteristics: false });
    expect(
      (await send<{ items: TeachingCaseRow[] }>('GET', '/cases', learner)).items.some((one) => one.isFromMeeting),
    ).toBe(false);
  });
});

describe('collections and search', () => {
  it('take confirmed cases only, and find them by grade, defect, tag, text and collection', async () => {
    const caseId = await ready(0);
    await send('PUT', `/cases/${caseId}/words`, 'leader', {
      ...{ title: 'apex cut', explanation: 'the apex is cut off', tags: ['chest'] },
      version: (await caseOf(caseId)).version,
    });
    const { collectionId } = await send<{ collectionId: string }>('POST', '/collections', 'leader', { name: 'Chest' });
    expect(await codeOf('POST', '/collections', 'leader', { name: 'Chest' })).toBe('TEACHING_NAME_TAKEN');
    expect((await ask('POST', '/collections', learner, { name: 'Mine' })).statusCode).toBe(403);
    const waiting = await request(1);
    const path = `/collections/${collectionId}/cases`;
    expect(await codeOf('PUT', `${path}/${waiting}`, 'leader')).toBe('TEACHING_WRONG_STATE');
    await send('PUT', `${path}/${caseId}`, 'leader');
    const found = async (query: string): Promise<string[]> =>
      (await send<{ items: TeachingCaseRow[] }>('GET', `/cases?${query}`, learner)).items.map((one) => one.caseId);
    for (const query of ['grade=C', 'defect=D03', 'tag=chest', 'text=APEX', `collectionId=${collectionId}`])
      expect(await found(query), query).toEqual([caseId]);
    for (const query of ['defect=D99', 'tag=knee', 'text=nothing', 'grade=reject'])
      expect(await found(query)).toEqual([]);
  });
});

describe('a quiz', () => {
  it('is judged blind, compared with the reference and explained, and keeps a history', async () => {
    const caseIds = [await ready(0), await ready(1)];
    const { collectionId } = await send<{ collectionId: string }>('POST', '/collections', 'leader', { name: 'Quiz' });
    expect(await codeOf('POST', `/collections/${collectionId}/attempts`, learner)).toBe('TEACHING_COLLECTION_EMPTY');
    for (const caseId of caseIds) await send('PUT', `/collections/${collectionId}/cases/${caseId}`, 'leader');
    const { attemptId } = await send<{ attemptId: string }>('POST', `/collections/${collectionId}/attempts`, learner);
    const blind = await caseOf(caseIds[0]!, learner);
    expect(blind).toMatchObject({ grade: null, defects: [], explanation: '', isUnanswered: true, title: '' });
    const byGrade = await send<{ items: TeachingCaseRow[] }>('GET', '/cases?grade=C&tag=none', learner);
    expect(byGrade.items).toEqual([]);
    const answers = `/attempts/${attemptId}/answers`;
    const first = { caseId: caseIds[0], grade: 'B', defects: ['D03', 'D09'] };
    const answer = await send<TeachingAnswer>('POST', answers, learner, first);
    expect(answer).toMatchObject({ points: 50, found: ['D03'], missed: [], extra: ['D09'] });
    expect(answer.reference).toEqual({ grade: 'C', defects: ['D03'], explanation: 'the apex is cut off' });
    expect(await codeOf('POST', answers, learner, first)).toBe('TEACHING_ANSWERED');
    expect(await codeOf('POST', answers, other, { ...first, caseId: caseIds[1] })).toBe('TEACHING_ATTEMPT_NOT_FOUND');
    expect((await caseOf(caseIds[0]!, learner)).grade).toBe('C');
    await send('POST', answers, learner, { caseId: caseIds[1], grade: 'A', defects: [] });
    const run = await send<TeachingAttempt>('GET', `/attempts/${attemptId}`, learner);
    expect(run).toMatchObject({ answered: 2, cases: 2, points: 75 });
    expect(run.finishedAt).not.toBeNull();
    expect(await codeOf('POST', answers, learner, first)).toBe('TEACHING_ANSWERED');
  });

  it('shows its results to the person and to the leader, and to nobody else', async () => {
    const list = async (who: string): Promise<string[]> =>
      (await send<{ items: TeachingAttemptRow[] }>('GET', '/attempts', who)).items.map(({ personName }) => personName);
    expect(await list(learner)).toEqual(['learner']);
    expect(await list('leader')).toEqual(['learner']);
    expect(await list(other)).toEqual([]);
    const [run] = (await send<{ items: TeachingAttemptRow[] }>('GET', '/attempts', learner)).items;
    expect(await codeOf('GET', `/attempts/${run!.attemptId}`, other)).toBe('TEACHING_ATTEMPT_NOT_FOUND');
    expect((await ask('GET', '/attempts', 'other:review.read' satisfies `other:${Permission}`)).statusCode).toBe(403);
    expect(await codeOf('GET', `/attempts/${run!.attemptId}`, 'second')).toBe('TEACHING_ATTEMPT_NOT_FOUND');
  });
});

import type { ReadingRequest } from '@jiapian/contract';
import { fixedClock, type ErrorCode } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader, type ExamSeed } from '../../../../test/testkit/src/register-exam.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { correctPosition } from '../review/correct-position.ts';
import { lockFilm } from '../review/lock-film.ts';
import { makeFilms } from '../review/make-films.ts';
import type { Reader } from '../review/reader.ts';
import { saveReading } from '../review/save-reading.ts';
import { undoReading } from '../review/undo-reading.ts';
import { decideHold } from './decide-hold.ts';
import { judgeExam, unjudgeExam } from './judge-exam.ts';
import { releaseExam } from './release-exam.ts';
import { runClock } from './run-clock.ts';

let test: TestDatabase;
let reader: Reader;
let other: Reader;
const start = new Date('2026-11-24T02:00:00Z');
let clock = fixedClock(start);
const by = { accountId: null, actor: 'test' };
const silent = { publishWith: async () => undefined } as never;

beforeAll(async () => {
  test = await startTestDatabase();
  reader = await registerReader(test, 'leader');
  other = await registerReader(test, 'second');
});
afterAll(() => test.stop());
beforeEach(async () => {
  clock = fixedClock(start);
  await test.asOwner(
    `truncate forward, repeat_order, reading, reading_draft, film_lock, film, gate, destination, job cascade`,
  );
  await test.asOwner(
    `insert into destination (hospital_id, destination_id, name, kind, ae_title, host, port)
     values ($1, gen_random_uuid(), 'PACS', 'dimse', 'PACS', 'localhost', 104)`,
    [test.hospitalId],
  );
});

const within = <Value>(work: (unit: UnitOfWork) => Promise<Value>) => test.database.withHospital(test.hospitalId, work);

const arrive = async (seed: ExamSeed = {}) => {
  const exam = await registerExam(test, seed);
  await within((unit) => makeFilms(unit, clock, exam.examId));
  await within((unit) => decideHold(unit, clock, exam.examId));
  const films = await test.asOwner<{ film_id: string; position_code: string | null; kind: string }>(
    `select film_id, position_code, kind from film where exam_id = $1 order by sop_instance_uid`,
    [exam.examId],
  );
  return { ...exam, films };
};

const gateOf = async (examId: string) => {
  const rows = await test.asOwner<{ state: string; release_reason: string | null; hold_until: Date | null }>(
    `select state, release_reason, hold_until from gate where exam_id = $1`,
    [examId],
  );
  return rows[0];
};

const forwardsOf = async (examId: string) =>
  (
    await test.asOwner<{ uid: string }>(
      `select sop_instance_uid as uid from forward where exam_id = $1 and state = 'queued' order by 1`,
      [examId],
    )
  ).map((row) => row.uid);

const request = async (filmId: string, over: Partial<ReadingRequest> = {}): Promise<ReadingRequest> => {
  const [film] = await test.asOwner<{ version: number }>(`select version from film where film_id = $1`, [filmId]);
  return {
    marks: [],
    conditionsNotMet: [],
    places: [],
    note: '',
    grade: 'A',
    overrideReason: '',
    reject: null,
    filmVersion: film?.version ?? 0,
    standardVersion: 1,
    secondsSpent: 9,
    ...over,
  };
};

const grade = async (examId: string, filmId: string, over: Partial<ReadingRequest> = {}, who = reader) => {
  await within((unit) => lockFilm(unit, clock, who, filmId));
  const asked = await request(filmId, over);
  const { readingId } = await within((unit) => saveReading(unit, clock, who, by, filmId, asked));
  await within((unit) => judgeExam(unit, clock, { examId, filmId, readingId }));
  return readingId;
};

const rejected = (accessionNumber: string): Partial<ReadingRequest> => ({
  grade: 'reject',
  marks: [{ code: 'D01-side', step: 1 }],
  reject: { reasonCode: '111209', affectsDiagnosis: 'repeat', confirmation: accessionNumber.slice(-4) },
});

describe('a film on its way through the gate', () => {
  it('is held with a clock of 15 minutes, and leaves when it is graded', async () => {
    const exam = await arrive();
    expect(await gateOf(exam.examId)).toEqual({
      state: 'held',
      release_reason: null,
      hold_until: new Date('2026-11-24T02:15:00Z'),
    });
    expect(exam.films[0]?.position_code).toBe('CH01');
    await grade(exam.examId, exam.films[0]!.film_id);
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'released', release_reason: 'graded' });
    expect(await forwardsOf(exam.examId)).toEqual(exam.sopInstanceUids);
  });

  it('says on the time line that a film was graded, and not how', async () => {
    const { examId, films } = await arrive();
    await grade(examId, films[0]!.film_id);
    const events = await test.asOwner(`select facts from exam_event where exam_id = $1 and event = 'film.graded'`, [
      examId,
    ]);
    expect(events).toEqual([{ facts: { filmId: films[0]!.film_id } }]);
  });

  it('waits for every film of the exam', async () => {
    const exam = await arrive({ images: 2 });
    await grade(exam.examId, exam.films[0]!.film_id);
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'held' });
    await grade(exam.examId, exam.films[1]!.film_id);
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'released' });
  });

  it('takes the position that a person corrected, from the same device and words only', async () => {
    const seed = { bodyPart: 'THORAX-X', viewPosition: '' };
    const first = await arrive(seed);
    expect(first.films[0]?.position_code).toBeNull();
    const correction = { positionCode: 'CH03', laterality: null, remember: true };
    await within((unit) => correctPosition(unit, clock, by, first.films[0]!.film_id, correction));
    const second = await registerExam(test, seed);
    await test.asOwner(`update exam set device_id = $1 where exam_id = $2`, [first.deviceId, second.examId]);
    const third = await registerExam(test, seed);
    for (const { examId } of [second, third]) await within((unit) => makeFilms(unit, clock, examId));
    const positionOf = async (examId: string) =>
      (await test.asOwner(`select position_code, position_source from film where exam_id = $1`, [examId]))[0];
    expect(await positionOf(second.examId)).toEqual({ position_code: 'CH03', position_source: 'remembered' });
    expect(await positionOf(third.examId)).toEqual({ position_code: null, position_source: 'unknown' });
  });

  it('reviews CT as one exam, whatever its images', async () => {
    const exam = await arrive({ modality: 'CT', images: 5 });
    expect(exam.films).toMatchObject([{ kind: 'exam' }]);
    // The film of one exam says nothing about the next.
    expect((await arrive({ images: 2 })).films).toMatchObject([{ kind: 'image' }, { kind: 'image' }]);
  });

  it.each([
    ['an emergency device', 'emergency', 'emergency'],
    ['a device nobody has named', null, 'unnamed-device'],
  ] as const)('is never held when it comes from %s', async (_, priorityClass, reason) => {
    const exam = await arrive({ priorityClass });
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'released', release_reason: reason });
    expect(await forwardsOf(exam.examId)).toHaveLength(1);
  });

  it('leaves unread when its time is up, not a moment earlier, and stays in the queue as 漏评', async () => {
    const exam = await arrive({ holdMinutes: 3 });
    clock.advanceMs(3 * 60_000 - 1);
    await runClock(test.database, clock, silent);
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'held' });
    clock.advanceMs(1);
    await runClock(test.database, clock, silent);
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'released', release_reason: 'missed' });
    const [film] = await test.asOwner(`select state, is_missed_review from film where exam_id = $1`, [exam.examId]);
    expect(film).toEqual({ state: 'waiting', is_missed_review: true });
    await grade(exam.examId, exam.films[0]!.film_id);
    const [late] = await test.asOwner(`select is_late from reading where film_id = $1`, [exam.films[0]!.film_id]);
    expect(late).toEqual({ is_late: true });
  });

  it('stays here when it is 废, opens a repeat order, and does not hold back the other film', async () => {
    const exam = await arrive({ images: 2 });
    // Another view: a second film of the same one would be the repeat.
    await test.asOwner(`update film set position_code = 'CH02' where film_id = $1`, [exam.films[1]!.film_id]);
    await grade(exam.examId, exam.films[0]!.film_id, rejected(exam.accessionNumber));
    await grade(exam.examId, exam.films[1]!.film_id);
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'released', release_reason: 'graded' });
    expect(await forwardsOf(exam.examId)).toEqual([exam.sopInstanceUids[1]]);
    const orders = await test.asOwner(`select reason_code, state from repeat_order where exam_id = $1`, [exam.examId]);
    expect(orders).toEqual([{ reason_code: '111209', state: 'open' }]);
  });

  it('is returned, and nothing leaves, when every film is 废', async () => {
    const exam = await arrive();
    await grade(exam.examId, exam.films[0]!.film_id, rejected(exam.accessionNumber));
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'returned' });
    expect(await forwardsOf(exam.examId)).toEqual([]);
  });

  it('is held again when its 废 is taken back, and the repeat order with it', async () => {
    const exam = await arrive();
    const readingId = await grade(exam.examId, exam.films[0]!.film_id, rejected(exam.accessionNumber));
    const { filmId } = await within((unit) => undoReading(unit, clock, reader, by));
    await within((unit) => unjudgeExam(unit, clock, { examId: exam.examId, filmId, readingId }));
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'held' });
    expect(await test.asOwner(`select state from repeat_order where exam_id = $1`, [exam.examId])).toEqual([
      { state: 'cancelled' },
    ]);
    const acts = await test.asOwner(`select act from reading where film_id = $1 order by act`, [filmId]);
    expect(acts).toEqual([{ act: 'grade' }, { act: 'withdrawal' }]);
  });

  it('is held anew with a whole clock, however long it lay returned', async () => {
    const exam = await arrive();
    const readingId = await grade(exam.examId, exam.films[0]!.film_id, rejected(exam.accessionNumber));
    clock.advanceMs(60 * 60_000);
    const { filmId } = await within((unit) => undoReading(unit, clock, reader, by));
    await within((unit) => unjudgeExam(unit, clock, { examId: exam.examId, filmId, readingId }));
    await runClock(test.database, clock, silent);
    expect(await gateOf(exam.examId)).toMatchObject({
      state: 'held',
      hold_until: new Date(clock.now().getTime() + 15 * 60_000),
    });
  });

  it('does not leave by a word while it is 废, and leaves when it is graded better', async () => {
    const exam = await arrive();
    const filmId = exam.films[0]!.film_id;
    await grade(exam.examId, filmId, rejected(exam.accessionNumber));
    await expect(within((unit) => releaseExam(unit, clock, by, exam.examId, '急'))).rejects.toMatchObject({
      code: 'RELEASE_ILLEGAL',
    });
    await grade(exam.examId, filmId);
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'released' });
    expect(await forwardsOf(exam.examId)).toEqual(exam.sopInstanceUids);
  });

  it('follows to the PACS when it is graded better after the rest of its exam has left', async () => {
    const exam = await arrive({ images: 2 });
    await grade(exam.examId, exam.films[0]!.film_id, rejected(exam.accessionNumber));
    await grade(exam.examId, exam.films[1]!.film_id);
    expect(await forwardsOf(exam.examId)).toEqual([exam.sopInstanceUids[1]]);
    await grade(exam.examId, exam.films[0]!.film_id);
    expect(await forwardsOf(exam.examId)).toEqual(exam.sopInstanceUids);
  });

  it('counts as 漏评 when its grade is taken back after it has left', async () => {
    const exam = await arrive();
    const readingId = await grade(exam.examId, exam.films[0]!.film_id);
    const { filmId } = await within((unit) => undoReading(unit, clock, reader, by));
    await within((unit) => unjudgeExam(unit, clock, { examId: exam.examId, filmId, readingId }));
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'released' });
    const [film] = await test.asOwner(`select state, is_missed_review, grade from film where film_id = $1`, [filmId]);
    expect(film).toEqual({ state: 'waiting', is_missed_review: true, grade: null });
  });

  it('leaves at once by a word and a reason, and only once', async () => {
    const exam = await arrive();
    await within((unit) => releaseExam(unit, clock, by, exam.examId, '手术等片'));
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'released', release_reason: 'by-person' });
    const [film] = await test.asOwner(`select is_missed_review from film where exam_id = $1`, [exam.examId]);
    expect(film).toEqual({ is_missed_review: true });
    await expect(within((unit) => releaseExam(unit, clock, by, exam.examId, 'again'))).rejects.toMatchObject({
      code: 'RELEASE_ILLEGAL',
    });
  });
});

describe('a grade is refused', () => {
  it('for the own film', async () => {
    const exam = await arrive({ technologistId: reader.staffId });
    await expect(within((unit) => lockFilm(unit, clock, reader, exam.films[0]!.film_id))).rejects.toMatchObject({
      code: 'REVIEW_OWN_FILM',
    });
  });

  it('while somebody else grades, until the lock has run out', async () => {
    const exam = await arrive();
    const filmId = exam.films[0]!.film_id;
    await within((unit) => lockFilm(unit, clock, other, filmId));
    await expect(within((unit) => lockFilm(unit, clock, reader, filmId))).rejects.toMatchObject({
      code: 'REVIEW_FILM_LOCKED',
      facts: { holder: 'second' },
    });
    clock.advanceMs(90_000);
    await within((unit) => lockFilm(unit, clock, reader, filmId));
  });

  it('while somebody else holds the lock, and not because the own one has run out', async () => {
    const exam = await arrive();
    const filmId = exam.films[0]!.film_id;
    const asked = await request(filmId);
    await within((unit) => lockFilm(unit, clock, other, filmId));
    await expect(within((unit) => saveReading(unit, clock, reader, by, filmId, asked))).rejects.toMatchObject({
      code: 'REVIEW_FILM_LOCKED',
    });
    clock.advanceMs(90_000);
    await within((unit) => saveReading(unit, clock, reader, by, filmId, asked));
  });

  it.each([
    ['below 甲 without a defect', { grade: 'B' }, 'REVIEW_DEFECT_REQUIRED'],
    ['废 without a reason', { grade: 'reject', marks: [{ code: 'D01-side', step: 1 }] }, 'REVIEW_REASON_REQUIRED'],
    [
      '废 with a wrong confirmation',
      { ...rejected('0000'), reject: { reasonCode: '111209', affectsDiagnosis: 'repeat', confirmation: 'zzzz' } },
      'REVIEW_CONFIRMATION_REQUIRED',
    ],
    ['a film that has moved on', { filmVersion: 99 }, 'REVIEW_STALE_VERSION'],
    ['another standard', { standardVersion: 99 }, 'REVIEW_STALE_VERSION'],
  ] as [string, Partial<ReadingRequest>, ErrorCode][])('for %s', async (_, over, code) => {
    const exam = await arrive();
    const filmId = exam.films[0]!.film_id;
    await within((unit) => lockFilm(unit, clock, reader, filmId));
    const asked = await request(filmId, over);
    await expect(within((unit) => saveReading(unit, clock, reader, by, filmId, asked))).rejects.toMatchObject({ code });
  });

  it('to another hospital, which does not even see the film', async () => {
    const exam = await arrive();
    const attempt = test.database.withHospital(test.otherHospitalId, (unit) =>
      lockFilm(unit, clock, reader, exam.films[0]!.film_id),
    );
    await expect(attempt).rejects.toMatchObject({ code: 'REVIEW_FILM_NOT_FOUND' });
  });
});

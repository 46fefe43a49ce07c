import { randomUUID } from 'node:crypto';
import type { FilmRow, Meeting, MeetingCandidates, Minutes } from '@jiapian/contract';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { createLiveEvents } from '../platform/live-events.ts';
import { createReviewRoom } from './index.ts';
import { makeFilms } from './make-films.ts';

let test: TestDatabase;
let app: App;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
const people: Record<string, { accountId: string; staffId: string }> = {};
const names = ['leader', 'reader', 'taker', 'one', 'two', 'three'];

beforeAll(async () => {
  test = await startTestDatabase();
  for (const name of names) people[name] = await registerReader(test, name);
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

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const ask = async (method: Method, path: string, who: string, body?: object) => {
  const headers = { 'x-caller': who };
  const answer = await app.inject({ method, url: `/api/v1${path}`, headers, ...(body ? { payload: body } : {}) });
  return { status: answer.statusCode, body: (answer.body === '' ? null : answer.json()) as { code?: string } };
};
const send = async <Answer>(method: Method, path: string, who: string, body?: object): Promise<Answer> => {
  const answer = await ask(method, path, who, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body as Answer;
};

const newFilm = async (): Promise<FilmRow & { accessionNumber: string }> => {
  const exam = await registerExam(test, { technologistId: people['taker']?.staffId ?? null });
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
  const { items } = await send<{ items: FilmRow[] }>('GET', `/films?examId=${exam.examId}`, 'leader');
  return items[0] as FilmRow;
};
/** Graded 甲 by this person. */
const gradedBy = async (who: string): Promise<FilmRow & { readingId: string }> => {
  const film = await newFilm();
  const { reading } = await send<{ reading: { readingId: string } }>('POST', `/films/${film.filmId}/readings`, who, {
    ...{ marks: [], conditionsNotMet: [], places: [], note: '', grade: 'A', reject: null },
    ...{ filmVersion: film.version, standardVersion: 1, secondsSpent: 5 },
  });
  return { ...film, readingId: reading.readingId };
};
const openTask = (film: { filmId: string; readingId: string }, kind: 'arbitration' | 'appeal') =>
  test.asOwner(
    `insert into review_task (hospital_id, task_id, film_id, kind, first_reading_id, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [test.hospitalId, randomUUID(), film.filmId, kind, film.readingId, clock.now()],
  );
const meetingOf = async (filmIds: string[], decideBy = 'leader') => {
  const staffIds = names.map((name) => people[name]?.staffId);
  const body = { title: '周会', decideBy, filmIds, staffIds };
  const { meetingId } = await send<{ meetingId: string }>('POST', '/meetings', 'leader', body);
  const { attendees, joinCode } = await send<Meeting>('GET', `/meetings/${meetingId}`, 'leader');
  const join = async (name: string) => {
    const attendee = attendees.find((each) => each.name === name);
    return (await send<{ token: string }>('POST', `/join/${joinCode}`, 'nobody', attendee)).token;
  };
  const move = (phase: string, number = 1) => ask('PUT', `/meetings/${meetingId}/place`, 'leader', { number, phase });
  const vote = async (name: string, grade: string, reason = '') =>
    send('PUT', `/join/${joinCode}/vote`, 'nobody', { token: await join(name), number: 1, grade, reason });
  const decide = (decision: object, number = 1) =>
    ask('POST', `/meetings/${meetingId}/decision`, 'leader', {
      ...{ number, marks: [], note: '', overrideReason: '晨会议定', isKeptForTeaching: false, standardVersion: 1 },
      ...decision,
    });
  return { meetingId, joinCode, join, move, vote, decide };
};
const blurred = { grade: 'B', marks: [{ code: 'D03', step: 2 }] };

describe('what a meeting decides', () => {
  it('is a reading of its own kind that counts, and the people of the film hear of it', async () => {
    const film = await gradedBy('reader');
    const { decide } = await meetingOf([film.filmId]);
    expect((await decide(blurred)).status).toBe(200);
    const detail = await send<{ film: FilmRow; readings: { kind: string; grade: string }[] }>(
      'GET',
      `/films/${film.filmId}`,
      'reader',
    );
    expect(detail.film.grade).toBe('B');
    expect(detail.readings.map(({ kind, grade }) => [kind, grade])).toContainEqual(['meeting', 'B']);
    const told = await send<{ items: { kind: string; filmId: string }[] }>('GET', '/notices', 'taker');
    expect(told.items).toContainEqual(expect.objectContaining({ kind: 'ruling', filmId: film.filmId }));
  });

  it('settles an arbitration, but not by one who has read the film, unless most of the votes say so', async () => {
    const film = await gradedBy('leader');
    await openTask(film, 'arbitration');
    const candidates = await send<MeetingCandidates>('GET', '/meeting-candidates', 'leader');
    expect(candidates.films).toContainEqual(expect.objectContaining({ filmId: film.filmId, because: 'disputed' }));
    const { move, vote, decide } = await meetingOf([film.filmId]);
    expect((await decide(blurred)).body).toMatchObject({ code: 'REVIEW_READ_BEFORE' });
    await move('voting');
    for (const name of ['one', 'two']) await vote(name, 'B');
    await move('revealed');
    expect((await decide(blurred)).status).toBe(200);
    const after = await send<MeetingCandidates>('GET', '/meeting-candidates', 'leader');
    expect(after.films.map(({ filmId }) => filmId)).not.toContain(film.filmId);
  });

  it('waits while an appeal is open', async () => {
    const film = await gradedBy('reader');
    await openTask(film, 'appeal');
    const { decide } = await meetingOf([film.filmId]);
    expect((await decide(blurred)).body).toMatchObject({ code: 'REVIEW_UNDER_REVIEW' });
  });

  it('is refused like any reading: without a defect, a reason, a confirmation, or by an old standard', async () => {
    const film = await newFilm();
    const { decide } = await meetingOf([film.filmId]);
    const marks = [{ code: 'D03', step: 2 }];
    const reject = { reasonCode: '111207', affectsDiagnosis: 'repeat', confirmation: 'xxxx' };
    expect((await decide({ grade: 'B' })).body.code).toBe('REVIEW_DEFECT_REQUIRED');
    expect((await decide({ grade: 'C', marks, overrideReason: '' })).body.code).toBe('REVIEW_GRADE_NOT_BY_RULE');
    expect((await decide({ grade: 'B', marks: [{ code: 'none', step: 1 }] })).body.code).toBe('REVIEW_MARK_UNKNOWN');
    expect((await decide({ grade: 'reject', marks })).body.code).toBe('REVIEW_REASON_REQUIRED');
    expect((await decide({ grade: 'reject', marks, reject })).body.code).toBe('REVIEW_CONFIRMATION_REQUIRED');
    expect((await decide({ grade: 'A', standardVersion: 2 })).body.code).toBe('REVIEW_STALE_VERSION');
    const confirmation = film.accessionNumber.slice(-4);
    expect((await decide({ grade: 'reject', marks, reject: { ...reject, confirmation } })).status).toBe(200);
    expect((await decide({ grade: 'A' })).body.code).toBe('REVIEW_MEETING_ILLEGAL');
  });
});

describe('the course of a meeting', () => {
  it('shows no votes that were never cast, decides nothing during a vote, and votes on no decided film', async () => {
    const { move, decide } = await meetingOf([(await newFilm()).filmId, (await newFilm()).filmId]);
    expect((await move('revealed')).body.code).toBe('REVIEW_MEETING_ILLEGAL');
    await move('voting');
    expect((await decide({ grade: 'A' })).body.code).toBe('REVIEW_MEETING_ILLEGAL');
    expect((await move('revealed', 2)).body.code).toBe('REVIEW_MEETING_ILLEGAL');
    expect((await move('look', 3)).body.code).toBe('REVIEW_FILM_NOT_FOUND');
    await move('revealed');
    expect((await decide({ grade: 'A' })).status).toBe(200);
    expect((await move('voting')).body.code).toBe('REVIEW_MEETING_ILLEGAL');
    expect((await move('voting', 2)).status).toBe(200);
  });

  it('shows reasons without names after the votes, and keeps what the leader dictates in the minutes', async () => {
    const { meetingId, move, vote } = await meetingOf([(await newFilm()).filmId]);
    await move('voting');
    await vote('one', 'C', '吸气不足');
    expect(await send('GET', `/meetings/${meetingId}`, 'leader')).toMatchObject({ reasons: [], tally: null });
    await move('revealed');
    expect((await send<Meeting>('GET', `/meetings/${meetingId}`, 'leader')).reasons).toEqual([
      { grade: 'C', reason: '吸气不足' },
    ]);
    await send('POST', `/meetings/${meetingId}/notes`, 'leader', { text: '胸片统一口令' });
    expect((await ask('POST', `/meetings/${meetingId}/notes`, 'leader', { text: ' ' })).status).toBe(400);
    expect((await ask('POST', `/meetings/${meetingId}/notes`, 'reader', { text: 'x' })).body.code).toBe(
      'REVIEW_MEETING_NOT_FOUND',
    );
    await send('POST', `/meetings/${meetingId}/close`, 'leader');
    const minutes = await send<Minutes>('GET', `/meetings/${meetingId}/minutes`, 'leader');
    expect(minutes.notes).toMatchObject([{ number: 1, text: '胸片统一口令' }]);
  });

  it('changes nothing once it is closed, through any road', async () => {
    const { meetingId, joinCode, join, move, decide } = await meetingOf([(await newFilm()).filmId]);
    const token = await join('one');
    await move('voting');
    await send('POST', `/meetings/${meetingId}/close`, 'leader');
    expect((await move('revealed')).body.code).toBe('REVIEW_MEETING_CLOSED');
    expect((await decide({ grade: 'A' })).body.code).toBe('REVIEW_MEETING_CLOSED');
    for (const [method, path, body] of [
      ['POST', 'notes', { text: 'x' }],
      ['PUT', 'pointer', { place: null }],
      ['POST', 'close', {}],
      ['DELETE', `attendees/${randomUUID()}/phone`, undefined],
    ] as const) {
      expect((await ask(method, `/meetings/${meetingId}/${path}`, 'leader', body)).body.code, path).toBe(
        'REVIEW_MEETING_CLOSED',
      );
    }
    const body = { token, number: 1, grade: 'A' };
    expect((await ask('PUT', `/join/${joinCode}/vote`, 'nobody', body)).status).toBe(404);
    for (const table of ['meeting_film', 'meeting_attendee']) {
      const change = test.asOwner(`update ${table} set meeting_id = meeting_id where meeting_id = $1`, [meetingId]);
      await expect(change, table).rejects.toThrow('the meeting is closed');
    }
  });

  it('is led only with the right to arbitrate, and seen by nobody without its code', async () => {
    for (const path of ['/meetings', '/meeting-candidates', `/meetings/${randomUUID()}/events`]) {
      expect((await ask('GET', path, 'first:review.grade')).body.code, path).toBe('ACCESS_PERMISSION_MISSING');
      expect((await ask('GET', path, 'nobody')).status, path).toBe(401);
    }
    const unknown = 'a-code-that-nobody-has';
    expect((await ask('GET', `/join/${unknown}`, 'nobody')).body.code).toBe('REVIEW_MEETING_NOT_FOUND');
    const stream = `/join/${unknown}/events?token=a-token-of-nobody`;
    expect((await ask('GET', stream, 'nobody')).body.code).toBe('REVIEW_MEETING_NOT_FOUND');
    const { joinCode } = await meetingOf([(await newFilm()).filmId]);
    const foreign = `/join/${joinCode}/events?token=a-token-of-nobody`;
    expect((await ask('GET', foreign, 'nobody')).body.code).toBe('REVIEW_MEETING_NOT_FOUND');
  });

  it('begins only with films and people of this hospital', async () => {
    const [film, staffId] = [await newFilm(), people['one']?.staffId];
    const begin = (filmIds: string[], staffIds: unknown[], who = 'leader') =>
      ask('POST', '/meetings', who, { title: '晨会', decideBy: 'leader', filmIds, staffIds });
    expect((await begin([randomUUID()], [staffId])).body.code).toBe('REVIEW_FILM_NOT_FOUND');
    expect((await begin([film.filmId], [randomUUID()])).body.code).toBe('REVIEW_MEETING_LIST_INVALID');
    expect((await begin([film.filmId], [staffId], 'second')).body.code).toBe('REVIEW_FILM_NOT_FOUND');
    expect((await begin([], [staffId])).status).toBe(400);
  });
});

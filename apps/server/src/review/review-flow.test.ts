import type { FilmDetail, FilmRow, Notice, OwnFilm, TaskRow } from '@jiapian/contract';
import { fixedClock } from '@jiapian/kernel';
import { defaultReviewPolicy, defaultStandard, type ReviewPolicy } from '@jiapian/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader, type ExamSeed } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { createLiveEvents } from '../platform/live-events.ts';
import { createReviewRoom } from './index.ts';
import { makeFilms } from './make-films.ts';

// One department: a technologist, a trainee under a supervisor, four readers. Every road asks the real routes.
let test: TestDatabase;
let app: App;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
type Person = { accountId: string; staffId: string };
const people: Record<string, Person> = {};
const names = ['taker', 'trainee', 'supervisor', 'reader', 'colleague', 'arbiter', 'fourth'];

beforeAll(async () => {
  test = await startTestDatabase();
  for (const name of names) people[name] = await registerReader(test, name);
  const liveEvents = createLiveEvents(test.database);
  const room = createReviewRoom({ database: test.database, clock, liveEvents } as never);
  app = await startRoomHttp(test, (frame) => room.routes?.(frame), people);
  await policy({ secondShare: 1, repeatShare: 0 });
  await send('PUT', '/supervisions', 'arbiter', {
    traineeStaffId: people['trainee']?.staffId,
    supervisorStaffId: people['supervisor']?.staffId,
    fromDay: '2026-11-01',
  });
});
afterAll(async () => {
  await app.close();
  await test.stop();
});

const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, who: string, body?: unknown) => {
  const answer = await app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { 'x-caller': who },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? null : (answer.json() as never) };
};
const send = async <Answer>(...given: Parameters<typeof ask>): Promise<Answer> => {
  const { status, body } = await ask(...given);
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body as Answer;
};
const codeOf = async (...given: Parameters<typeof ask>): Promise<unknown> =>
  ((await ask(...given)).body as { code?: string } | null)?.code;

const policy = async (doubleReading: ReviewPolicy['doubleReading'], given: Partial<ReviewPolicy> = {}) => {
  const { version } = await send<{ version: number }>('GET', '/review-policy', 'arbiter');
  const content = { ...defaultReviewPolicy, ...given, doubleReading };
  await send('PUT', '/review-policy', 'arbiter', { content, basedOn: version });
};

const film = async (by: string | null = 'taker', seed: ExamSeed = {}): Promise<FilmRow> => {
  const technologistId = by === null ? null : (people[by]?.staffId ?? null);
  const exam = await registerExam(test, { technologistId, ...seed });
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
  const { items } = await send<{ items: FilmRow[] }>('GET', `/films?examId=${exam.examId}`, 'fourth');
  return items[0]!;
};

const rotated = [{ code: 'D03', step: 2 }];
const sheet = (grade: 'A' | 'B' | 'C' | 'reject', marks: { code: string; step: number }[]) => ({
  marks,
  conditionsNotMet: [],
  places: [],
  note: '',
  grade,
  overrideReason: 'as seen',
  standardVersion: defaultStandard.version,
  secondsSpent: 9,
});
const grade = async (who: string, one: FilmRow, given: Parameters<typeof sheet>) => {
  clock.advanceMs(1000);
  const { film: now } = await send<FilmDetail>('GET', `/films/${one.filmId}`, who);
  return ask('POST', `/films/${one.filmId}/readings`, who, {
    ...sheet(...given),
    reject: null,
    filmVersion: now.version,
  });
};
const tasksOf = async (who: string, filmId: string): Promise<TaskRow[]> =>
  (await send<{ items: TaskRow[] }>('GET', '/review-tasks', who)).items.filter((task) => task.filmId === filmId);
const readTask = async (who: string, filmId: string, given: Parameters<typeof sheet>, more: object = {}) => {
  const [task] = await tasksOf(who, filmId);
  clock.advanceMs(1000);
  return ask('POST', `/review-tasks/${task?.taskId}/reading`, who, { ...sheet(...given), ...more });
};
const rowOf = async (who: string, filmId: string) => (await send<FilmDetail>('GET', `/films/${filmId}`, who)).film;
const noticesOf = async (who: string) => (await send<{ items: Notice[] }>('GET', '/notices', who)).items;
const ownFilm = async (who: string, filmId: string) =>
  (await send<{ items: OwnFilm[] }>('GET', '/own-films?fromDay=2026-11-01&toDay=2026-12-31', who)).items.find(
    (one) => one.film.filmId === filmId,
  );

describe('a film that is read twice', () => {
  it('hides the first grade from everybody who has not read it, and device and people from the second reader', async () => {
    const one = await film();
    await grade('reader', one, ['A', []]);
    expect(await rowOf('colleague', one.filmId)).toMatchObject({ grade: null, score: null, isGradeMasked: true });
    expect(await rowOf('reader', one.filmId)).toMatchObject({ grade: 'A', isGradeMasked: false });
    const [task] = await tasksOf('colleague', one.filmId);
    const blind = await send<FilmDetail>('GET', `/review-tasks/${task?.taskId}`, 'colleague');
    expect(blind).toMatchObject({
      readings: [],
      technologistName: null,
      examGrade: { grade: null },
      task: { kind: 'second', depth: 'blind' },
      film: { deviceName: null, roomName: null, accessionNumber: '', patientName: '', grade: null, state: 'waiting' },
    });
    expect(blind.headerFacts.filter(({ keyword }) => /station|institution|manufacturer/i.test(keyword))).toEqual([]);
  });

  it('keeps the first grade when the two agree, and both then see it', async () => {
    const one = await film();
    await grade('reader', one, ['A', []]);
    const saved = await readTask('colleague', one.filmId, ['A', []]);
    expect(saved).toMatchObject({ status: 201, body: { disagreements: [], other: { grade: 'A', score: 100 } } });
    expect(await rowOf('fourth', one.filmId)).toMatchObject({ grade: 'A', isGradeMasked: false });
    expect(await tasksOf('arbiter', one.filmId)).toEqual([]);
  });

  it('is read by nobody who has read it, and by one person only', async () => {
    const one = await film();
    await grade('reader', one, ['A', []]);
    expect(await tasksOf('reader', one.filmId)).toEqual([]);
    const [task] = await tasksOf('colleague', one.filmId);
    const path = `/review-tasks/${task?.taskId}/reading`;
    expect(await codeOf('POST', path, 'reader', sheet('A', []))).toBe('REVIEW_READ_BEFORE');
    const both = await Promise.all(['colleague', 'fourth'].map((who) => ask('POST', path, who, sheet('A', []))));
    expect(both.map(({ status }) => status).sort((one, other) => one - other)).toEqual([201, 409]);
  });

  it('is read no more once the first grade was taken back', async () => {
    const one = await film();
    await grade('reader', one, ['A', []]);
    const [task] = await tasksOf('colleague', one.filmId);
    await send('POST', '/films/undo', 'reader');
    expect(await codeOf('POST', `/review-tasks/${task?.taskId}/reading`, 'colleague', sheet('A', []))).toBe(
      'REVIEW_TASK_CLOSED',
    );
  });
});

describe('two readings too far apart', () => {
  it('go to a third reader, who sees both sheets without names, and whose ruling is the grade', async () => {
    const one = await film();
    await grade('reader', one, ['A', []]);
    const saved = await readTask('colleague', one.filmId, ['C', [...rotated, { code: 'D05', step: 2 }]]);
    expect(saved.body).toMatchObject({ disagreements: ['grade', 'points'] });
    expect(await tasksOf('reader', one.filmId)).toEqual([]);
    const [task] = await tasksOf('arbiter', one.filmId);
    const detail = await send<FilmDetail>('GET', `/review-tasks/${task?.taskId}`, 'arbiter');
    expect(detail.readings.map(({ readerName, isMine }) => [readerName, isMine])).toEqual([
      ['', false],
      ['', false],
    ]);
    expect(await codeOf('POST', '/films/undo', 'reader')).toBe('REVIEW_UNDER_REVIEW');
    expect((await readTask('arbiter', one.filmId, ['B', rotated])).status).toBe(201);
    expect(await rowOf('fourth', one.filmId)).toMatchObject({ grade: 'B', state: 'graded' });
    for (const who of ['reader', 'colleague', 'taker']) {
      expect((await noticesOf(who))[0]).toMatchObject({ kind: 'ruling', filmId: one.filmId, facts: { after: 'B' } });
    }
  });

  it('are settled by nobody without the right', async () => {
    const one = await film();
    await grade('reader', one, ['A', []]);
    await readTask('colleague', one.filmId, ['C', [...rotated, { code: 'D05', step: 2 }]]);
    const [task] = await tasksOf('arbiter', one.filmId);
    const without = await ask(
      'POST',
      `/review-tasks/${task?.taskId}/reading`,
      'fourth:review.grade',
      sheet('B', rotated),
    );
    expect(without.status).toBe(404);
  });
});

describe('an own film', () => {
  it.each(['taker', 'trainee', 'supervisor'])('is graded by %s through no road', async (who) => {
    const takenBy = who === 'supervisor' ? 'trainee' : who;
    const one = await film(takenBy);
    const { version } = await rowOf(who, one.filmId);
    const single = { ...sheet('A', []), reject: null, filmVersion: version };
    expect(await codeOf('POST', `/films/${one.filmId}/readings`, who, single)).toBe('REVIEW_OWN_FILM');
    expect(await codeOf('POST', `/films/${one.filmId}/lock`, who)).toBe('REVIEW_OWN_FILM');
    const bulk = { filmIds: [one.filmId], standardVersion: 1 };
    const refused = { filmIds: [], refused: [{ filmId: one.filmId, because: 'own' }] };
    expect(await send('POST', '/films/bulk', who, bulk)).toEqual(refused);
    await grade('reader', one, ['A', []]);
    expect(await tasksOf(who, one.filmId)).toEqual([]);
    const [second] = await tasksOf('colleague', one.filmId);
    const task = `/review-tasks/${second?.taskId}`;
    expect(await codeOf('GET', task, who)).toBe('REVIEW_OWN_FILM');
    expect(await codeOf('POST', `${task}/reading`, who, sheet('A', []))).toBe('REVIEW_OWN_FILM');
    await readTask('colleague', one.filmId, ['C', [...rotated, { code: 'D05', step: 2 }]]);
    const [third] = await tasksOf('arbiter', one.filmId);
    expect(await codeOf('POST', `/review-tasks/${third?.taskId}/reading`, who, sheet('A', []))).toBe('REVIEW_OWN_FILM');
    expect(await rowOf('arbiter', one.filmId)).toMatchObject({ isGradeMasked: true });
  });

  it('is never the next film of the queue', async () => {
    const one = await film('supervisor');
    const other = await film(null);
    const next = await send<{ filmIds: string[] }>('GET', `/films/${other.filmId}/next?list=waiting`, 'supervisor');
    expect(next.filmIds).not.toContain(one.filmId);
  });

  it('shows its grade and reasons to the person at once, without the reader', async () => {
    const one = await film('trainee');
    await grade('reader', one, ['B', rotated]);
    for (const [who, isOfTrainee] of [
      ['trainee', false],
      ['supervisor', true],
    ] as const) {
      const own = await ownFilm(who, one.filmId);
      expect(own).toMatchObject({ isOfTrainee, film: { grade: 'B' }, reading: { marks: rotated, readerName: '' } });
    }
    expect(await ownFilm('taker', one.filmId)).toBeUndefined();
  });
});

describe('an appeal', () => {
  const appealed = async () => {
    const one = await film();
    await grade('reader', one, ['B', rotated]);
    await send('POST', `/films/${one.filmId}/appeal`, 'taker', { reason: 'the clavicles are level' });
    return one;
  };

  it('is decided by somebody who cannot see the first grade; the grade follows, both are told, the history stays', async () => {
    const one = await appealed();
    expect((await noticesOf('reader'))[0]).toMatchObject({ kind: 'appeal-opened', filmId: one.filmId });
    expect(await tasksOf('reader', one.filmId)).toEqual([]);
    const [task] = await tasksOf('colleague', one.filmId);
    expect(task?.kind).toBe('appeal');
    const detail = await send<FilmDetail>('GET', `/review-tasks/${task?.taskId}`, 'colleague');
    expect(detail).toMatchObject({ readings: [], film: { grade: null, score: null } });
    expect((await readTask('colleague', one.filmId, ['A', []])).status).toBe(201);
    expect(await rowOf('fourth', one.filmId)).toMatchObject({ grade: 'A', score: 100 });
    const own = await ownFilm('taker', one.filmId);
    expect(own?.appeal).toMatchObject({ state: 'changed', gradeBefore: 'B', gradeAfter: 'A' });
    for (const who of ['taker', 'reader']) {
      expect((await noticesOf(who))[0]).toMatchObject({ kind: 'appeal-decided', facts: { before: 'B', after: 'A' } });
    }
    const { readings } = await send<FilmDetail>('GET', `/films/${one.filmId}`, 'fourth');
    expect(readings.map(({ kind, grade: given }) => [kind, given])).toEqual([
      ['appeal', 'A'],
      ['first', 'B'],
    ]);
  });

  it('is upheld when the second reader comes to the same', async () => {
    const one = await appealed();
    await readTask('colleague', one.filmId, ['B', rotated]);
    expect((await ownFilm('taker', one.filmId))?.appeal).toMatchObject({ state: 'upheld', gradeAfter: 'B' });
  });

  it('is refused for somebody else’s film, a second time, and by a reader meanwhile grading anew', async () => {
    const one = await appealed();
    const body = { reason: 'again' };
    expect(await codeOf('POST', `/films/${one.filmId}/appeal`, 'taker', body)).toBe('REVIEW_APPEAL_CLOSED');
    expect(await codeOf('POST', `/films/${one.filmId}/appeal`, 'colleague', body)).toBe('REVIEW_NOT_OWN_FILM');
    expect(((await grade('fourth', one, ['A', []])).body as unknown as { code: string }).code).toBe(
      'REVIEW_UNDER_REVIEW',
    );
    expect((await ask('POST', `/films/${one.filmId}/appeal`, 'taker', { reason: ' ' })).status).toBe(400);
  });

  it('is taken back by whoever made it, and by nobody else', async () => {
    const one = await appealed();
    const appealId = (await ownFilm('taker', one.filmId))?.appeal?.appealId;
    expect(await codeOf('DELETE', `/appeals/${appealId}`, 'colleague')).toBe('REVIEW_NOT_OWN_FILM');
    await send('DELETE', `/appeals/${appealId}`, 'taker');
    expect(await tasksOf('colleague', one.filmId)).toEqual([]);
    expect(await rowOf('fourth', one.filmId)).toMatchObject({ grade: 'B', isGradeMasked: false });
  });

  it('is open to the last moment of its window, and not after', async () => {
    const [inside, outside] = [await film(), await film()];
    // A second apart: the later one is then at the border, the earlier one just behind it.
    for (const one of [outside, inside]) await grade('reader', one, ['B', rotated]);
    const days = defaultReviewPolicy.appealWindowDays;
    clock.advanceMs(days * 86_400_000);
    await send('POST', `/films/${inside.filmId}/appeal`, 'taker', { reason: 'in time' });
    const late = { reason: 'too late' };
    expect(await codeOf('POST', `/films/${outside.filmId}/appeal`, 'taker', late)).toBe('REVIEW_APPEAL_CLOSED');
    expect((await ownFilm('taker', outside.filmId))?.acknowledgedAt).toBeNull();
    await send('POST', `/films/${outside.filmId}/acknowledgement`, 'taker');
    expect((await ownFilm('taker', outside.filmId))?.acknowledgedAt).not.toBeNull();
    expect(await codeOf('POST', `/films/${outside.filmId}/acknowledgement`, 'reader')).toBe('REVIEW_NOT_OWN_FILM');
  });
});

describe('a film shown to the same reader again', () => {
  it('comes back after a week, without the own first grade, and changes no grade', async () => {
    await policy({ secondShare: 0, repeatShare: 1 });
    const one = await film();
    await grade('reader', one, ['A', []]);
    expect(await tasksOf('reader', one.filmId)).toEqual([]);
    clock.advanceMs(7 * 86_400_000);
    expect(await rowOf('reader', one.filmId)).toMatchObject({ grade: null, isGradeMasked: true });
    expect(await tasksOf('colleague', one.filmId)).toEqual([]);
    expect((await readTask('reader', one.filmId, ['B', rotated])).body).toMatchObject({ other: { grade: 'A' } });
    expect(await rowOf('reader', one.filmId)).toMatchObject({ grade: 'A' });
  });
});

describe('甲 for a list', () => {
  it('says before what it will do, does it film by film, and can be taken back', async () => {
    await policy({ secondShare: 0, repeatShare: 0 });
    const [one, other, graded] = [await film(), await film(), await film()];
    await grade('reader', graded, ['B', rotated]);
    const body = { filmIds: [one.filmId, other.filmId, graded.filmId], standardVersion: 1 };
    const expected = { filmIds: [one.filmId, other.filmId], refused: [{ filmId: graded.filmId, because: 'graded' }] };
    expect(await send('POST', '/films/bulk/summary', 'colleague', body)).toEqual(expected);
    expect(await rowOf('colleague', one.filmId)).toMatchObject({ state: 'waiting' });
    expect(await send('POST', '/films/bulk', 'colleague', body)).toEqual(expected);
    const { readings } = await send<FilmDetail>('GET', `/films/${one.filmId}`, 'colleague');
    expect(readings).toMatchObject([{ grade: 'A', isBulk: true }]);
    await send('POST', '/films/undo', 'colleague');
    await send('POST', '/films/undo', 'colleague');
    expect(await rowOf('colleague', one.filmId)).toMatchObject({ state: 'waiting' });
    expect(await rowOf('colleague', other.filmId)).toMatchObject({ state: 'waiting' });
  });

  it('is refused where the policy forbids it', async () => {
    await policy({ secondShare: 0, repeatShare: 0 }, { isBulkAllowed: false });
    const body = { filmIds: [(await film()).filmId], standardVersion: 1 };
    expect(await codeOf('POST', '/films/bulk', 'colleague', body)).toBe('REVIEW_BULK_FORBIDDEN');
  });
});

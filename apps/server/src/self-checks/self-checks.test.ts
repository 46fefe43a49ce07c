import type { CheckAgreement, ChecksToDo, FilmCheck, FilmDetail, FilmRow } from '@jiapian/contract';
import { DAY_MS, fixedClock } from '@jiapian/kernel';
import { defaultReviewPolicy, defaultStandard } from '@jiapian/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { createLiveEvents } from '../platform/live-events.ts';
import { createReviewRoom } from '../review/index.ts';
import { makeFilms } from '../review/make-films.ts';
import { drawCrossChecks, endOverdueChecks } from './draw-cross-checks.ts';
import { createSelfChecksRoom } from './index.ts';

// Shifts of Shanghai: 10:00 is the day shift, 20:00 the evening's.
const morning = new Date('2026-11-24T02:00:00Z');
const evening = new Date('2026-11-24T12:00:00Z');
let test: TestDatabase;
let app: App;
const clock = fixedClock(morning);
const people: Record<string, { accountId: string; staffId: string }> = {};
const rolesOf: Record<string, string> = {
  ...{ taker: 'technologist', neighbour: 'technologist', night: 'technologist', trainee: 'technologist' },
  ...{ supervisor: 'team-leader', leader: 'department-head' },
};

beforeAll(async () => {
  test = await startTestDatabase();
  for (const [name, role] of Object.entries(rolesOf)) {
    people[name] = await registerReader(test, name);
    await test.asOwner(`update account set roles = $2 where account_id = $1`, [people[name].accountId, [role]]);
  }
  const platform = { database: test.database, clock, liveEvents: createLiveEvents(test.database) } as never;
  app = await startRoomHttp(
    test,
    async (frame) => {
      await createReviewRoom(platform).routes?.(frame);
      await createSelfChecksRoom(platform).routes?.(frame);
    },
    people,
  );
  const { version } = await send<{ version: number }>('GET', '/review-policy', 'leader');
  const content = { ...defaultReviewPolicy, minimumCount: 5 };
  await send('PUT', '/review-policy', 'leader', { content, basedOn: version });
  await send('PUT', '/supervisions', 'leader', {
    ...{ traineeStaffId: people['trainee']?.staffId, supervisorStaffId: people['supervisor']?.staffId },
    fromDay: '2026-11-01',
  });
});
afterAll(async () => {
  await app.close();
  await test.stop();
});

const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, who: string, body?: unknown) => {
  const answer = await app.inject({
    ...{ method, url: `/api/v1${path}`, headers: { 'x-caller': who } },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? null : (answer.json() as unknown) };
};
const send = async <Answer>(...given: Parameters<typeof ask>): Promise<Answer> => {
  const { status, body } = await ask(...given);
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body as Answer;
};
const codeOf = async (...given: Parameters<typeof ask>): Promise<unknown> =>
  ((await ask(...given)).body as { code?: string } | null)?.code;

const policy = async (isSelfCheckOn: boolean, crossShare: number): Promise<void> => {
  const { version } = await send<{ version: number }>('GET', '/self-check-policy', 'leader');
  await send('PUT', '/self-check-policy', 'leader', { isSelfCheckOn, crossShare, basedOn: version });
};
const film = async (by: string | null, at = clock.now()): Promise<FilmRow> => {
  const exam = await registerExam(test, { technologistId: by === null ? null : (people[by]?.staffId ?? null), at });
  await test.database.withHospital(test.hospitalId, async (unit) => {
    await makeFilms(unit, clock, exam.examId);
    await drawCrossChecks(unit, clock, exam.examId);
  });
  return (await send<{ items: FilmRow[] }>('GET', `/films?examId=${exam.examId}`, 'leader')).items[0]!;
};
const reasonCode = defaultStandard.rejectReasons[0]!.code;
const word = (verdict: 'fit' | 'doubtful' | 'repeat', kind: 'self' | 'cross' = 'self') => ({
  ...{ kind, verdict, reasonCode: verdict === 'fit' ? null : reasonCode, note: '', secondsSpent: 6 },
});
const check = (who: string, { filmId }: FilmRow, given: object) => ask('POST', `/films/${filmId}/checks`, who, given);
const rotated = [{ code: 'D03', step: 2 }];
const grade = async (who: string, { filmId }: FilmRow, value: 'A' | 'C') => {
  const { film: now } = await send<FilmDetail>('GET', `/films/${filmId}`, who);
  return send('POST', `/films/${filmId}/readings`, who, {
    ...{ grade: value, marks: value === 'A' ? [] : rotated, conditionsNotMet: [], places: [], note: '' },
    ...{ overrideReason: 'as seen', reject: null, filmVersion: now.version, secondsSpent: 9 },
    standardVersion: defaultStandard.version,
  });
};
const checksOf = async (who: string, { filmId }: FilmRow) =>
  (await send<{ items: FilmCheck[] }>('GET', `/films/${filmId}/checks`, who)).items.map(
    ({ kind, verdict }) => `${kind} ${verdict}`,
  );
const toDo = async (who: string) => (await send<ChecksToDo>('GET', '/self-checks/to-do', who)).items;
const drawnFor = async (one: FilmRow): Promise<string | undefined> => {
  const [row] = await test.asOwner<{ account_id: string }>(`select account_id from cross_check where film_id = $1`, [
    one.filmId,
  ]);
  return Object.keys(people).find((name) => people[name]?.accountId === row?.account_id);
};

describe('a hospital', () => {
  it('has neither check until it wants them', async () => {
    const one = await film('taker');
    expect(await toDo('taker')).toEqual([]);
    expect((await check('taker', one, word('fit'))).body).toMatchObject({ code: 'SELF_CHECK_OFF' });
    expect(await drawnFor(one)).toBeUndefined();
  });

  it('changes its choice by version, and nobody over what somebody else has just saved', async () => {
    await policy(true, 0);
    const stale = { isSelfCheckOn: false, crossShare: 0, basedOn: 0 };
    expect(await codeOf('PUT', '/self-check-policy', 'leader', stale)).toBe('SELF_CHECK_STALE_VERSION');
    const both = await Promise.all(
      [1, 1].map((basedOn) => ask('PUT', '/self-check-policy', 'leader', { ...stale, basedOn })),
    );
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    expect(await codeOf('PUT', '/self-check-policy', 'leader', { ...stale, crossShare: 1.1 })).toBe('REQUEST_INVALID');
    await policy(true, 0);
    expect(await send('GET', '/self-check-policy', 'second')).toMatchObject({ version: 0, isSelfCheckOn: false });
  });

  it('lets nobody in without the permission of each route', async () => {
    const one = await film('taker');
    const routes = [
      ['GET', '/self-checks/to-do', 'self-checks.check'],
      ['POST', `/films/${one.filmId}/checks`, 'self-checks.check'],
      ['GET', `/films/${one.filmId}/checks`, 'review.read'],
      ['GET', '/self-check-agreement', 'review.read'],
      ['GET', '/self-check-policy', 'review.read'],
      ['PUT', '/self-check-policy', 'review.plan'],
    ] as const;
    const all = ['review.read', 'review.plan', 'self-checks.check'];
    for (const [method, path, permission] of routes) {
      const without = `taker:${all.filter((each) => each !== permission).join(',')}`;
      expect(await codeOf(method, path, without, method === 'GET' ? undefined : {}), path).toBe(
        'ACCESS_PERMISSION_MISSING',
      );
    }
    expect(await codeOf('GET', `/films/${one.filmId}/checks`, 'second')).toBe('REVIEW_FILM_NOT_FOUND');
    expect((await ask('POST', `/films/${one.filmId}/checks`, 'second', word('fit'))).status).toBe(404);
  });
});

describe('a self-check', () => {
  it('is of the own film only, needs a reason unless it will do, and is no grade', async () => {
    const one = await film('taker');
    expect((await toDo('taker')).map(({ filmId }) => filmId)).toContain(one.filmId);
    for (const who of ['neighbour', 'leader', 'supervisor']) {
      expect((await check(who, one, word('fit'))).body, who).toMatchObject({ code: 'SELF_CHECK_NOT_OWN' });
    }
    const bare = { ...word('repeat'), reasonCode: null };
    expect((await check('taker', one, bare)).body).toMatchObject({ code: 'SELF_CHECK_REASON_REQUIRED' });
    expect((await check('taker', one, { ...bare, reasonCode: 'no such' })).body).toMatchObject({
      code: 'SELF_CHECK_REASON_REQUIRED',
    });
    expect((await check('taker', one, word('repeat'))).status).toBe(201);
    const { film: after, readings } = await send<FilmDetail>('GET', `/films/${one.filmId}`, 'taker');
    expect(after).toMatchObject({ state: 'waiting', grade: null, version: one.version });
    expect(readings).toEqual([]);
    expect((await toDo('taker')).map(({ filmId }) => filmId)).not.toContain(one.filmId);
  });

  it('does not open the road to grading an own film', async () => {
    const one = await film('taker');
    await check('taker', one, word('fit'));
    expect(
      await codeOf('POST', `/films/${one.filmId}/readings`, 'taker', {
        ...{ grade: 'A', marks: [], conditionsNotMet: [], places: [], note: '', overrideReason: '', reject: null },
        ...{ filmVersion: one.version, standardVersion: defaultStandard.version, secondsSpent: 1 },
      }),
    ).toBe('REVIEW_OWN_FILM');
  });

  it("of a trainee is the trainee's, not the supervisor's", async () => {
    const one = await film('trainee');
    expect((await check('supervisor', one, word('fit'))).body).toMatchObject({ code: 'SELF_CHECK_NOT_OWN' });
    expect((await check('trainee', one, word('fit'))).status).toBe(201);
  });

  it('is hidden from the reader until the grade is saved, then stands beside it', async () => {
    const one = await film('taker');
    await check('taker', one, word('doubtful'));
    expect(await checksOf('leader', one)).toEqual([]);
    expect(JSON.stringify(await send('GET', `/films/${one.filmId}`, 'leader'))).not.toContain('doubtful');
    expect(await checksOf('taker', one)).toEqual(['self doubtful']);
    await grade('leader', one, 'C');
    expect(await checksOf('leader', one)).toEqual(['self doubtful']);
    expect(await checksOf('neighbour', one)).toEqual(['self doubtful']);
  });

  it('may change before the grade and keeps what was said first, and comes too late after it', async () => {
    const one = await film('taker');
    await check('taker', one, word('repeat'));
    clock.advanceMs(1000);
    await check('taker', one, word('fit'));
    expect(await checksOf('taker', one)).toEqual(['self fit']);
    const kept = await test.asOwner(`select verdict from film_check where film_id = $1 order by at`, [one.filmId]);
    expect(kept).toEqual([{ verdict: 'repeat' }, { verdict: 'fit' }]);
    await expect(
      test.database.withHospital(test.hospitalId, async (unit) => unit.db.deleteFrom('film_check').execute()),
    ).rejects.toThrow(/permission denied/);
    await grade('leader', one, 'A');
    expect((await check('taker', one, word('fit'))).body).toMatchObject({ code: 'SELF_CHECK_TOO_LATE' });
  });
});

describe('a cross-check', () => {
  it('is drawn for a colleague of another shift, never for who took it, answers for it, or worked beside them', async () => {
    await policy(true, 0);
    await film('taker');
    await film('neighbour');
    await film('night', evening);
    for (const name of ['trainee', 'supervisor']) await film(name);
    await policy(true, 1);
    const one = await film('taker');
    expect(await drawnFor(one)).toBe('night');
    const late = await film('trainee', evening);
    expect(['taker', 'neighbour']).toContain(await drawnFor(late));
    expect(await drawnFor(await film(null))).toBeUndefined();
  });

  it('comes to the colleague without people, time or number, and hides the grade until it is saved', async () => {
    const one = await film('taker');
    const [item] = (await toDo('night')).filter(({ filmId }) => filmId === one.filmId);
    expect(item).toMatchObject({ kind: 'cross', examAt: null, accessionNumber: null });
    await grade('leader', one, 'C');
    const seen = async () => (await send<FilmDetail>('GET', `/films/${one.filmId}`, 'night')).film;
    expect(await seen()).toMatchObject({ grade: null, isGradeMasked: true });
    expect((await check('neighbour', one, word('fit', 'cross'))).body).toMatchObject({ code: 'SELF_CHECK_NOT_DRAWN' });
    expect((await check('taker', one, word('fit', 'cross'))).body).toMatchObject({ code: 'REVIEW_OWN_FILM' });
    expect((await check('night', one, word('fit', 'cross'))).status).toBe(201);
    expect(await seen()).toMatchObject({ grade: 'C', isGradeMasked: false });
    expect(await checksOf('leader', one)).toEqual(['cross fit']);
    expect((await check('night', one, word('fit', 'cross'))).body).toMatchObject({ code: 'SELF_CHECK_NOT_DRAWN' });
  });

  it('is made by nobody whose own film it became, nor by who graded it', async () => {
    const one = await film('taker');
    await test.asOwner(`update exam set technologist_id = $2 where exam_id = $1`, [
      one.examId,
      people['night']?.staffId,
    ]);
    expect((await toDo('night')).find(({ filmId }) => filmId === one.filmId)).toMatchObject({ kind: 'self' });
    expect((await check('night', one, word('fit', 'cross'))).body).toMatchObject({ code: 'REVIEW_OWN_FILM' });
    await test.asOwner(`update exam set technologist_id = $2 where exam_id = $1`, [
      one.examId,
      people['taker']?.staffId,
    ]);
    const other = await film('taker');
    await grade('night', other, 'A');
    expect((await check('night', other, word('fit', 'cross'))).body).toMatchObject({ code: 'REVIEW_READ_BEFORE' });
  });

  it('lapses after seven days, not before', async () => {
    const one = await film('taker');
    const lapsed = () => test.database.withHospital(test.hospitalId, (unit) => endOverdueChecks(unit, clock));
    clock.advanceMs(7 * DAY_MS);
    await lapsed();
    expect(await drawnState(one)).toBe('open');
    clock.advanceMs(1);
    await lapsed();
    expect(await drawnState(one)).toBe('lapsed');
    expect((await check('night', one, word('fit', 'cross'))).body).toMatchObject({ code: 'SELF_CHECK_NOT_DRAWN' });
  });
  const drawnState = async (one: FilmRow) =>
    (await test.asOwner<{ state: string }>(`select state from cross_check where film_id = $1`, [one.filmId]))[0]?.state;
});

describe('the agreement', () => {
  it('is told to the person and to who plans, only from the least number on, and to nobody else', async () => {
    await policy(true, 0);
    const own = async (who: string) =>
      (await send<CheckAgreement>('GET', '/self-check-agreement?days=1', who)).own.find(({ kind }) => kind === 'self');
    clock.advanceMs(2 * DAY_MS);
    const said = [
      ...(['fit', 'fit', 'doubtful', 'repeat'] as const).map((verdict) => ({ verdict, counts: 'A' as const })),
      { verdict: 'doubtful' as const, counts: 'C' as const },
    ];
    for (const [index, { verdict, counts }] of said.entries()) {
      if (index === 4) expect(await own('neighbour')).toMatchObject({ pairs: 4, agreed: 2, kappa: null, ac1: null });
      const one = await film('neighbour');
      await check('neighbour', one, word(verdict));
      await grade('leader', one, counts);
    }
    const figure = await own('neighbour');
    expect(figure).toMatchObject({
      ...{ pairs: 5, agreed: 3 },
      table: [
        [2, 0, 0],
        [1, 1, 0],
        [1, 0, 0],
      ],
    });
    // By hand: observed weights (2 + 1/2 + 1 + 0) / 5 = 0.7; expected (0.4·0.9 + 0.4·0.6 + 0.2·0.1) = 0.62.
    expect(figure?.kappa?.coefficient).toBeCloseTo((0.7 - 0.62) / (1 - 0.62), 4);
    const all = await send<CheckAgreement>('GET', '/self-check-agreement?days=1', 'leader');
    expect(all.people).toMatchObject([{ name: 'neighbour', kind: 'self', pairs: 5 }]);
    expect(all.all).toMatchObject([{ kind: 'self', pairs: 5 }]);
    const other = await send<CheckAgreement>('GET', '/self-check-agreement?days=1', 'taker:review.read');
    expect(other).toMatchObject({ own: [], all: [], people: [] });
  });
});

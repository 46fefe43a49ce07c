import type {
  BenchPerson,
  Consultation,
  ConsultationRow,
  FilmDetail,
  FilmRow,
  Notice,
  OwnFilm,
} from '@jiapian/contract';
import { fixedClock } from '@jiapian/kernel';
import { defaultReviewPolicy, defaultStandard } from '@jiapian/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { createLiveEvents } from '../platform/live-events.ts';
import { createReviewRoom } from '../review/index.ts';
import { makeFilms } from '../review/make-films.ts';
import { createConsultationsRoom } from './index.ts';

// One department: who took the film, a supervisor, two readers, three seniors and a radiologist, by the real routes.
let test: TestDatabase;
let app: App;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
const people: Record<string, { accountId: string; staffId: string }> = {};
const rolesOf: Record<string, string> = {
  ...{
    taker: 'team-leader',
    trainee: 'technologist',
    supervisor: 'team-leader',
    reader: 'reviewer',
    colleague: 'reviewer',
  },
  ...{ chair: 'team-leader', head: 'department-head', doctor: 'radiologist', other: 'department-head' },
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
      await createConsultationsRoom(platform).routes?.(frame);
    },
    people,
  );
  const { version } = await send<{ version: number }>('GET', '/review-policy', 'chair');
  const content = { ...defaultReviewPolicy, doubleReading: { secondShare: 1, repeatShare: 0 } };
  await send('PUT', '/review-policy', 'chair', { content, basedOn: version });
  await send('PUT', '/supervisions', 'chair', {
    ...{ traineeStaffId: people['trainee']?.staffId, supervisorStaffId: people['supervisor']?.staffId },
    fromDay: '2026-11-01',
  });
});
afterAll(async () => {
  await app.close();
  await test.stop();
});

const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, who: string, body?: unknown) => {
  clock.advanceMs(1000);
  const answer = await app.inject({
    ...{ method, url: `/api/v1${path}`, headers: { 'x-caller': who } },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.statusCode,
    body: isJson && answer.body !== '' ? (answer.json() as unknown) : answer.rawPayload,
  };
};
const send = async <Answer>(...given: Parameters<typeof ask>): Promise<Answer> => {
  const { status, body } = await ask(...given);
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body as Answer;
};
const codeOf = async (...given: Parameters<typeof ask>): Promise<unknown> =>
  ((await ask(...given)).body as { code?: string } | null)?.code;

const rotated = [{ code: 'D03', step: 2 }];
const sheet = (grade: 'A' | 'B' | 'C' | 'reject', marks: { code: string; step: number }[]) => ({
  ...{ marks, grade, conditionsNotMet: [], places: [], note: '', overrideReason: 'as seen', secondsSpent: 9 },
  standardVersion: defaultStandard.version,
});
const films = async (by: string, images = 1): Promise<FilmRow[]> => {
  const exam = await registerExam(test, { technologistId: people[by]?.staffId ?? null, images });
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
  return (await send<{ items: FilmRow[] }>('GET', `/films?examId=${exam.examId}`, 'other')).items;
};
const graded = async (by: string): Promise<FilmRow> => {
  const [film] = await films(by);
  await send('POST', `/films/${film!.filmId}/readings`, 'reader', { ...sheet('A', []), reject: null, filmVersion: 1 });
  return film!;
};
const asked = async (list: readonly FilmRow[], who = 'doctor'): Promise<string> => {
  const body = { examId: list[0]?.examId, filmIds: list.map(({ filmId }) => filmId), question: '是否重拍' };
  return (await send<{ consultationId: string }>('POST', '/consultations', who, body)).consultationId;
};
const idOf = (name: string): string => people[name]?.accountId ?? '';
const bench = (chair: string, ...judges: string[]) => ({
  chairAccountId: idOf(chair),
  judgeAccountIds: [chair, ...judges].map(idOf),
});
const convened = async (list: readonly FilmRow[]): Promise<string> => {
  const id = await asked(list);
  await send('POST', `/consultations/${id}/bench`, 'chair', bench('chair', 'head'));
  return id;
};
const judge = (id: string, who: string, given: Parameters<typeof sheet>, number = 1) =>
  ask('POST', `/consultations/${id}/films/${number}/opinion`, who, sheet(...given));
const see = (id: string, who: string) => send<Consultation>('GET', `/consultations/${id}`, who);
const signing = (more: object = {}) => ({
  conclusion: '轻度旋转,不影响诊断',
  standardVersion: defaultStandard.version,
  films: [
    { number: 1, grade: 'B', marks: rotated, conditionsNotMet: [], note: '', overrideReason: 'together', ...more },
  ],
});
const noticesOf = async (who: string) =>
  (await send<{ items: Notice[] }>('GET', '/notices', who)).items.map(({ kind }) => kind as string);
const filmOf = async (who: string, filmId: string) => (await send<FilmDetail>('GET', `/films/${filmId}`, who)).film;

describe('asking for a consultation', () => {
  it('is open to the technologist of the film, tells those who may convene it, and hides who asked from the judges', async () => {
    const [film] = await films('trainee');
    const id = await asked([film!], 'trainee');
    expect(await noticesOf('chair')).toContain('consultation-asked');
    expect(await noticesOf('supervisor')).not.toContain('consultation-asked');
    expect(await see(id, 'chair')).toMatchObject({ askedByName: null, mayConvene: true, part: { isJudge: false } });
    expect(await see(id, 'trainee')).toMatchObject({ askedByName: 'trainee', mayConvene: false });
    expect((await see(id, 'chair')).history.map(({ event, name }) => `${event} ${name}`)).toEqual(['asked ']);
  });

  it('is refused for films of another exam, for a film in another one, and while the grade is appealed', async () => {
    const [one] = await films('taker');
    const [other] = await films('taker');
    const body = { examId: one!.examId, filmIds: [one!.filmId, other!.filmId], question: '?' };
    expect(await codeOf('POST', '/consultations', 'doctor', body)).toBe('CONSULTATION_FILMS_INVALID');
    const id = await asked([one!]);
    const again = { ...body, filmIds: [one!.filmId] };
    expect(await codeOf('POST', '/consultations', 'chair', again)).toBe('CONSULTATION_RUNNING');
    expect(await codeOf('POST', `/consultations/${id}/withdrawal`, 'chair')).toBe('CONSULTATION_NOT_FOUND');
    await send('POST', `/consultations/${id}/withdrawal`, 'doctor');
    expect(await codeOf('POST', `/consultations/${id}/withdrawal`, 'doctor')).toBe('CONSULTATION_ILLEGAL');
    await asked([one!]);
    const appealed = await graded('taker');
    await send('POST', `/films/${appealed.filmId}/appeal`, 'taker', { reason: '不同意' });
    const late = { examId: appealed.examId, filmIds: [appealed.filmId], question: '?' };
    expect(await codeOf('POST', '/consultations', 'doctor', late)).toBe('CONSULTATION_RUNNING');
  });

  it('does not hold up the daily review, and can be declined with a reason', async () => {
    const [film] = await films('taker');
    const id = await asked([film!]);
    expect(await codeOf('POST', `/consultations/${id}/refusal`, 'taker', { reason: 'x' })).toBe('CONSULTATION_OWN');
    await send('POST', `/films/${film!.filmId}/readings`, 'reader', {
      ...{ ...sheet('A', []), reject: null, filmVersion: 1 },
    });
    await send('POST', `/consultations/${id}/refusal`, 'chair', { reason: '已有共识' });
    expect(await see(id, 'doctor')).toMatchObject({ state: 'declined', closeReason: '已有共识' });
    expect(await noticesOf('doctor')).toContain('consultation-closed');
  });

  it('needs its permission on every route', async () => {
    const [film] = await films('taker');
    const id = await convened([film!]);
    const routes = [
      ['GET', '/consultations', 'consultations.ask'],
      ['GET', `/consultations/${id}`, 'consultations.ask'],
      ['GET', `/consultations/${id}/minutes.pdf`, 'consultations.ask'],
      ['POST', '/consultations', 'consultations.ask'],
      ['POST', `/consultations/${id}/withdrawal`, 'consultations.ask'],
      ['GET', `/consultation-bench?consultationId=${id}`, 'consultations.chair'],
      ['POST', '/consultations/from-arbitration', 'consultations.chair'],
      ['POST', `/consultations/${id}/bench`, 'consultations.chair'],
      ['POST', `/consultations/${id}/refusal`, 'consultations.chair'],
      ['POST', `/consultations/${id}/stop`, 'consultations.chair'],
      ['POST', `/consultations/${id}/excuse`, 'consultations.chair'],
      ['POST', `/consultations/${id}/signature`, 'consultations.chair'],
      ['GET', `/consultations/${id}/films/1`, 'consultations.judge'],
      ['POST', `/consultations/${id}/films/1/opinion`, 'consultations.judge'],
      ['POST', `/consultations/${id}/notes`, 'consultations.judge'],
    ] as const;
    const all = ['review.read', 'review.grade', 'consultations.ask', 'consultations.judge', 'consultations.chair'];
    for (const [method, path, permission] of routes) {
      const without = `chair:${all.filter((each) => each !== permission).join(',')}`;
      expect(await codeOf(method, path, without, method === 'GET' ? undefined : {}), path).toBe(
        'ACCESS_PERMISSION_MISSING',
      );
    }
    expect(await codeOf('GET', `/consultations/${id}`, 'second')).toBe('CONSULTATION_NOT_FOUND');
  });
});

describe('who sits', () => {
  it('is at least two senior people, none of whom took, asked for, appealed or graded the film', async () => {
    const film = await graded('trainee');
    const id = await asked([film], 'doctor');
    const { items } = await send<{ items: BenchPerson[] }>('GET', `/consultation-bench?consultationId=${id}`, 'chair');
    expect(items.map(({ name, mayChair }) => `${name} ${mayChair}`)).toEqual([
      'chair true',
      'head true',
      'other true',
      'taker true',
    ]);
    const refused = async (given: object) => codeOf('POST', `/consultations/${id}/bench`, 'chair', given);
    expect(await refused(bench('chair'))).toBe('CONSULTATION_BENCH_INVALID');
    expect(await refused({ ...bench('chair', 'head'), chairAccountId: idOf('other') })).toBe(
      'CONSULTATION_BENCH_INVALID',
    );
    for (const name of ['doctor', 'supervisor', 'reader', 'colleague', 'trainee']) {
      expect(await refused(bench('chair', name)), name).toBe('CONSULTATION_BENCH_INVALID');
    }
    expect(await codeOf('POST', `/consultations/${id}/bench`, 'supervisor', bench('chair', 'head'))).toBe(
      'CONSULTATION_OWN',
    );
    await send('POST', `/consultations/${id}/bench`, 'chair', bench('head', 'chair'));
    expect(await refused(bench('chair', 'head'))).toBe('CONSULTATION_ILLEGAL');
    expect(await noticesOf('head')).toContain('consultation-called');
  });

  it('may lose a judge who cannot come while two remain, and then opens when these have judged', async () => {
    const [film] = await films('taker');
    const id = await asked([film!], 'trainee');
    await send('POST', `/consultations/${id}/bench`, 'chair', bench('chair', 'head', 'doctor'));
    await judge(id, 'chair', ['A', []]);
    await judge(id, 'head', ['A', []]);
    const excuse = (who: string, name: string) =>
      codeOf('POST', `/consultations/${id}/excuse`, who, { accountId: idOf(name), reason: '外出' });
    expect(await excuse('head', 'doctor')).toBe('CONSULTATION_NOT_FOUND');
    expect(await excuse('chair', 'head')).toBe('CONSULTATION_ILLEGAL');
    expect(await excuse('chair', 'chair')).toBe('CONSULTATION_ILLEGAL');
    expect(await excuse('chair', 'doctor')).toBeUndefined();
    expect(await see(id, 'chair')).toMatchObject({ state: 'open', judges: 2 });
    expect(await codeOf('GET', `/consultations/${id}/films/1`, 'doctor')).toBe('CONSULTATION_NOT_FOUND');
    const [other] = await films('taker');
    const small = await convened([other!]);
    expect(
      await codeOf('POST', `/consultations/${small}/excuse`, 'chair', { accountId: idOf('head'), reason: 'x' }),
    ).toBe('CONSULTATION_ILLEGAL');
  });
});

describe('judging apart', () => {
  it('shows a judge neither people, room, earlier grade nor another opinion before all have judged', async () => {
    const film = await graded('taker');
    const id = await convened([film]);
    expect(await filmOf('chair', film.filmId)).toMatchObject({ grade: null, isGradeMasked: true });
    const blind = await send<FilmDetail>('GET', `/consultations/${id}/films/1`, 'chair');
    expect(blind).toMatchObject({
      ...{ readings: [], technologistName: null, examGrade: { grade: null } },
      task: { kind: 'consultation', depth: 'blind' },
      film: { deviceName: null, roomName: null, patientName: '', accessionNumber: '', grade: null, state: 'waiting' },
    });
    expect((await judge(id, 'chair', ['B', rotated])).status).toBe(201);
    for (const who of ['head', 'doctor', 'other']) {
      expect(await see(id, who), who).toMatchObject({
        ...{ state: 'judging', judged: 1, opinions: [], notes: [], accessionNumber: null },
        list: [{ gradeBefore: null, earlier: [] }],
      });
    }
    expect((await see(id, 'chair')).opinions).toHaveLength(1);
    expect(await codeOf('POST', `/consultations/${id}/notes`, 'chair', { text: 'x' })).toBe('CONSULTATION_ILLEGAL');
    await judge(id, 'head', ['A', []]);
    const open = await see(id, 'chair');
    expect(open.opinions.map(({ grade }) => grade).toSorted()).toEqual(['A', 'B']);
    expect(open).toMatchObject({ state: 'open', askedByName: 'doctor', list: [{ gradeBefore: 'A' }] });
    expect(open.list[0]?.earlier).toMatchObject([{ grade: 'A', readerName: '' }]);
    expect((await see(id, 'doctor')).opinions).toEqual([]);
    expect((await see(id, 'other')).opinions).toEqual([]);
    expect(await noticesOf('chair')).toContain('consultation-open');
  });

  it('is done once, by those who sit, by the standard in force, and never on a film that became their own', async () => {
    const [film] = await films('trainee');
    const id = await convened([film!]);
    expect((await judge(id, 'other', ['A', []])).body).toMatchObject({ code: 'CONSULTATION_NOT_FOUND' });
    const stale = { ...sheet('A', []), standardVersion: 99 };
    expect(await codeOf('POST', `/consultations/${id}/films/1/opinion`, 'head', stale)).toBe('REVIEW_STALE_VERSION');
    expect((await judge(id, 'head', ['C', []])).body).toMatchObject({ code: 'REVIEW_DEFECT_REQUIRED' });
    expect((await judge(id, 'head', ['A', []], 2)).body).toMatchObject({ code: 'CONSULTATION_NOT_FOUND' });
    const both = await Promise.all([judge(id, 'head', ['A', []]), judge(id, 'head', ['A', []])]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 409]);
    await test.asOwner(`update exam set technologist_id = $2 where exam_id = $1`, [
      film!.examId,
      people['chair']?.staffId,
    ]);
    expect((await judge(id, 'chair', ['A', []])).body).toMatchObject({ code: 'REVIEW_OWN_FILM' });
    await send('POST', `/consultations/${id}/stop`, 'other', { reason: '技师更正,主持须回避' });
    expect(await see(id, 'other')).toMatchObject({ state: 'called-off', opinions: [] });
  });

  it('keeps the film from every other grade until it is over', async () => {
    const [film] = await films('taker');
    const id = await convened([film!]);
    const reading = { ...sheet('A', []), reject: null, filmVersion: 1 };
    expect(await codeOf('POST', `/films/${film!.filmId}/readings`, 'reader', reading)).toBe('REVIEW_UNDER_REVIEW');
    const bulk = { filmIds: [film!.filmId], standardVersion: defaultStandard.version };
    expect(await send('POST', '/films/bulk', 'reader', bulk)).toMatchObject({
      ...{ filmIds: [], refused: [{ because: 'consultation' }] },
    });
    const meeting = { title: '晨会', decideBy: 'leader', filmIds: bulk.filmIds, staffIds: [people['reader']?.staffId] };
    const { meetingId } = await send<{ meetingId: string }>('POST', '/meetings', 'other', meeting);
    const decision = { number: 1, grade: 'A', marks: [], note: '', isKeptForTeaching: false };
    expect(
      await codeOf('POST', `/meetings/${meetingId}/decision`, 'other', {
        ...{ ...decision, standardVersion: defaultStandard.version },
      }),
    ).toBe('REVIEW_UNDER_REVIEW');
    await send('POST', `/consultations/${id}/stop`, 'chair', { reason: '改日' });
    await send('POST', `/films/${film!.filmId}/readings`, 'reader', reading);
    const next = await convened([film!]);
    expect(await codeOf('POST', `/films/${film!.filmId}/appeal`, 'taker', { reason: 'x' })).toBe('REVIEW_UNDER_REVIEW');
    await send('POST', `/consultations/${next}/stop`, 'chair', { reason: '改日' });
  });
});

describe('signing', () => {
  const opened = async (film: FilmRow): Promise<string> => {
    const id = await convened([film]);
    await judge(id, 'chair', ['B', rotated]);
    await judge(id, 'head', ['A', []]);
    return id;
  };

  it('makes a reading of its own kind that the grade follows, beside the readings before, and tells everybody', async () => {
    const film = await graded('taker');
    const id = await opened(film);
    await send('POST', `/consultations/${id}/notes`, 'head', { text: '旋转轻,锁骨不对称' });
    await send('POST', `/consultations/${id}/signature`, 'chair', signing());
    const { film: after, readings } = await send<FilmDetail>('GET', `/films/${film.filmId}`, 'taker');
    expect(after).toMatchObject({ grade: 'B', isGradeMasked: false });
    expect(readings.map(({ kind, grade }) => `${kind} ${grade}`)).toEqual(['consultation B', 'first A']);
    for (const who of ['taker', 'reader', 'doctor', 'head']) {
      expect(await noticesOf(who), who).toContain('consultation-signed');
    }
    const held = await see(id, 'doctor');
    expect(held).toMatchObject({ state: 'signed', conclusion: '轻度旋转,不影响诊断', list: [{ signed: 'B' }] });
    expect(held.opinions).toHaveLength(2);
    expect(held.notes).toMatchObject([{ name: 'head', text: '旋转轻,锁骨不对称' }]);
    expect(held.signatures.map(({ name, signs }) => `${name} ${signs}`)).toEqual([
      'chair opinion',
      'head opinion',
      'chair outcome',
    ]);
    expect(held.signatures.every(({ digest }) => /^[0-9a-f]{64}$/.test(digest))).toBe(true);
    expect(held.history.map(({ event }) => event)).toEqual([
      ...['asked', 'convened', 'judged', 'judged', 'all-judged', 'signed'],
    ]);
    const own = await send<{ items: OwnFilm[] }>('GET', '/own-films?fromDay=2026-11-01&toDay=2026-12-31', 'taker');
    const mine = own.items.find((one) => one.film.filmId === film.filmId);
    expect(mine).toMatchObject({ reading: { kind: 'consultation', readerName: '' }, appealEndsAt: null });
  });

  it('is refused to anybody but the chair, before all have judged, twice, and for a list that is not the films', async () => {
    const [film] = await films('taker');
    const id = await convened([film!]);
    expect(await codeOf('POST', `/consultations/${id}/signature`, 'chair', signing())).toBe('CONSULTATION_ILLEGAL');
    await judge(id, 'chair', ['B', rotated]);
    await judge(id, 'head', ['A', []]);
    expect(await codeOf('POST', `/consultations/${id}/signature`, 'head', signing())).toBe('CONSULTATION_NOT_FOUND');
    expect(await codeOf('POST', `/consultations/${id}/signature`, 'chair', signing({ number: 2 }))).toBe(
      'CONSULTATION_FILMS_INVALID',
    );
    const third = signing({ grade: 'C' });
    expect(await codeOf('POST', `/consultations/${id}/signature`, 'chair', third)).toBe('CONSULTATION_REASON_REQUIRED');
    await send('POST', `/consultations/${id}/signature`, 'chair', signing({ grade: 'C', note: '合看后更重' }));
    expect(await codeOf('POST', `/consultations/${id}/signature`, 'chair', signing())).toBe('CONSULTATION_ILLEGAL');
    expect(await codeOf('POST', `/consultations/${id}/stop`, 'chair', { reason: 'x' })).toBe('CONSULTATION_ILLEGAL');
  });

  it('asks for reason and confirmation of a reject, like every reading', async () => {
    const [film] = await films('taker');
    const id = await convened([film!]);
    await judge(id, 'chair', ['reject', rotated]);
    await judge(id, 'head', ['reject', rotated]);
    const reject = {
      reasonCode: defaultStandard.rejectReasons[0]?.code,
      affectsDiagnosis: 'repeat',
      confirmation: '?',
    };
    const path = `/consultations/${id}/signature`;
    expect(await codeOf('POST', path, 'chair', signing({ grade: 'reject' }))).toBe('REVIEW_REASON_REQUIRED');
    expect(await codeOf('POST', path, 'chair', signing({ grade: 'reject', reject }))).toBe(
      'REVIEW_CONFIRMATION_REQUIRED',
    );
    const confirmation = (await see(id, 'chair')).accessionNumber?.slice(-4);
    await send('POST', path, 'chair', signing({ grade: 'reject', reject: { ...reject, confirmation } }));
    expect(await filmOf('taker', film!.filmId)).toMatchObject({ grade: 'reject' });
  });

  it('settles several films of an exam in one signature', async () => {
    const list = await films('taker', 2);
    const id = await convened(list);
    for (const who of ['chair', 'head']) {
      const first = await judge(id, who, ['A', []], 1);
      expect(first.body).toMatchObject({ nextNumber: 2 });
      expect((await see(id, 'other')).state).toBe('judging');
      await judge(id, who, ['B', rotated], 2);
    }
    const [one] = signing().films;
    const both = {
      ...signing(),
      films: [
        { ...one, grade: 'A', marks: [] },
        { ...one, number: 2 },
      ],
    };
    await send('POST', `/consultations/${id}/signature`, 'chair', both);
    const grades = await Promise.all(list.map(async ({ filmId }) => (await filmOf('taker', filmId)).grade));
    expect(new Set(grades)).toEqual(new Set(['A', 'B']));
  });

  it('leaves minutes that nobody can change, and a PDF of them once signed', { timeout: 60_000 }, async () => {
    const film = await graded('taker');
    const id = await opened(film);
    expect(await codeOf('GET', `/consultations/${id}/minutes.pdf`, 'chair')).toBe('CONSULTATION_ILLEGAL');
    await send('POST', `/consultations/${id}/signature`, 'chair', signing());
    for (const table of ['consultation', 'consultation_film', 'consultation_judge']) {
      const column = { consultation: 'conclusion', consultation_film: 'grade_before', consultation_judge: 'name' }[
        table
      ];
      await expect(
        test.asOwner(`update ${table} set ${column} = 'A' where consultation_id = $1`, [id]),
        table,
      ).rejects.toThrow(/closed/);
    }
    for (const locale of ['zh-CN', 'en']) {
      const { status, body } = await ask('GET', `/consultations/${id}/minutes.pdf?locale=${locale}`, 'doctor');
      expect(status).toBe(200);
      expect((body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    }
    expect(await codeOf('GET', `/consultations/${id}/minutes.pdf`, 'reader:consultations.ask')).toBe(
      'CONSULTATION_NOT_FOUND',
    );
  });
});

describe('an arbitration', () => {
  const disputed = async () => {
    const film = await graded('taker');
    const { items } = await send<{ items: { taskId: string; filmId: string }[] }>('GET', '/review-tasks', 'colleague');
    const task = items.find(({ filmId }) => filmId === film.filmId);
    await send('POST', `/review-tasks/${task?.taskId}/reading`, 'colleague', sheet('C', rotated));
    const open = await send<{ items: { taskId: string; filmId: string; kind: string }[] }>(
      'GET',
      '/review-tasks',
      'chair',
    );
    return {
      film,
      taskId: open.items.find(({ filmId, kind }) => filmId === film.filmId && kind === 'arbitration')!.taskId,
    };
  };

  it('may go to a consultation instead of a third reader, and is settled by what is signed there', async () => {
    const { film, taskId } = await disputed();
    const body = { taskId, question: '两次评级相差两级', ...bench('chair', 'head') };
    expect(await codeOf('POST', '/consultations/from-arbitration', 'taker', body)).toBe('REVIEW_OWN_FILM');
    const { consultationId } = await send<{ consultationId: string }>(
      'POST',
      '/consultations/from-arbitration',
      'chair',
      body,
    );
    expect(
      await codeOf('POST', `/review-tasks/${taskId}/reading`, 'other', { ...sheet('B', rotated), note: 'x' }),
    ).toBe('REVIEW_UNDER_REVIEW');
    const { items } = await send<{ items: { taskId: string }[] }>('GET', '/review-tasks', 'other');
    expect(items.map((task) => task.taskId)).not.toContain(taskId);
    await judge(consultationId, 'chair', ['B', rotated]);
    await judge(consultationId, 'head', ['B', rotated]);
    expect((await see(consultationId, 'head')).list[0]?.earlier).toHaveLength(2);
    await send('POST', `/consultations/${consultationId}/signature`, 'chair', signing());
    const rows = await test.asOwner(
      `select state, reading_id is not null as is_read from review_task where task_id = $1`,
      [taskId],
    );
    expect(rows).toEqual([{ state: 'done', is_read: true }]);
    expect(await filmOf('reader', film.filmId)).toMatchObject({ grade: 'B' });
    const list = await send<{ items: ConsultationRow[] }>('GET', '/consultations?list=closed', 'head');
    expect(list.items.find((row) => row.consultationId === consultationId)).toMatchObject({ origin: 'arbitration' });
  });

  it('comes back to a third reader when the consultation is called off', async () => {
    const { taskId } = await disputed();
    const body = { taskId, question: '分歧', ...bench('chair', 'head') };
    const { consultationId } = await send<{ consultationId: string }>(
      'POST',
      '/consultations/from-arbitration',
      'chair',
      body,
    );
    await send('POST', `/consultations/${consultationId}/stop`, 'chair', { reason: '人不齐' });
    await send('POST', `/review-tasks/${taskId}/reading`, 'other', { ...sheet('B', rotated), note: '第三人裁定' });
    expect(await codeOf('POST', '/consultations/from-arbitration', 'chair', body)).toBe('REVIEW_TASK_CLOSED');
  });
});

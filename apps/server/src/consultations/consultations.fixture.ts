import type { Consultation, FilmDetail, FilmRow, Notice } from '@jiapian/contract';
import { fixedClock } from '@jiapian/kernel';
import { defaultReviewPolicy, defaultStandard } from '@jiapian/rules';
import { expect } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { createLiveEvents } from '../platform/live-events.ts';
import { createReviewRoom } from '../review/index.ts';
import { makeFilms } from '../review/make-films.ts';
import { createConsultationsRoom } from './index.ts';

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

export type ConsultationsUnderTest = Awaited<ReturnType<typeof startConsultations>>;
type Department = Awaited<ReturnType<typeof startDepartment>>;

/** One department: who took the film, a supervisor, two readers, three seniors and a radiologist, by the real routes. */
export const startConsultations = async () => {
  const department = await startDepartment();
  const { send, people } = department;
  const { version } = await send<{ version: number }>('GET', '/review-policy', 'chair');
  const content = { ...defaultReviewPolicy, doubleReading: { secondShare: 1, repeatShare: 0 } };
  await send('PUT', '/review-policy', 'chair', { content, basedOn: version });
  await send('PUT', '/supervisions', 'chair', {
    ...{ traineeStaffId: people['trainee']?.staffId, supervisorStaffId: people['supervisor']?.staffId },
    fromDay: '2026-11-01',
  });
  return { ...department, ...filmsOf(department), ...consultationsOf(department) };
};

const startDepartment = async () => {
  const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
  const test = await startTestDatabase();
  const people = await enterPeople(test);
  const platform = { database: test.database, clock, liveEvents: createLiveEvents(test.database) } as never;
  const app = await startRoomHttp(
    test,
    async (frame) => {
      await createReviewRoom(platform).routes?.(frame);
      await createConsultationsRoom(platform).routes?.(frame);
    },
    people,
  );
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
  return {
    ...{ test, clock, people, ask, send, codeOf },
    stop: async (): Promise<void> => {
      await app.close();
      await test.stop();
    },
  };
};

const enterPeople = async (test: TestDatabase) => {
  const people: Record<string, { accountId: string; staffId: string }> = {};
  for (const [name, role] of Object.entries(rolesOf)) {
    people[name] = await registerReader(test, name);
    await test.asOwner(`update account set roles = $2 where account_id = $1`, [people[name].accountId, [role]]);
  }
  return people;
};

const filmsOf = ({ test, clock, people, send }: Department) => {
  const films = async (by: string, images = 1): Promise<FilmRow[]> => {
    const exam = await registerExam(test, { technologistId: people[by]?.staffId ?? null, images });
    await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
    return (await send<{ items: FilmRow[] }>('GET', `/films?examId=${exam.examId}`, 'other')).items;
  };
  const graded = async (by: string): Promise<FilmRow> => {
    const [film] = await films(by);
    await send('POST', `/films/${film!.filmId}/readings`, 'reader', {
      ...sheet('A', []),
      reject: null,
      filmVersion: 1,
    });
    return film!;
  };
  const filmOf = async (who: string, filmId: string) => (await send<FilmDetail>('GET', `/films/${filmId}`, who)).film;
  return { films, graded, filmOf };
};

const consultationsOf = ({ people, ask, send }: Department) => {
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
  const noticesOf = async (who: string) =>
    (await send<{ items: Notice[] }>('GET', '/notices', who)).items.map(({ kind }) => kind as string);
  return { asked, idOf, bench, convened, judge, see, noticesOf };
};

export const rotated = [{ code: 'D03', step: 2 }];
export const sheet = (grade: 'A' | 'B' | 'C' | 'reject', marks: { code: string; step: number }[]) => ({
  ...{ marks, grade, conditionsNotMet: [], places: [], note: '', overrideReason: 'as seen', secondsSpent: 9 },
  standardVersion: defaultStandard.version,
});
export const signing = (more: object = {}) => ({
  conclusion: '轻度旋转,不影响诊断',
  standardVersion: defaultStandard.version,
  films: [
    { number: 1, grade: 'B', marks: rotated, conditionsNotMet: [], note: '', overrideReason: 'together', ...more },
  ],
});

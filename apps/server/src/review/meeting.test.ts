import type { FilmRow, Meeting, Minutes, PhoneView } from '@jiapian/contract';
import { fixedClock, type Grade } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../../../../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import type { App } from '../platform/app.ts';
import { createLiveEvents } from '../platform/live-events.ts';
import { createReviewRoom } from './index.ts';
import { makeFilms } from './make-films.ts';

const phoneCount = 30;
let test: TestDatabase;
let app: App;
const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
const people: Record<string, { accountId: string; staffId: string }> = {};
const voters = Array.from({ length: phoneCount }, (_, index) => `voter${index}`);

beforeAll(async () => {
  test = await startTestDatabase();
  for (const name of ['leader', 'other', 'taker', ...voters]) people[name] = await registerReader(test, name);
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

const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, who: string, body?: unknown) => {
  const answer = await app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { 'x-caller': who },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return { status: answer.statusCode, body: (answer.body === '' ? null : answer.json()) as never };
};
const send = async <Answer>(...given: Parameters<typeof ask>): Promise<Answer> => {
  const { status, body } = await ask(...given);
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body as Answer;
};
const codeOf = async (...given: Parameters<typeof ask>) => ((await ask(...given)).body as { code?: string }).code;

const film = async (technologist = 'taker'): Promise<string> => {
  const exam = await registerExam(test, { technologistId: people[technologist]?.staffId ?? null });
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
  const { items } = await send<{ items: FilmRow[] }>('GET', `/films?examId=${exam.examId}`, 'leader');
  return items[0]?.filmId ?? '';
};
const opened = async (
  filmIds: string[],
  decideBy: 'leader' | 'majority' = 'leader',
  names = ['taker', ...voters.slice(0, 3)],
  minimumVotes = 1,
) => {
  const staffIds = names.map((name) => people[name]?.staffId);
  const body = { title: '晨会', decideBy, minimumVotes, filmIds, staffIds };
  const { meetingId } = await send<{ meetingId: string }>('POST', '/meetings', 'leader', body);
  const meeting = await send<Meeting>('GET', `/meetings/${meetingId}`, 'leader');
  const join = async (name: string): Promise<string> => {
    const attendee = meeting.attendees.find((each) => each.name === name);
    const joined = await send<{ token: string }>('POST', `/join/${meeting.joinCode}`, 'nobody', attendee);
    return joined.token;
  };
  const move = (number: number, phase: Meeting['phase']) =>
    send<Meeting>('PUT', `/meetings/${meetingId}/place`, 'leader', { number, phase });
  const vote = (token: string, number: number, grade: Grade, reason = '') =>
    ask('PUT', `/join/${meeting.joinCode}/vote`, 'nobody', { token, number, grade, reason });
  const phone = (token: string) => send<PhoneView>('GET', `/join/${meeting.joinCode}/phone?token=${token}`, 'nobody');
  const decide = (number: number, grade: Grade, marks: object[] = [], more: object = {}) =>
    ask('POST', `/meetings/${meetingId}/decision`, 'leader', {
      ...{ number, grade, marks, note: '按标准', overrideReason: '晨会', isKeptForTeaching: true, standardVersion: 1 },
      ...more,
    });
  return { meetingId, meeting, join, move, vote, phone, decide };
};

describe('a meeting', () => {
  it('shows a vote to nobody before it is revealed, and then to everybody; the decision is a reading', async () => {
    const filmId = await film();
    const { meetingId, join, move, vote, phone, decide } = await opened([filmId]);
    const tokens = [await join('voter0'), await join('voter1')];
    await move(1, 'voting');
    await vote(tokens[0] ?? '', 1, 'A');
    await vote(tokens[1] ?? '', 1, 'B');
    expect(await send('GET', `/meetings/${meetingId}`, 'leader')).toMatchObject({ tally: null, majority: null });
    expect(await phone(tokens[0] ?? '')).toMatchObject({ tally: null, vote: 'A' });
    await vote(tokens[0] ?? '', 1, 'B');
    expect(await move(1, 'revealed')).toMatchObject({ majority: 'B' });
    expect((await phone(tokens[0] ?? '')).tally).toContainEqual({ grade: 'B', votes: 2 });
    expect((await decide(1, 'B', [{ code: 'D03', step: 2 }])).status).toBe(200);
    const { film: graded } = await send<{ film: FilmRow }>('GET', `/films/${filmId}`, 'other');
    expect(graded).toMatchObject({ state: 'graded', grade: 'B' });
    await send('POST', `/meetings/${meetingId}/close`, 'leader');
    const minutes = await send<Minutes>('GET', `/meetings/${meetingId}/minutes`, 'leader');
    expect(minutes.films).toMatchObject([{ decidedGrade: 'B', note: '按标准', isKeptForTeaching: true }]);
    expect(minutes.attendance.filter(({ joinedAt }) => joinedAt !== null).map(({ name }) => name)).toEqual([
      'voter0',
      'voter1',
    ]);
  });

  it('takes no vote on an own film, none while it is not voting, and none for another film', async () => {
    const { join, move, vote } = await opened([await film(), await film()]);
    const [own, other] = [await join('taker'), await join('voter0')];
    expect((await vote(other, 1, 'A')).body).toMatchObject({ code: 'REVIEW_MEETING_NOT_VOTING' });
    await move(1, 'voting');
    expect((await vote(own, 1, 'A')).body).toMatchObject({ code: 'REVIEW_OWN_FILM' });
    expect((await vote(other, 2, 'A')).body).toMatchObject({ code: 'REVIEW_MEETING_NOT_VOTING' });
    expect((await vote('not a token of anybody', 1, 'A')).status).toBe(404);
  });

  it('decides nothing about the own film of its leader', async () => {
    const { decide } = await opened([await film('leader')]);
    expect((await decide(1, 'A')).body).toMatchObject({ code: 'REVIEW_OWN_FILM' });
  });

  it('follows the majority where that is the rule, and leaves the decision to the leader where there is none', async () => {
    const { join, move, vote, decide } = await opened([await film(), await film()], 'majority');
    const tokens = [await join('voter0'), await join('voter1')];
    await move(1, 'voting');
    for (const token of tokens) await vote(token, 1, 'A');
    await move(1, 'revealed');
    expect((await decide(1, 'B', [{ code: 'D03', step: 2 }])).body).toMatchObject({ code: 'REVIEW_MEETING_MAJORITY' });
    expect((await decide(1, 'A')).status).toBe(200);
    expect((await decide(2, 'B', [{ code: 'D03', step: 2 }])).body).toMatchObject({ code: 'REVIEW_MEETING_ILLEGAL' });
    await move(2, 'look');
    expect((await decide(2, 'B', [{ code: 'D03', step: 2 }])).status).toBe(200);
  });

  it('binds nobody to a majority of fewer votes than it asks for', async () => {
    const { join, move, vote, decide } = await opened([await film()], 'majority', ['voter0', 'voter1', 'voter2'], 3);
    for (const name of ['voter0', 'voter1']) {
      const token = await join(name);
      await move(1, 'voting');
      await vote(token, 1, 'A');
      await move(1, 'revealed');
    }
    expect((await decide(1, 'B', [{ code: 'D03', step: 2 }])).status).toBe(200);
  });

  it('is found by six signs typed in small letters, while it is open, and by no others', async () => {
    const { meetingId, meeting } = await opened([await film()]);
    const typedCode = meeting.typedCode ?? '';
    expect(typedCode).toMatch(/^[A-HJ-NP-Z2-9]{6}$/);
    const typed = `${typedCode.slice(0, 3)} ${typedCode.slice(3)}`.toLowerCase();
    expect(await send('POST', '/join', 'nobody', { typedCode: typed })).toEqual({ code: meeting.joinCode });
    expect(await codeOf('POST', '/join', 'nobody', { typedCode: typedCode === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA' })).toBe(
      'REVIEW_MEETING_NOT_FOUND',
    );
    expect((await ask('POST', '/join', 'nobody', { typedCode: 'short' })).status).toBe(400);
    await send('POST', `/meetings/${meetingId}/close`, 'leader');
    expect(await codeOf('POST', '/join', 'nobody', { typedCode })).toBe('REVIEW_MEETING_NOT_FOUND');
  });

  it('gives a name to one phone; a phone that is lost is let in again by the leader, and the vote is still there', async () => {
    const { meetingId, meeting, join, move, vote, phone } = await opened([await film()]);
    const token = await join('voter0');
    await move(1, 'voting');
    await vote(token, 1, 'C');
    const attendee = meeting.attendees.find(({ name }) => name === 'voter0');
    expect(await codeOf('POST', `/join/${meeting.joinCode}`, 'nobody', attendee)).toBe('REVIEW_MEETING_NAME_TAKEN');
    await send('DELETE', `/meetings/${meetingId}/attendees/${attendee?.attendeeId}/phone`, 'leader');
    expect((await phone(await join('voter0'))).vote).toBe('C');
    expect((await ask('GET', `/join/${meeting.joinCode}/phone?token=${token}`, 'nobody')).status).toBe(404);
  });

  it('is led by one person, goes on where it was when the browser is opened again, and is closed for good', async () => {
    const { meetingId, meeting, move } = await opened([await film(), await film()]);
    expect(await codeOf('GET', `/meetings/${meetingId}`, 'other')).toBe('REVIEW_MEETING_NOT_FOUND');
    await move(2, 'voting');
    expect(await send('GET', `/meetings/${meetingId}`, 'leader')).toMatchObject({ number: 2, phase: 'voting' });
    await send('POST', `/meetings/${meetingId}/close`, 'leader');
    expect(await codeOf('PUT', `/meetings/${meetingId}/place`, 'leader', { number: 1, phase: 'look' })).toBe(
      'REVIEW_MEETING_CLOSED',
    );
    expect((await ask('GET', `/join/${meeting.joinCode}`, 'nobody')).status).toBe(404);
  });

  it(`lets ${phoneCount} phones vote at once, and each of them sees every vote`, async () => {
    const { join, move, vote, phone } = await opened([await film()], 'leader', voters);
    const tokens: string[] = [];
    for (const name of voters) tokens.push(await join(name));
    await move(1, 'voting');
    const votes = await Promise.all(tokens.map((token, index) => vote(token, 1, index % 2 === 0 ? 'A' : 'B')));
    expect(votes.every(({ status }) => status === 200)).toBe(true);
    await move(1, 'revealed');
    const views = await Promise.all(tokens.map(phone));
    expect(views.map(({ tally }) => tally?.reduce((sum, { votes: cast }) => sum + cast, 0))).toEqual(
      tokens.map(() => phoneCount),
    );
  });
});

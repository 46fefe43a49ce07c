import { createReviewRoom } from '../apps/server/src/review/index.ts';
import { makeFilms } from '../apps/server/src/review/make-films.ts';
import { createLiveEvents } from '../apps/server/src/platform/live-events.ts';
import { startTestDatabase, type TestDatabase } from '../test/testkit/src/database.ts';
import { registerExam, registerReader } from '../test/testkit/src/register-exam.ts';
import { startRoomHttp } from '../test/testkit/src/room-http.ts';
import type { Bench } from './bench.ts';
import { median } from './statistics.ts';

const phones = 30;
const rounds = 10;
const targetMs = 1000;

interface Phone {
  readonly token: string;
  /** Settles when the phone has heard of the change it waits for. */
  readonly sees: (wanted: (view: View) => boolean) => Promise<void>;
  readonly close: () => void;
}
interface View {
  readonly phase: string;
  readonly tally: { votes: number }[] | null;
}

export const bench: Bench = {
  title: `A meeting with ${phones} phones over HTTP: all vote at once, the leader reveals, everyone has the result`,
  run: async (progress) => {
    const test = await startTestDatabase();
    try {
      const measured = await meet(test, progress);
      const slowest = Math.max(...measured.revealMs);
      return {
        tables: [
          {
            title: `${rounds} rounds, ${phones} phones each with its own stream`,
            columns: ['what', 'median', 'slowest'],
            rows: [
              ['all votes taken', ms(median(measured.voteMs)), ms(Math.max(...measured.voteMs))],
              ['reveal until the last phone has the result', ms(median(measured.revealMs)), ms(slowest)],
            ],
          },
        ],
        targets: [
          {
            claim: `${phones} phones: everyone sees the result < 1 s`,
            measured: ms(slowest),
            isMet: slowest < targetMs,
          },
        ],
        measurements: measured,
      };
    } finally {
      await test.stop();
    }
  },
};

const ms = (value: number): string => `${value.toFixed(0)} ms`;

const meet = async (test: TestDatabase, progress: (line: string) => void) => {
  const clock = { now: () => new Date() };
  const leader = await registerReader(test, 'leader');
  const staff = await Promise.all(Array.from({ length: phones }, (_, index) => registerReader(test, `P${index}`)));
  const liveEvents = createLiveEvents(test.database);
  const room = createReviewRoom({ database: test.database, clock, liveEvents } as never);
  const app = await startRoomHttp(test, (frame) => room.routes?.(frame), { leader });
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/v1`;
  const ask = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const headers = { 'x-caller': 'leader', 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const exam = await registerExam(test);
  await test.database.withHospital(test.hospitalId, (unit) => makeFilms(unit, clock, exam.examId));
  const { items } = await ask<{ items: { filmId: string }[] }>('GET', `/films?examId=${exam.examId}`);
  const filmIds = items.map(({ filmId }) => filmId);
  const staffIds = staff.map(({ staffId }) => staffId);
  const { meetingId } = await ask<{ meetingId: string }>('POST', '/meetings', {
    ...{ title: 'bench', decideBy: 'leader', filmIds, staffIds },
  });
  const meeting = await ask<{ joinCode: string; attendees: { attendeeId: string }[] }>('GET', `/meetings/${meetingId}`);
  const joined = await Promise.all(
    meeting.attendees.map(({ attendeeId }) => joinAs(ask, url, meeting.joinCode, attendeeId)),
  );
  progress(`${joined.length} phones have joined`);
  const [voteMs, revealMs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    await ask('PUT', `/meetings/${meetingId}/place`, { number: 1, phase: 'voting' });
    let started = performance.now();
    await Promise.all(
      joined.map(({ token }, index) =>
        ask('PUT', `/join/${meeting.joinCode}/vote`, { token, number: 1, grade: index % 3 === 0 ? 'A' : 'B' }),
      ),
    );
    voteMs.push(performance.now() - started);
    const seen = Promise.all(joined.map(({ sees }) => sees(hasAllVotes)));
    started = performance.now();
    await ask('PUT', `/meetings/${meetingId}/place`, { number: 1, phase: 'revealed' });
    await seen;
    revealMs.push(performance.now() - started);
    progress(`round ${round + 1}: votes ${ms(voteMs.at(-1) ?? 0)}, result ${ms(revealMs.at(-1) ?? 0)}`);
  }
  for (const phone of joined) phone.close();
  await app.close();
  return { voteMs, revealMs };
};

const hasAllVotes = ({ phase, tally }: View): boolean =>
  phase === 'revealed' && (tally ?? []).reduce((sum, { votes }) => sum + votes, 0) === phones;

/** A phone as the page is one: with a stream of its own. */
const joinAs = async (
  ask: <Answer>(method: string, path: string, body?: object) => Promise<Answer>,
  url: string,
  code: string,
  attendeeId: string,
): Promise<Phone> => {
  const { token } = await ask<{ token: string }>('POST', `/join/${code}`, { attendeeId });
  const leaving = new AbortController();
  const stream = await fetch(`${url}/join/${code}/events?token=${token}`, { signal: leaving.signal });
  let waiting: { wanted: (view: View) => boolean; done: () => void } | null = null;
  const listen = async (): Promise<void> => {
    if (!stream.body) return;
    const text = stream.body.pipeThrough(new TextDecoderStream());
    for await (const chunk of text) {
      // As the phone's page does: the news itself holds what is shown.
      const news = /event: changed\ndata: (\{.*\})/.exec(chunk)?.[1];
      if (news !== undefined && waiting?.wanted(JSON.parse(news) as View)) waiting.done();
    }
  };
  // Ends with the abort below.
  listen().catch(() => undefined);
  return {
    token,
    sees: (wanted) =>
      new Promise((done) => {
        waiting = { wanted, done };
      }),
    close: () => leaving.abort(),
  };
};

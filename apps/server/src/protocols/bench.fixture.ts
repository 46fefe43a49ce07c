import { randomUUID } from 'node:crypto';
import type { FilmCompliance, ParameterTableView } from '@jiapian/contract';
import { fixedClock } from '@jiapian/kernel';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { startHeldObjects } from '../../../../test/testkit/src/held-objects.ts';
import { startRoomHttp } from '../../../../test/testkit/src/room-http.ts';
import { createRegister } from '../exams/index.ts';
import { silentLog } from '../platform/log.ts';
import { makeFilms } from '../review/make-films.ts';
import { createProtocolsRoom } from './index.ts';
import { judgeTasks } from './judge-tasks.ts';
import { protocolsJobs } from './protocols.jobs.ts';
import type { SimulatedFilm } from './simulated-films.fixture.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Bench = Awaited<ReturnType<typeof startBench>>;

/** The room on a database of its own, with the real way from a door to films, and two people who sign. */
export const startBench = async () => {
  const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));
  const liveEvents = { publishWith: async () => undefined };
  const owner = { accountId: randomUUID(), staffId: randomUUID() };
  const leader = { accountId: randomUUID(), staffId: randomUUID() };
  const test = await startTestDatabase();
  const held = await startHeldObjects(clock);
  const { database } = test;
  const parts = { database, clock, log: silentLog, liveEvents: liveEvents as never };
  const app = await startRoomHttp(test, (frame) => createProtocolsRoom(parts).routes?.(frame), {
    owner,
    leader,
    token: { accountId: randomUUID(), staffId: null },
  });
  await enterPeople(test, [owner.staffId, leader.staffId]);

  const inHospital: TestDatabase['database']['withHospital'] = (_, work) =>
    database.withHospital(test.hospitalId, work);
  const register = async (files: readonly Uint8Array[]): Promise<void> => {
    const { registerBatch } = createRegister({ database, clock, store: held.store, liveEvents });
    await registerBatch(await Promise.all(files.map((bytes) => held.hold(bytes))));
    const exams = await test.asOwner<{ exam_id: string }>(
      `select exam_id from exam where not exists (select 1 from film where film.exam_id = exam.exam_id)`,
    );
    const [queue] = protocolsJobs(clock);
    await inHospital('', async (unit) => {
      for (const { exam_id: examId } of exams) {
        await makeFilms(unit, clock, examId);
        await queue!.handle(unit, { examId } as never);
      }
    });
  };
  const send = async <Body>(method: Method, url: string, payload?: object, caller = 'first') => {
    const answer = await app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { 'x-caller': caller },
      ...(payload ? { payload } : {}),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return { status: answer.statusCode, body: (isJson ? answer.json() : answer.rawPayload) as Body };
  };
  return {
    test,
    clock,
    owner,
    inHospital,
    /** Through the spool and the register, then what the events of a complete exam set off. */
    register,
    /** Receives radiographs and answers their films. */
    receive: async (films: readonly SimulatedFilm[]): Promise<string[]> => {
      await register(films.map(({ bytes }) => bytes));
      return filmsOf(test, films);
    },
    judge: () => judgeTasks(parts, new AbortController().signal),
    send,
    refusal: async (...asked: Parameters<typeof send>): Promise<[number, string]> => {
      const { status, body } = await send<{ code: string }>(...asked);
      return [status, body.code];
    },
    sign: (tableId: string, edition: number, role: string, caller: string) =>
      send<ParameterTableView>('POST', `/protocols/tables/${tableId}/signatures`, { edition, role }, caller),
    complianceOf: async (filmId: string) => (await send<FilmCompliance>('GET', `/films/${filmId}/compliance`)).body,
    close: async () => {
      await app.close();
      await held.close();
      await test.stop();
    },
  };
};

const enterPeople = async (test: TestDatabase, staffIds: readonly string[]): Promise<void> => {
  for (const [at, staffId] of staffIds.entries())
    await test.asOwner(`insert into staff (hospital_id, staff_id, staff_number, name) values ($1, $2, $3, $4)`, [
      test.hospitalId,
      staffId,
      `200${at}`,
      ['赵主管', '钱组长'][at],
    ]);
};

const filmsOf = async (test: TestDatabase, films: readonly SimulatedFilm[]): Promise<string[]> => {
  const uids = films.map(({ sopInstanceUid }) => sopInstanceUid);
  const made = await test.asOwner<{ film_id: string; sop_instance_uid: string }>(
    `select film_id, sop_instance_uid from film where sop_instance_uid = any($1)`,
    [uids],
  );
  return uids.map((uid) => made.find((row) => row.sop_instance_uid === uid)!.film_id);
};

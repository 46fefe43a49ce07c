import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { AppError, fixedClock } from '@jiapian/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UnitOfWork } from '../../apps/server/src/platform/database.ts';
import { decideHold } from '../../apps/server/src/release/decide-hold.ts';
import { forwardObjects } from '../../apps/server/src/release/forward-objects.ts';
import { requeueInterrupted, takeForwards } from '../../apps/server/src/release/forward.repository.ts';
import { judgeExam, unjudgeExam } from '../../apps/server/src/release/judge-exam.ts';
import type { Sender } from '../../apps/server/src/release/outgoing.ts';
import {
  requeueInterruptedRejections,
  takeRejections,
} from '../../apps/server/src/release/rejection-queue.repository.ts';
import { retryForwards } from '../../apps/server/src/release/retry-forwards.ts';
import { runClock } from '../../apps/server/src/release/run-clock.ts';
import { sendRejections } from '../../apps/server/src/release/send-rejections.ts';
import { watchGate } from '../../apps/server/src/release/watch-gate.ts';
import { makeFilms } from '../../apps/server/src/review/make-films.ts';
import { startTestDatabase, type TestDatabase } from '../testkit/src/database.ts';
import { registerExam, registerReader } from '../testkit/src/register-exam.ts';

const RUNS = 12;
const COMMANDS_MAX = 24;
const MINUTE_MS = 60_000;
/** Longer than any wait between two attempts. */
const LONG_MS = 31 * MINUTE_MS;
const keyObjectSelection = '1.2.840.10008.5.1.4.1.1.88.59';

type Peer = 'well' | 'away' | 'refusing' | 'breaking';
type Command =
  | { kind: 'arrive'; from: 'routine' | 'emergency' | 'unnamed'; images: number }
  | { kind: 'grade'; film: number; grade: 'A' | 'reject' }
  | { kind: 'withdraw'; film: number }
  | { kind: 'wait'; minutes: number }
  | { kind: 'peer'; is: Peer }
  | { kind: 'send' }
  | { kind: 'kill'; hasArrived: boolean }
  | { kind: 'watch' };

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('arrive' as const),
      from: fc.constantFrom('routine', 'routine', 'emergency', 'unnamed'),
      images: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('grade' as const),
      film: fc.nat(30),
      grade: fc.constantFrom('A', 'reject'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), film: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('peer' as const),
      is: fc.constantFrom<Peer>('well', 'away', 'refusing', 'breaking'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const), hasArrived: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('watch' as const) }) },
);

/** Sequences in which a gate goes wrong most easily; chance seldom finds them. */
const corners: Command[][] = [
  [
    { kind: 'arrive', from: 'emergency', images: 1 },
    { kind: 'kill', hasArrived: true },
    { kind: 'grade', film: 0, grade: 'reject' },
  ],
  [
    { kind: 'arrive', from: 'unnamed', images: 2 },
    { kind: 'peer', is: 'breaking' },
    { kind: 'send' },
    { kind: 'grade', film: 0, grade: 'reject' },
    { kind: 'grade', film: 1, grade: 'reject' },
    { kind: 'kill', hasArrived: false },
    { kind: 'withdraw', film: 0 },
  ],
  [
    { kind: 'arrive', from: 'emergency', images: 1 },
    { kind: 'send' },
    { kind: 'grade', film: 0, grade: 'reject' },
    { kind: 'kill', hasArrived: true },
    { kind: 'grade', film: 0, grade: 'A' },
    { kind: 'grade', film: 0, grade: 'reject' },
  ],
  [
    { kind: 'arrive', from: 'routine', images: 2 },
    { kind: 'grade', film: 0, grade: 'reject' },
    { kind: 'wait', minutes: 20 },
    { kind: 'peer', is: 'refusing' },
    { kind: 'send' },
    { kind: 'withdraw', film: 0 },
  ],
];

let test: TestDatabase;
let reader: { accountId: string };
const by = { accountId: null, actor: 'test' };
const live = { publish: async () => undefined, publishWith: async () => undefined } as never;

beforeAll(async () => {
  test = await startTestDatabase();
  reader = await registerReader(test, 'leader');
});
afterAll(() => test.stop());

it(
  'whatever comes in whatever order: each object is in one place, nothing released is unsent for ever, nothing rejected is sent, no emergency waits, no clock runs out in silence',
  { timeout: 280_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(commands, { minLength: 4, maxLength: COMMANDS_MAX }), async (sequence) => {
        const department = await openDepartment();
        for (const command of sequence) {
          await department.run(command);
          await department.mustHold();
        }
        await department.settle();
      }),
      { numRuns: RUNS, examples: corners.map((sequence): [Command[]] => [sequence]) },
    );
  },
);

const openDepartment = async () => {
  await test.asOwner(
    `truncate rejection, forward, repeat_order, reading, film, gate, gate_opening, destination, job, exam, instance, stored_object cascade`,
  );
  await test.asOwner(
    `insert into destination (hospital_id, destination_id, name, kind, ae_title, host, port)
     values ($1, gen_random_uuid(), 'PACS', 'dimse', 'PACS', 'localhost', 104)`,
    [test.hospitalId],
  );
  const clock = fixedClock(new Date('2026-11-24T02:00:00Z'));
  /** What the archive shows: what it was sent, without what it was told to hide. */
  const shown = new Set<string>();
  let peer: Peer = 'well';
  const within = <Value>(work: (unit: UnitOfWork) => Promise<Value>) =>
    test.database.withHospital(test.hospitalId, work);

  const receive = async (sopClassUid: string, uid: string): Promise<void> => {
    if (sopClassUid !== keyObjectSelection) {
      expect(await rejectedNow(), 'a rejected object is never sent').not.toContain(uid);
      shown.add(uid);
      return;
    }
    const [note] = await test.asOwner<{ uids: string[] }>(
      `select instance_uids as uids from rejection where sop_instance_uid = $1`,
      [uid],
    );
    for (const hidden of note?.uids ?? []) shown.delete(hidden);
  };
  const sender: Sender = async (objects, onAnswer) => {
    if (peer === 'away') throw new AppError('DIMSE_UNREACHABLE', { code: 'ECONNREFUSED' });
    for (const [index, object] of objects.entries()) {
      if (peer === 'refusing') onAnswer(index, { outcome: 'refused', code: '0122', text: '' });
      else {
        await receive(object.sopClassUid, object.sopInstanceUid);
        const isBroken = peer === 'breaking' && index === 0;
        onAnswer(
          index,
          isBroken ? { outcome: 'failed', code: 'broken-off', text: '' } : { outcome: 'sent', code: '0000', text: '' },
        );
      }
    }
  };
  const parts = {
    database: test.database,
    clock,
    live,
    store: { path: async () => '' } as never,
    senderOf: () => sender,
    cache: tmpdir(),
  };
  const signal = new AbortController().signal;
  const ticks = async (): Promise<void> => {
    await runClock(test.database, clock, live);
    await forwardObjects(parts, signal);
    await sendRejections(parts, signal);
  };

  const films = () =>
    test.asOwner<{ film_id: string; exam_id: string; grade: string | null; reading_id: string | null }>(
      `select film_id, exam_id, grade, reading_id from film order by created_at, film_id`,
    );

  const run = async (command: Command): Promise<void> => {
    if (command.kind === 'arrive') await arrive(command.from, command.images);
    else if (command.kind === 'grade') await grade(command.film, command.grade);
    else if (command.kind === 'withdraw') await withdraw(command.film);
    else if (command.kind === 'wait') {
      clock.advanceMs(command.minutes * MINUTE_MS);
      await runClock(test.database, clock, live);
    } else if (command.kind === 'peer') peer = command.is;
    else if (command.kind === 'send') await ticks();
    else if (command.kind === 'kill') await kill(command.hasArrived);
    else await watchGate(test.database, clock, live);
  };

  const arrive = async (from: 'routine' | 'emergency' | 'unnamed', images: number): Promise<void> => {
    const priorityClass = from === 'unnamed' ? null : from;
    const exam = await registerExam(test, { images, priorityClass, at: clock.now() });
    await within((unit) => makeFilms(unit, clock, exam.examId));
    await within((unit) => decideHold(unit, clock, exam.examId));
    if (from !== 'routine')
      expect(
        await test.asOwner(`select state from gate where exam_id = $1`, [exam.examId]),
        'no emergency waits',
      ).toEqual([{ state: 'released' }]);
  };

  const pick = async (at: number) => {
    const all = await films();
    return all.length === 0 ? undefined : all[at % all.length];
  };

  const grade = async (at: number, given: 'A' | 'reject'): Promise<void> => {
    const film = await pick(at);
    if (!film) return;
    const readingId = randomUUID();
    await test.asOwner(
      `insert into reading (hospital_id, reading_id, film_id, act, account_id, standard_id, standard_version,
         software_version, grade, reject_reason_code, affects_diagnosis)
       values ($1, $2, $3, 'grade', $4, 's', 1, '0', $5, $6, 'no-repeat')`,
      [test.hospitalId, readingId, film.film_id, reader.accountId, given, given === 'reject' ? '111210' : null],
    );
    await test.asOwner(
      `update film set state = 'graded', grade = $2, reading_id = $3, graded_at = now() where film_id = $1`,
      [film.film_id, given, readingId],
    );
    await within((unit) => judgeExam(unit, clock, { filmId: film.film_id, examId: film.exam_id, readingId }));
  };

  const withdraw = async (at: number): Promise<void> => {
    const film = await pick(at);
    if (!film?.reading_id) return;
    const { film_id: filmId, exam_id: examId, reading_id: readingId } = film;
    await test.asOwner(
      `update film set state = 'waiting', grade = null, reading_id = null, graded_at = null where film_id = $1`,
      [filmId],
    );
    await within((unit) => unjudgeExam(unit, clock, { filmId, examId, readingId }));
  };

  /** The process ends between taking and hearing an answer; the object may have arrived all the same. */
  const kill = async (hasArrived: boolean): Promise<void> => {
    const [destination] = await test.asOwner<{ id: string }>(`select destination_id as id from destination`);
    const taken = await within((unit) => takeForwards(unit, destination?.id ?? '', clock.now(), 2));
    const notes = await test.database.withSystem((unit) => takeRejections(unit, clock.now(), 1));
    if (hasArrived) {
      for (const object of taken) await receive(object.sop_class_uid, object.sop_instance_uid);
      for (const note of notes) await receive(keyObjectSelection, note.sop_instance_uid);
    }
    await test.database.withSystem(requeueInterrupted);
    await test.database.withSystem(requeueInterruptedRejections);
  };

  const placed = () =>
    test.asOwner<{ uid: string; gate: string | null; is_rejected: boolean }>(
      `select instance.sop_instance_uid as uid, gate.state as gate, coalesce(film.grade = 'reject', false) as is_rejected
       from instance left join gate using (hospital_id, exam_id)
       left join film on film.exam_id = instance.exam_id and film.sop_instance_uid = instance.sop_instance_uid`,
    );
  const rejectedNow = async (): Promise<string[]> =>
    (await placed()).filter(({ is_rejected }) => is_rejected).map(({ uid }) => uid);

  const mustHold = async (): Promise<void> => {
    for (const { uid, gate, is_rejected } of await placed()) {
      const place = is_rejected ? 'rejected' : gate;
      expect(['held', 'released', 'rejected'], `${uid} is in one place`).toContain(place);
    }
    const silent = await test.asOwner(`select 1 from gate where state = 'held' and hold_until <= $1`, [clock.now()]);
    expect(silent, 'no clock runs out in silence').toEqual([]);
    const stuck = await test.asOwner(`select 1 from forward where state = 'sending'`);
    expect(stuck, 'nothing is left in the middle of sending').toEqual([]);
  };

  /** All is well again and a person asks once more: then the archive shows what was released, and nothing else. */
  const settle = async (): Promise<void> => {
    peer = 'well';
    await within((unit) => retryForwards(unit, clock, by, {}));
    await test.asOwner(`update rejection set state = 'queued' where state = 'refused'`);
    for (let round = 0; round < 4; round += 1) {
      clock.advanceMs(LONG_MS);
      await ticks();
    }
    const wanted = (await placed()).filter(({ gate, is_rejected }) => gate === 'released' && !is_rejected);
    expect([...shown].toSorted(), 'the archive shows what was released').toEqual(
      wanted.map(({ uid }) => uid).toSorted(),
    );
  };

  return { run, mustHold, settle };
};

import { randomUUID } from 'node:crypto';
import { AppError, type ErrorCode } from '@jiapian/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import type { UnitOfWork } from './database.ts';
import { deadJobs, forgetDoneJobs, reviveJobs } from './dead-jobs.ts';
import { job } from './job-registry.ts';
import { createJobDispatcher, type JobDispatcher } from './jobs.ts';
import { silentLog } from './log.ts';

let test: TestDatabase;
let dispatcher: JobDispatcher;
beforeEach(async () => {
  test = await startTestDatabase();
  dispatcher = createJobDispatcher(test.database, test.registry, silentLog);
});
afterEach(() => test.stop());

const emit = (examId: string, hospitalId = test.hospitalId): Promise<void> =>
  test.database.withHospital(hospitalId, (unit) => unit.emit({ name: 'exam.completed', payload: { examId } }));

const writeDepartment = ({ db, hospitalId }: UnitOfWork, name: string): Promise<unknown> =>
  db.insertInto('department').values({ hospital_id: hospitalId, department_id: randomUUID(), name }).execute();

const departments = async (): Promise<string[]> =>
  (await test.asOwner<{ name: string }>('select name from department order by name')).map(({ name }) => name);

interface JobRow {
  name: string;
  state: string;
  attempts: number;
  last_error: string | null;
  is_due: boolean;
}
const jobs = (): Promise<JobRow[]> =>
  test.asOwner<JobRow & Record<string, unknown>>(
    'select name, state, attempts, last_error, run_after <= now() as is_due from job order by job_id',
  );

describe('an event', () => {
  it('becomes one job for each subscriber, with the change it belongs to', async () => {
    test.registry.register([
      job({ name: 'open-gate', on: 'exam.completed', handle: async () => undefined }),
      job({ name: 'create-films', on: 'exam.completed', handle: async () => undefined }),
      job({ name: 'forward-exam', on: 'exam.released', handle: async () => undefined }),
    ]);
    await emit('1');
    expect((await jobs()).map(({ name }) => name).sort()).toEqual(['create-films', 'open-gate']);
  });

  it('of a change that failed never happened', async () => {
    test.registry.register([job({ name: 'open-gate', on: 'exam.completed', handle: async () => undefined })]);
    const attempt = test.database.withHospital(test.hospitalId, async (unit) => {
      await unit.emit({ name: 'exam.completed', payload: { examId: '1' } });
      throw new AppError('REVIEW_STALE_VERSION');
    });
    await expect(attempt).rejects.toThrow();
    expect(await jobs()).toEqual([]);
  });
});

describe('a job', () => {
  it('runs in its hospital and sees no other', async () => {
    let seen: unknown;
    test.registry.register([
      job({
        name: 'look-around',
        on: 'exam.completed',
        handle: async ({ db, hospitalId }, payload) => {
          seen = { hospitalId, payload, rows: await db.selectFrom('hospital').select('name').execute() };
        },
      }),
    ]);
    await emit('7');
    await dispatcher.drain();
    expect(seen).toEqual({ hospitalId: test.hospitalId, payload: { examId: '7' }, rows: [{ name: 'First' }] });
  });

  it('that fails leaves no effect, waits, and has its effect once when it succeeds', async () => {
    let failures = 1;
    test.registry.register([
      job({
        name: 'write-department',
        on: 'exam.completed',
        handle: async (unit, { examId }) => {
          await writeDepartment(unit, examId);
          if (failures-- > 0) throw new AppError('DIMSE_TIMED_OUT');
        },
      }),
    ]);
    await emit('A');
    await dispatcher.drain();
    expect(await departments()).toEqual([]);
    expect(await jobs()).toMatchObject([
      { state: 'waiting', attempts: 1, last_error: 'DIMSE_TIMED_OUT', is_due: false },
    ]);
    await test.asOwner('update job set run_after = now()');
    await dispatcher.drain();
    await dispatcher.drain();
    expect(await departments()).toEqual(['A']);
    expect(await jobs()).toMatchObject([{ state: 'done', attempts: 2 }]);
  });

  it('that fails does not take its neighbours of the batch with it', async () => {
    test.registry.register([
      job({
        name: 'write-department',
        on: 'exam.completed',
        handle: async (unit, { examId }) => {
          await writeDepartment(unit, examId === 'bad' ? '' : examId);
        },
      }),
    ]);
    for (const examId of ['A', 'bad', 'B']) await emit(examId);
    await emit('C', test.otherHospitalId);
    await dispatcher.drain();
    expect(await departments()).toEqual(['A', 'B', 'C']);
    expect((await jobs()).map(({ state }) => state)).toEqual(['done', 'waiting', 'done', 'done']);
  });

  it.each<[ErrorCode, string]>([
    ['REQUEST_INVALID', 'dead'],
    ['SERVER_DEFECT', 'dead'],
    ['DICOM_NO_PIXELS', 'dead'],
    ['EXAMS_EXAM_NOT_FOUND', 'done'],
    ['REVIEW_STALE_VERSION', 'waiting'],
    ['DIMSE_REFUSED', 'waiting'],
    ['REQUEST_TOO_MANY', 'waiting'],
  ])('that fails with %s is %s', async (code, state) => {
    test.registry.register([
      job({
        name: 'fail',
        on: 'exam.completed',
        handle: async () => {
          throw new AppError(code);
        },
      }),
    ]);
    await emit('1');
    await dispatcher.drain();
    expect(await jobs()).toMatchObject([{ state, last_error: code }]);
  });

  it('that conflicts is read again once, and then dead', async () => {
    test.registry.register([
      job({
        name: 'fail',
        on: 'exam.completed',
        handle: async () => {
          throw new AppError('REVIEW_STALE_VERSION');
        },
      }),
    ]);
    await emit('1');
    await dispatcher.drain();
    await test.asOwner('update job set run_after = now()');
    await dispatcher.drain();
    expect(await jobs()).toMatchObject([{ state: 'dead', attempts: 2 }]);
  });

  it('has one effect although two workers look for it', async () => {
    test.registry.register([
      job({
        name: 'write-department',
        on: 'exam.completed',
        handle: (unit, { examId }) => writeDepartment(unit, examId).then(() => undefined),
      }),
    ]);
    const names = Array.from({ length: 60 }, (_, index) => String(index).padStart(2, '0'));
    for (const name of names) await emit(name);
    const second = createJobDispatcher(test.database, test.registry, silentLog);
    await Promise.all([dispatcher.drain(), second.drain()]);
    expect(await departments()).toEqual(names);
  });

  it('is woken by the commit of its event', async () => {
    const ran = new Promise<string>((resolve) => {
      test.registry.register([
        job({ name: 'tell', on: 'exam.completed', handle: async (_unit, { examId }) => resolve(examId) }),
      ]);
    });
    dispatcher.start();
    await emit('now');
    expect(await ran).toBe('now');
    await dispatcher.stop();
  });
});

describe('a job that was given up', () => {
  let isMended = false;
  beforeEach(async () => {
    isMended = false;
    test.registry.register([
      job({
        name: 'need-mending',
        on: 'exam.completed',
        handle: async () => {
          if (!isMended) throw new AppError('REQUEST_INVALID');
        },
      }),
    ]);
    await emit('1');
    await dispatcher.drain();
  });

  it('is listed with its reason and runs again when it is told to', async () => {
    const [dead] = await deadJobs(test.database);
    expect(dead).toMatchObject({ name: 'need-mending', error: 'REQUEST_INVALID', attempts: 1 });
    isMended = true;
    expect(await reviveJobs(test.database, [dead?.jobId ?? 0])).toBe(1);
    await dispatcher.drain();
    expect(await deadJobs(test.database)).toEqual([]);
    expect(await reviveJobs(test.database, null)).toBe(0);
  });

  it('is kept, while what was done is forgotten after a week', async () => {
    await test.asOwner(
      `insert into job (hospital_id, name, payload, state, done_at) values
      ($1, 'old', '{}', 'done', now() - interval '8 days'), ($1, 'new', '{}', 'done', now() - interval '6 days')`,
      [test.hospitalId],
    );
    await forgetDoneJobs(test.database);
    expect((await jobs()).map(({ name }) => name)).toEqual(['need-mending', 'new']);
  });
});

import { randomUUID } from 'node:crypto';
import { fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader, type ExamSeed } from '../../../../test/testkit/src/register-exam.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { listPageOf, writeCursor } from '../platform/list-page.ts';
import { makeFilms } from '../review/make-films.ts';
import { clearHolds } from './clear-holds.ts';
import { closeRepeatOrder } from './close-repeat-order.ts';
import { linkRepeatByHand, linkRepeats, unlinkRepeat } from './link-repeats.ts';
import { openRepeatOrder } from './open-repeat-order.ts';
import { readRejectRates } from './reject-rates.ts';
import { findHiddenRejects } from './hidden-rejects.repository.ts';

let test: TestDatabase;
let reader: { accountId: string };
const start = new Date('2026-11-24T02:00:00Z');
let clock = fixedClock(start);
const by = { accountId: null, actor: 'test' };
const silent = { publishWith: async () => undefined } as never;

beforeAll(async () => {
  test = await startTestDatabase();
  reader = await registerReader(test, 'leader');
});
afterAll(() => test.stop());
beforeEach(async () => {
  clock = fixedClock(start);
  await test.asOwner(`truncate repeat_order, reading, film, gate, job, exam_event, exam, analysis_run cascade`);
});

const within = <Value>(work: (unit: UnitOfWork) => Promise<Value>) => test.database.withHospital(test.hospitalId, work);

const take = async (seed: ExamSeed & { like?: { examId: string } } = {}) => {
  const exam = await registerExam(test, seed);
  if (seed.like)
    await test.asOwner(
      `update exam set patient_id = other.patient_id, device_id = other.device_id
       from exam other where exam.exam_id = $1 and other.exam_id = $2`,
      [exam.examId, seed.like.examId],
    );
  await within((unit) => makeFilms(unit, clock, exam.examId));
  const films = await test.asOwner<{ film_id: string }>(
    `select film_id from film where exam_id = $1 order by sop_instance_uid`,
    [exam.examId],
  );
  return { ...exam, filmId: films[0]!.film_id };
};

const reject = async (exam: { examId: string; filmId: string }, reason = '111209') => {
  const readingId = randomUUID();
  await test.asOwner(
    `insert into reading (hospital_id, reading_id, film_id, act, account_id, standard_id, standard_version,
       software_version, grade, reject_reason_code, affects_diagnosis)
     values ($1, $2, $3, 'grade', $4, 's', 1, '0', 'reject', $5, 'repeat')`,
    [test.hospitalId, readingId, exam.filmId, reader.accountId, reason],
  );
  await test.asOwner(`update film set state = 'graded', grade = 'reject', reading_id = $2 where film_id = $1`, [
    exam.filmId,
    readingId,
  ]);
  await within((unit) => openRepeatOrder(unit, { ...exam, readingId }, clock.now()));
};
const orders = () =>
  test.asOwner<Record<string, unknown>>(
    `select repeat_order_id as id, state, replacement_film_id as film, link_source as source, cancel_reason as reason
     from repeat_order order by opened_at`,
  );
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

describe('a repeat', () => {
  it('is linked to the film it repeats as soon as it comes', async () => {
    const bad = await take();
    await reject(bad);
    const good = await take({ like: bad, at: at(10) });
    expect(await within((unit) => linkRepeats(unit, good.examId, clock.now()))).toBe(1);
    expect(await orders()).toMatchObject([{ state: 'done', film: good.filmId, source: 'device' }]);
    expect(await within((unit) => linkRepeats(unit, good.examId, clock.now()))).toBe(0);
  });

  it('is linked when it came before the reject was decided', async () => {
    const bad = await take();
    const good = await take({ like: bad, at: at(3) });
    await reject(bad);
    await within((unit) => linkRepeats(unit, bad.examId, clock.now()));
    expect(await orders()).toMatchObject([{ state: 'done', film: good.filmId }]);
  });

  it('takes the place of one film only', async () => {
    const first = await take();
    const second = await take({ like: first, at: at(1) });
    await reject(first);
    await reject(second);
    const good = await take({ like: first, at: at(10) });
    await within((unit) => linkRepeats(unit, good.examId, clock.now()));
    const linked = (await orders()).map((order) => order['film']).filter((film) => film === good.filmId);
    expect(linked).toHaveLength(1);
  });

  it('is not taken from another patient, not even by hand', async () => {
    const bad = await take();
    await reject(bad);
    const other = await take({ at: at(10) });
    expect(await within((unit) => linkRepeats(unit, other.examId, clock.now()))).toBe(0);
    const [order] = await orders();
    await expect(
      within((unit) => linkRepeatByHand(unit, clock, by, String(order!['id']), other.filmId)),
    ).rejects.toMatchObject({ code: 'RELEASE_REPEAT_OTHER_PATIENT' });
  });

  it('is linked by hand when nothing tells it, and unlinked when that was wrong', async () => {
    const bad = await take();
    await reject(bad);
    const good = await take({ like: bad, at: at(600) });
    expect(await within((unit) => linkRepeats(unit, good.examId, clock.now()))).toBe(0);
    const id = String((await orders())[0]!['id']);
    await within((unit) => linkRepeatByHand(unit, clock, by, id, good.filmId));
    expect(await orders()).toMatchObject([{ state: 'done', film: good.filmId, source: 'person' }]);
    await within((unit) => unlinkRepeat(unit, clock, by, id));
    expect(await orders()).toMatchObject([{ state: 'open', film: null, source: null }]);
  });

  it('is cancelled with its reason, and not closed twice', async () => {
    const bad = await take();
    await reject(bad);
    const id = String((await orders())[0]!['id']);
    const cancel = () =>
      within((unit) =>
        closeRepeatOrder(unit, clock, by, id, { outcome: 'cancelled', reason: 'patient-left', note: '' }),
      );
    await cancel();
    expect(await orders()).toMatchObject([{ state: 'cancelled', reason: 'patient-left' }]);
    await expect(cancel()).rejects.toMatchObject({ code: 'RELEASE_ILLEGAL' });
  });
});

describe('rates', () => {
  it('count rejects and repeats over all exposures, rejected ones too, test images not', async () => {
    const bad = await take();
    await reject(bad);
    const good = await take({ like: bad, at: at(10) });
    await within((unit) => linkRepeats(unit, good.examId, clock.now()));
    for (let more = 0; more < 2; more += 1) await take({ at: at(20) });
    const phantom = await take({ at: at(30) });
    await test.asOwner(`update instance set facts = facts || '{"qualityControlImage":"YES"}' where exam_id = $1`, [
      phantom.examId,
    ]);
    const ask = (day: string, group: 'reason' | 'hour' = 'reason') =>
      within((unit) => readRejectRates(unit, { from: day, to: day, by: group }));
    const rates = await ask('2026-11-24');
    expect(rates.total).toMatchObject({ exposures: 4, rejected: 1, repeats: 1, isTooFew: true });
    // Wilson 95 % of 1 in 4 by hand: (1 + z²/2 ± z·√(3/4 + z²/4)) / (4 + z²) with z = 1.96.
    expect(rates.total.rejectRate?.lower).toBeCloseTo(0.0456, 3);
    expect(rates.total.rejectRate?.upper).toBeCloseTo(0.6994, 3);
    expect(rates.groups).toMatchObject([{ key: '111209', rejected: 1, exposures: 4 }]);
    // 02:00 UTC is ten o'clock in Shanghai.
    expect((await ask('2026-11-24', 'hour')).groups.map(({ key }) => key)).toEqual(['10']);
    expect((await ask('2026-11-23')).total).toMatchObject({ exposures: 0, rejectRate: null });
  });

  it('find exposures of a performed step that have no image here, counted or listed, once it has settled', async () => {
    const [counted, full, listed] = [await take(), await take(), await take()];
    for (const [one, exposures] of [
      [counted, 3],
      [full, 1],
      [listed, null],
    ] as const)
      await test.asOwner(
        `insert into performed_step (hospital_id, performed_step_id, sop_instance_uid, state, started_at, exposures,
           exam_id, modality, content, created_at, changed_at)
         values ($1, $5, $2, 'completed', $3, $4, $5, 'DX', '{}', $3, $3)`,
        [test.hospitalId, one.examId, start, exposures, one.examId],
      );
    for (const uid of ['2.25.71', '2.25.72'])
      await test.asOwner(
        'insert into performed_image (hospital_id, performed_step_id, sop_instance_uid) values ($1, $2, $3)',
        [test.hospitalId, listed.examId, uid],
      );
    const find = (settledBefore: Date, cursor?: string) => {
      const page = listPageOf({ cursor, limit: 10 });
      const asked = { from: '2026-11-24', to: '2026-11-24', settledBefore };
      return within((unit) => findHiddenRejects(unit, asked, page));
    };
    const hidden = await find(start);
    expect(new Map(hidden.map((row) => [row.exam_id, [row.exposures, row.images, row.shift, row.day]]))).toEqual(
      new Map([
        [counted.examId, [3, 1, 'day', '2026-11-24']],
        [listed.examId, [2, 1, 'day', '2026-11-24']],
      ]),
    );
    const first = hidden[0]!;
    const behind = await find(start, writeCursor([first.sort_key, first.id]));
    expect(behind.map(({ id }) => id)).toEqual([hidden[1]!.id]);
    expect(await find(new Date(start.getTime() - 1))).toEqual([]);
  });

  it('find exposures of a dose report that have no image here: of its newest run, and of no header or screen', async () => {
    const [more, even, header, ct] = [await take(), await take(), await take(), await take({ modality: 'CT' })];
    const report = async (exam: { examId: string }, source: string, events: number, measuredAt: Date) => {
      const runId = randomUUID();
      await test.asOwner(
        `insert into analysis_run (hospital_id, run_id, exam_id, subject_uid, subject_kind, analysis_version,
           software_version, input_sha256, object_count, measured_at, duration_ms)
         values ($1, $2, $3, 'sr', 'instance', 1, '0', '', 1, $4, 1)`,
        [test.hospitalId, runId, exam.examId, measuredAt],
      );
      await test.asOwner(
        `insert into dose_report (hospital_id, run_id, exam_id, source, event_count, totals) values ($1, $2, $3, $4, $5, '{}')`,
        [test.hospitalId, runId, exam.examId, source, events],
      );
      await test.asOwner(
        `insert into dose_event (hospital_id, run_id, event_number, kind, is_rejected, is_repeated, figures)
         select $1, $2, number, 'stationary', number > 1, false, '{}' from generate_series(1, $3) number`,
        [test.hospitalId, runId, events],
      );
    };
    await report(more, 'rdsr', 5, start);
    await report(more, 'rdsr', 3, at(1));
    await report(even, 'enhanced-sr', 1, start);
    await report(header, 'header', 4, start);
    await report(header, 'dose-screen', 4, at(1));
    // A scan is many images of one exposure, or one of many: counting says nothing.
    await report(ct, 'rdsr', 9, start);
    const asked = { from: '2026-11-24', to: '2026-11-24', settledBefore: start };
    const found = await within((unit) => findHiddenRejects(unit, asked, listPageOf({ limit: 10 })));
    expect(found).toHaveLength(1);
    // 02:00 UTC is ten o'clock in Shanghai: three exposures of which one has its picture.
    expect(found[0]).toMatchObject({
      exam_id: more.examId,
      source: 'dose-report',
      exposures: 3,
      images: 1,
      shift: 'day',
      day: '2026-11-24',
    });
    const later = { ...asked, settledBefore: new Date(start.getTime() - 1) };
    expect(await within((unit) => findHiddenRejects(unit, later, listPageOf({ limit: 10 })))).toEqual([]);
  });
});

describe('a hold until the checks are clear', () => {
  const measured = async (examId: string, state: 'waiting' | 'done' | 'failed', severity?: string) => {
    const runId = randomUUID();
    await test.asOwner(
      `insert into analysis_task (hospital_id, exam_id, subject_uid, subject_kind, analysis_version, state)
       values ($1, $2, $3, 'instance', 1, $4)`,
      [test.hospitalId, examId, examId, state],
    );
    await test.asOwner(
      `insert into analysis_run (hospital_id, run_id, exam_id, subject_uid, subject_kind, analysis_version,
         software_version, input_sha256, object_count, measured_at, duration_ms)
       values ($1, $2, $3, $4, 'instance', 1, '0', '', 1, now(), 1)`,
      [test.hospitalId, runId, examId, examId],
    );
    if (severity !== undefined)
      await test.asOwner(
        `insert into finding (hospital_id, finding_id, run_id, rule, rule_version, severity, message, evidence)
         values ($1, gen_random_uuid(), $2, 'r', 1, $3, '{}', '{}')`,
        [test.hospitalId, runId, severity],
      );
  };

  it.each([
    ['ends when nothing was found', 'done', undefined, 'released'],
    ['ends when only an information was found', 'done', 'info', 'released'],
    ['goes on when something was found', 'done', 'warning', 'held'],
    ['goes on while the checks are running', 'waiting', undefined, 'held'],
    ['goes on when a check broke down', 'failed', undefined, 'held'],
  ] as const)('%s', async (_, state, severity, gate) => {
    const exam = await take();
    await test.asOwner(
      `insert into gate (hospital_id, exam_id, state, hold_mode, hold_until) values ($1, $2, 'held', 'until-clear', $3)`,
      [test.hospitalId, exam.examId, at(15)],
    );
    await measured(exam.examId, state, severity);
    await clearHolds(test.database, clock, silent);
    expect(await test.asOwner(`select state from gate`)).toEqual([{ state: gate }]);
  });
});

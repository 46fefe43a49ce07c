import { randomUUID } from 'node:crypto';
import type { HoldPolicyContent } from '@jiapian/contract';
import { fixedClock } from '@jiapian/kernel';
import { defaultHoldPolicy } from '@jiapian/rules';
import { holdPolicySchema } from '@jiapian/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { registerExam, registerReader, type ExamSeed } from '../../../../test/testkit/src/register-exam.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { makeFilms } from '../review/make-films.ts';
import { decideHold } from './decide-hold.ts';
import { dryRunPolicy } from './dry-run-policy.ts';
import { escalateHolds } from './escalate-holds.ts';
import { listSubstitutes, publishHoldPolicy } from './hold-policy.ts';
import { runClock } from './run-clock.ts';
import { checkStream, switchStream } from './switch-stream.ts';
import { watchGate } from './watch-gate.ts';

let test: TestDatabase;
let reader: { accountId: string };
const start = new Date('2026-11-24T14:00:00Z');
let clock = fixedClock(start);
const by = { accountId: null, actor: 'test' };
const silent = { publishWith: async () => undefined } as never;
const standard = holdPolicySchema.parse(defaultHoldPolicy);

beforeAll(async () => {
  test = await startTestDatabase();
  reader = await registerReader(test, 'leader');
});
afterAll(() => test.stop());
beforeEach(async () => {
  clock = fixedClock(start);
  await test.asOwner(
    `truncate forward, film, gate, destination, job, hold_policy, gate_opening, device_stream, exam_event cascade`,
  );
  await test.asOwner(
    `insert into destination (hospital_id, destination_id, name, kind, ae_title, host, port)
     values ($1, gen_random_uuid(), 'PACS', 'dimse', 'PACS', 'localhost', 104)`,
    [test.hospitalId],
  );
});

const within = <Value>(work: (unit: UnitOfWork) => Promise<Value>) => test.database.withHospital(test.hospitalId, work);
const publish = (content: Partial<HoldPolicyContent>, basedOn = 0) =>
  within((unit) =>
    publishHoldPolicy(unit, clock, by, { content: { ...standard, ...content }, note: 'a reason', basedOn }),
  );
const arrive = async (seed: ExamSeed = {}) => {
  const exam = await registerExam(test, seed);
  await within((unit) => makeFilms(unit, clock, exam.examId));
  await within((unit) => decideHold(unit, clock, exam.examId));
  return exam;
};
const gateOf = async (examId: string) =>
  (
    await test.asOwner<Record<string, unknown>>(
      `select state, release_reason, hold_until, hold_mode, rule_name, escalated_to from gate where exam_id = $1`,
      [examId],
    )
  )[0];
const rule = (over: Partial<HoldPolicyContent['rules'][number]>): HoldPolicyContent['rules'][number] => ({
  name: 'night',
  mode: 'review-afterwards',
  holdMinutes: null,
  samplePercent: null,
  modalities: [],
  deviceIds: [],
  positionCodes: [],
  patientSettings: [],
  weekdays: [],
  fromMinute: null,
  toMinute: null,
  reviewersAtLeast: null,
  reviewersAtMost: null,
  ...over,
});

describe('the policy of a hospital', () => {
  it('rules from its publishing on, by the hospital’s own clock', async () => {
    const before = await arrive();
    // 22:00 in Shanghai.
    expect(await publish({ rules: [rule({ fromMinute: 22 * 60, toMinute: 7 * 60 })] })).toBe(1);
    const after = await arrive();
    expect(await gateOf(before.examId)).toMatchObject({ state: 'held', rule_name: '' });
    expect(await gateOf(after.examId)).toMatchObject({ state: 'released', release_reason: 'review-afterwards' });
    clock = fixedClock(new Date('2026-11-24T23:00:00Z'));
    expect(await gateOf((await arrive()).examId)).toMatchObject({ state: 'held' });
  });

  it('is refused when somebody else has published in the meantime', async () => {
    await publish({});
    await expect(publish({ escalateMinutes: 1 })).rejects.toMatchObject({ code: 'ORGANIZATION_STALE_VERSION' });
    expect(await publish({ escalateMinutes: 1 }, 1)).toBe(2);
  });

  it('gives a hold its own clock and mode', async () => {
    await publish({ rules: [rule({ name: 'quick', mode: 'until-clear', holdMinutes: 3, modalities: ['DX'] })] });
    expect(await gateOf((await arrive()).examId)).toMatchObject({
      state: 'held',
      hold_mode: 'until-clear',
      rule_name: 'quick',
      hold_until: new Date(start.getTime() + 180_000),
    });
  });

  it('never holds an emergency that only the order tells of', async () => {
    const exam = await registerExam(test);
    await test.asOwner(
      `insert into imaging_order (hospital_id, order_id, order_key, exam_id, patient_class, source, told_at, received_at,
         changed_at) values ($1, gen_random_uuid(), $2, $3, 'emergency', 'api', now(), now(), now())`,
      [test.hospitalId, exam.accessionNumber, exam.examId],
    );
    await within((unit) => decideHold(unit, clock, exam.examId));
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'released', release_reason: 'emergency' });
  });
});

describe('a dry run', () => {
  it('says what yesterday would have been held and for how long, and writes nothing', async () => {
    const at = new Date('2026-11-23T02:00:00Z');
    const read = await registerExam(test, { at });
    const unread = await registerExam(test, { at });
    await registerExam(test, { at, priorityClass: 'emergency' });
    await registerExam(test, { at: start });
    for (const { examId } of [read, unread]) await within((unit) => makeFilms(unit, clock, examId));
    await test.asOwner(`update film set state = 'graded', grade = 'A', graded_at = $2 where exam_id = $1`, [
      read.examId,
      new Date(at.getTime() + 6 * 60_000),
    ]);
    const run = await within((unit) => dryRunPolicy(unit, clock.now(), standard, undefined));
    expect(run).toMatchObject({
      day: '2026-11-23',
      exams: 3,
      held: { exams: 2, medianMinutes: 6, longestMinutes: 15, unread: 1 },
      passed: [{ because: 'emergency', exams: 1 }],
    });
    expect(run.longest.map(({ examId, minutes }) => [examId, minutes])).toEqual([
      [unread.examId, 15],
      [read.examId, 6],
    ]);
    expect(await test.asOwner(`select 1 from gate`)).toEqual([]);
  });
});

describe('a hold that nobody ends', () => {
  it('calls a substitute five minutes before its end, once', async () => {
    await publish({ substitutes: [reader.accountId] });
    const exam = await arrive();
    clock.advanceMs(10 * 60_000 - 1);
    await escalateHolds(test.database, clock, silent);
    expect(await gateOf(exam.examId)).toMatchObject({ escalated_to: null });
    clock.advanceMs(1);
    await escalateHolds(test.database, clock, silent);
    await escalateHolds(test.database, clock, silent);
    expect(await gateOf(exam.examId)).toMatchObject({ state: 'held', escalated_to: reader.accountId });
    expect(await test.asOwner(`select 1 from exam_event where event = 'gate.escalated'`)).toHaveLength(1);
  });

  it('calls the first whose account is still active', async () => {
    const second = await registerReader(test, 'second');
    await publish({ substitutes: [reader.accountId, second.accountId] });
    await test.asOwner(`update account set disabled_at = now() where account_id = $1`, [reader.accountId]);
    const exam = await arrive();
    clock.advanceMs(10 * 60_000);
    await escalateHolds(test.database, clock, silent);
    expect(await gateOf(exam.examId)).toMatchObject({ escalated_to: second.accountId });
    // A policy that names somebody who has left stays publishable, and says so.
    const people = await within(listSubstitutes);
    expect(people.find(({ accountId }) => accountId === reader.accountId)).toMatchObject({ isActive: false });
    await publish({ substitutes: [reader.accountId] }, 1);
    await test.asOwner(`update account set disabled_at = null where account_id = $1`, [reader.accountId]);
  });

  it('is refused with a substitute who may not decide, or is of another hospital', async () => {
    const technologist = await registerReader(test, 'technologist');
    await test.asOwner(`update account set roles = '{technologist}' where account_id = $1`, [technologist.accountId]);
    const refused = { code: 'RELEASE_SUBSTITUTE_UNKNOWN' };
    await expect(publish({ substitutes: [technologist.accountId] })).rejects.toMatchObject(refused);
    await expect(publish({ substitutes: [randomUUID()] })).rejects.toMatchObject(refused);
  });

  it('teaches the gate that nobody is there: at night the next exam does not wait', async () => {
    const first = await arrive();
    await watchGate(test.database, clock, silent);
    expect(await gateOf(first.examId)).toMatchObject({ state: 'held' });
    clock.advanceMs(15 * 60_000);
    await runClock(test.database, clock, silent);
    expect(await gateOf(first.examId)).toMatchObject({ state: 'released', release_reason: 'missed' });
    const second = await arrive();
    expect(await gateOf(second.examId)).toMatchObject({ state: 'held' });
    await watchGate(test.database, clock, silent);
    expect(await gateOf(second.examId)).toMatchObject({ state: 'released', release_reason: 'gate-open' });
    const third = await arrive();
    expect(await gateOf(third.examId)).toMatchObject({ state: 'released', release_reason: 'gate-open' });
    expect(await test.asOwner(`select because, closed_at from gate_opening`)).toEqual([
      { because: 'reviewers-absent', closed_at: null },
    ]);
    expect(await test.asOwner(`select 1 from audit_entry where action = 'release.gate-opened'`)).toHaveLength(1);
  });

  it('lets the gate close when a reviewer is back, after its least time', async () => {
    await test.asOwner(
      `insert into gate_opening (hospital_id, because, opened_at) values ($1, 'reviewers-absent', $2)`,
      [test.hospitalId, new Date(start.getTime() - 15 * 60_000 + 1)],
    );
    await watchGate(test.database, clock, silent);
    expect(await test.asOwner(`select 1 from gate_opening where closed_at is null`)).toHaveLength(1);
    clock.advanceMs(1);
    await watchGate(test.database, clock, silent);
    expect(await test.asOwner(`select 1 from gate_opening where closed_at is null`)).toHaveLength(0);
    expect(await gateOf((await arrive()).examId)).toMatchObject({ state: 'held' });
  });

  it('opens when more is held than the limit, and when work is stuck', async () => {
    await publish({ opening: { ...standard.opening, heldMax: 1 } });
    const [one, two] = [await arrive(), await arrive()];
    await watchGate(test.database, clock, silent);
    for (const { examId } of [one, two]) expect(await gateOf(examId)).toMatchObject({ release_reason: 'gate-open' });
    await test.asOwner(`truncate gate_opening`);
    await test.asOwner(`insert into job (hospital_id, name, payload, run_after) values ($1, 'x', '{}', $2)`, [
      test.hospitalId,
      new Date(start.getTime() - 5 * 60_000 - 1),
    ]);
    await watchGate(test.database, clock, silent);
    expect(await test.asOwner(`select because from gate_opening`)).toEqual([{ because: 'degraded' }]);
  });
});

describe('the way of a device', () => {
  it('does not change while a check is open, and says which', async () => {
    const { deviceId } = await arrive();
    const change = (confirmed: string[]) =>
      within((unit) =>
        switchStream(unit, clock, by, deviceId, { mode: 'beside', care: 'none', confirmed, version: 0 }),
      );
    await expect(change([])).rejects.toMatchObject({
      code: 'RELEASE_STREAM_NOT_READY',
      facts: { open: ['nothing-waits', 'pacs-gets-it-directly', 'staff-told'] },
    });
    await test.asOwner(`update gate set state = 'released'`);
    expect(await change(['pacs-gets-it-directly', 'staff-told'])).toMatchObject({ mode: 'beside', version: 1 });
    const back = await within((unit) => checkStream(unit, deviceId, 'in-line'));
    expect(back.filter(({ isMet }) => isMet === null).map(({ code }) => code)).toEqual([
      'modality-sends-here-only',
      'staff-told',
    ]);
  });

  it('beside the stream is read and never forwarded; an operating theatre never waits', async () => {
    const beside = await registerExam(test);
    const theatre = await registerExam(test);
    await test.asOwner(
      `insert into device_stream (hospital_id, device_id, mode, care, changed_at)
       values ($1, $2, 'beside', 'none', now()), ($1, $3, 'in-line', 'intraoperative', now())`,
      [test.hospitalId, beside.deviceId, theatre.deviceId],
    );
    for (const { examId } of [beside, theatre]) {
      await within((unit) => makeFilms(unit, clock, examId));
      await within((unit) => decideHold(unit, clock, examId));
    }
    expect(await gateOf(beside.examId)).toMatchObject({ state: 'released', release_reason: 'copy' });
    expect(await gateOf(theatre.examId)).toMatchObject({ state: 'released', release_reason: 'intraoperative' });
    expect(await test.asOwner(`select exam_id from forward`)).toEqual([{ exam_id: theatre.examId }]);
  });
});
